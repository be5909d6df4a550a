namespace IoTNet
{
    // What a monitor is told.
    internal sealed partial class ZmtpSession
    {
        private void Tell(SocketEventKind kind, int value, string detail)
        {
            _owner.TellMonitor(kind, _endpoint, value, detail);
        }

        private void TellHandshake()
        {
            if (_owner.IsMonitored)
            {
                Tell(SocketEventKind.HandshakeSucceeded, 0, SocketTypes.Name((MessageSocketType)_mechanism.Peer.SocketType) + ", " + _mechanism.Name +
                    (Is(Speaks30Flag) ? ", ZMTP 3.0" : ", ZMTP 3.1"));
            }
        }

        private string PeerName()
        {
            EndPoint remote = null;
            if (_owner.IsMonitored)
            {
                try
                {
                    remote = Socket.RemoteEndPoint;
                }
                catch (SocketException)
                {
                    // It has gone already; that is told next.
                }
            }

            return remote == null ? "" : remote.ToString();
        }
    }
}
