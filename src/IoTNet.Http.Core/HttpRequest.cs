// RFC 9112 3 and RFC 9110: a request as a server sees it.
using System.Text;

namespace IoTNet
{
    /// <summary>A request. It may be kept; its body is there until the handler returns.</summary>
    public sealed class HttpRequest
    {
        private readonly HttpHead _head;

        private HttpRequest(HttpHead head, Connection connection)
        {
            _head = head;
            Connection = connection;
        }

        /// <summary>The method, as it came: <c>GET</c>.</summary>
        public string Method { get; private set; }

        /// <summary>What the request is for, as it came: <c>/socket.io/?EIO=4</c>.</summary>
        public string Target
        {
            get
            {
                // It is long, path and query have it again, and few ask for it.
                string line = _head.StartLine;
                int first = line.IndexOf(' ');
                return line.Substring(first + 1, line.LastIndexOf(' ') - first - 1);
            }
        }

        /// <summary>The target without the query, not decoded: <c>/socket.io/</c>.</summary>
        public string Path { get; private set; }

        /// <summary>The query without its question mark, not decoded; empty when there is none.</summary>
        public string Query { get; private set; }

        /// <summary>Whether it is of HTTP/1.0: no upgrade, and no second request unless it asks for it.</summary>
        public bool IsHttp10 { get; private set; }

        /// <summary>The connection that it came on; <see cref="Connection.Tag"/> of it is the server's.</summary>
        public Connection Connection { get; }

        /// <summary>Holds the body while the handler runs; null when there is none, and afterwards.</summary>
        public byte[] Body { get; internal set; }

        /// <summary>Where the body begins in <see cref="Body"/>.</summary>
        public int BodyOffset { get; internal set; }

        /// <summary>The length of the body in bytes.</summary>
        public int BodyCount { get; internal set; }

        /// <summary>How many headers it has.</summary>
        public int HeaderCount => _head.Count;

        /// <summary>Anything of yours.</summary>
        public object Tag { get; set; }

        internal HttpHead Head => _head;

        /// <summary>Whether the connection may serve another request afterwards (RFC 9112 9.3).</summary>
        internal bool KeepsAlive { get; private set; }

        /// <summary>Gives a header.</summary>
        /// <param name="name">Its name; the case does not matter.</param>
        /// <returns>Its value without the spaces around it; several of the same name as a list with commas; null when there is
        /// none.</returns>
        public string GetHeader(string name)
        {
            return _head.Get(name);
        }

        /// <summary>The name of a header, as it came.</summary>
        /// <param name="index">Which, from 0 to <see cref="HeaderCount"/> - 1.</param>
        /// <returns>The name.</returns>
        public string GetHeaderName(int index)
        {
            return _head.NameAt(index);
        }

        /// <summary>The value of a header.</summary>
        /// <param name="index">Which, from 0 to <see cref="HeaderCount"/> - 1.</param>
        /// <returns>The value.</returns>
        public string GetHeaderValue(int index)
        {
            return _head.ValueAt(index);
        }

        /// <summary>Gives a value of the query, decoded (<c>%20</c> and <c>+</c> are spaces).</summary>
        /// <param name="name">Its name; the case matters.</param>
        /// <returns>The first value of that name, empty when it has none; null when the name is not there.</returns>
        public string GetQuery(string name)
        {
            return UrlText.Find(Query, name);
        }

        /// <summary>The body as text (UTF-8), while the handler runs.</summary>
        /// <returns>The text; empty when there is no body.</returns>
        public string GetBodyText()
        {
            return Body == null || BodyCount == 0 ? "" : Encoding.UTF8.GetString(Body, BodyOffset, BodyCount);
        }

        /// <summary>Reads the head of a request.</summary>
        /// <param name="status">0; else the status to answer with, and no request is given: 400, 431, 505.</param>
        internal static HttpRequest Read(byte[] buffer, int start, int end, int maxFields, Connection connection, out int status)
        {
            status = HttpHead.Check(buffer, start, end, maxFields);
            if (status != 0)
            {
                return null;
            }

            HttpRequest request = new HttpRequest(new HttpHead(buffer, start, end), connection);
            status = request.ReadStartLine(request._head.StartLine);
            return status == 0 ? request : null;
        }

        private int ReadStartLine(string line)
        {
            int first = line.IndexOf(' ');
            int last = line.LastIndexOf(' ');
            if (first <= 0 || last == first || line.IndexOf(' ', first + 1) != last)
            {
                return 400;
            }

            Method = MethodOf(line.Substring(0, first));
            string version = line.Substring(last + 1);
            if (!Ascii.IsToken(Method) || !ReadTarget(line.Substring(first + 1, last - first - 1)) || version.Length != 8 || !Ascii.BeginsWith(version, "HTTP/"))
            {
                return 400;
            }

            IsHttp10 = version == "HTTP/1.0";
            if (!IsHttp10 && version != "HTTP/1.1")
            {
                return 505;
            }

            string connection = _head.Get("Connection");
            KeepsAlive = IsHttp10 ? Ascii.HasToken(connection, "keep-alive") : !Ascii.HasToken(connection, "close");

            // RFC 9112 3.2: a request of HTTP/1.1 without exactly one Host is malformed.
            string host = _head.Get("Host");
            return (host == null && !IsHttp10) || (host != null && host.IndexOf(',') >= 0) ? 400 : 0;
        }

        // A request may be kept for long: the usual methods are texts that are there already.
        private static string MethodOf(string method)
        {
            return method == "GET" ? "GET" : method == "POST" ? "POST" : method;
        }

        private bool ReadTarget(string target)
        {
            // RFC 9112 3.2: a path; "*" for OPTIONS; an absolute URI, as to a proxy.
            int start = 0;
            for (int i = 0; i < target.Length; i++)
            {
                // RFC 3986 2: the rest is percent-encoded.
                if (target[i] > 0x7E)
                {
                    return false;
                }
            }

            if (target.Length == 0)
            {
                return false;
            }

            if (target[0] != '/' && target != "*")
            {
                if (!Ascii.BeginsWith(target, "http://") && !Ascii.BeginsWith(target, "https://") && !Ascii.BeginsWith(target, "ws://"))
                {
                    return false;
                }

                start = target.IndexOf('/', target.IndexOf(':') + 3);
            }

            string path = start < 0 ? "/" : target.Substring(start);
            int question = path.IndexOf('?');
            Path = question < 0 ? path : path.Substring(0, question);
            Query = question < 0 ? "" : path.Substring(question + 1);
            return true;
        }
    }
}
