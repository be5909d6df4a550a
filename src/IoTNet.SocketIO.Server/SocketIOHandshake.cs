using System.Collections;

namespace IoTNet
{
    /// <summary>How a client connected.</summary>
    public sealed class SocketIOHandshake
    {
        internal SocketIOHandshake(HttpRequest request, string address, object auth)
        {
            Request = request;
            Address = address;
            Auth = auth as Hashtable;
        }

        /// <summary>What the client gave as <c>auth</c>; null when it gave nothing.</summary>
        public Hashtable Auth { get; }

        /// <summary>The request that opened the connection, for all its headers.</summary>
        public HttpRequest Request { get; }

        /// <summary>The client's address, as a URI: <c>tcp://192.0.2.7:40112</c>.</summary>
        public string Address { get; }

        /// <summary>Path and query of the request.</summary>
        public string Url => Request.Target;

        /// <summary>Gives a value of the query.</summary>
        /// <param name="name">Its name.</param>
        /// <returns>It, decoded; null when it is not there.</returns>
        public string GetQuery(string name)
        {
            return Request.GetQuery(name);
        }

        /// <summary>Gives a header.</summary>
        /// <param name="name">Its name; the case does not matter.</param>
        /// <returns>Its value; null when it is not there.</returns>
        public string GetHeader(string name)
        {
            return Request.GetHeader(name);
        }

        /// <summary>Gives a string of what the client gave as <c>auth</c>.</summary>
        /// <param name="name">Its name.</param>
        /// <returns>It; null when there is none of that name, or it is no string.</returns>
        public string GetAuth(string name)
        {
            return Auth == null ? null : Auth[name] as string;
        }
    }
}
