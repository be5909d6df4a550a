namespace IoTNet
{
    /// <summary>A call of a <see cref="DatagramSocket"/> failed. Codes and texts are those of Node's <c>dgram</c>.</summary>
    public class DatagramException : SocketException
    {
        internal DatagramException(string code, Errno error, string message)
            : base(error, message)
        {
            Code = code;
        }

        /// <summary>Node's <c>error.code</c>: <c>ERR_SOCKET_…</c> for a call in the wrong state or with wrong arguments,
        /// <c>ENOTFOUND</c> or <c>EAI_…</c> for a name, else the name of <see cref="SocketException.Errno"/>.</summary>
        public string Code { get; }

        /// <summary>What a stack answered to a call.</summary>
        internal static DatagramException Of(string call, Errno error, string where)
        {
            string code = ErrnoTable.Name(error);
            return new DatagramException(code, error, call + " " + code + (where == null ? "" : " " + where));
        }
    }
}
