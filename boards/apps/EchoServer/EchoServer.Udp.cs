namespace IoTNet.Apps
{
    // RFC 862, "UDP Based Echo Service": the data of a datagram is sent back in an answering datagram.
    public sealed partial class EchoServer
    {
        // So that a flood of datagrams does not keep the TCP clients waiting.
        private const int DatagramsPerTurn = 16;

        // Services such as echo (7) and chargen (19) answer an answer: two of them, brought together by one forged
        // datagram, would go on for ever (CERT CA-1996-01). As inetd does, nothing goes back to their ports.
        private const int FirstClientPort = 1024;

        private readonly byte[] _datagram;
        private Socket _datagrams;
        private Deadline _datagramPause;

        private void OpenDatagrams()
        {
            if (_options.DatagramBytes == 0)
            {
                return;
            }

            Socket socket = new Socket(_options.Listen.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                int result = socket.TryBind(new IPEndPoint(_options.Listen.Address, LocalEndPoint.Port).Serialize());
                if (result < 0)
                {
                    // Any port was asked for: then another one is as good. Else this throws what the first attempt met.
                    socket.Bind(_options.Listen);
                }

                UdpEndPoint = (IPEndPoint)socket.LocalEndPoint;
                _datagrams = socket;
            }
            catch (SocketException)
            {
                socket.Close();
                throw;
            }
        }

        private void EchoDatagrams()
        {
            for (int i = 0; i < DatagramsPerTurn; i++)
            {
                SocketFlags flags = SocketFlags.DontWait;
                int count = _datagrams.TryReceiveFrom(_datagram, 0, _datagram.Length, ref flags, _peer);
                if (count < 0)
                {
                    ReceiveFailed(count);
                    return;
                }

                BytesIn += count;
                bool whole = (flags & SocketFlags.Truncated) == 0;
                if (whole && _peer.Port >= FirstClientPort &&
                    _datagrams.TrySendTo(_datagram, 0, count, SocketFlags.DontWait, _peer) == count)
                {
                    BytesOut += count;
                    Datagrams++;
                }
                else
                {
                    Dropped++;
                }
            }
        }

        private void ReceiveFailed(int result)
        {
            switch ((Errno)(-result))
            {
                case Errno.EAGAIN:
                case Errno.EINTR:
                case Errno.EBADF:
                case Errno.ECONNREFUSED:
                case Errno.ECONNRESET:
                case Errno.EHOSTUNREACH:
                case Errno.ENETUNREACH:
                    // Nothing more, stopping, or the network's answer to an earlier datagram of ours: it is read once.
                    return;
                default:
                    _datagramPause = Deadline.After(PauseMs);
                    Log("cannot receive datagrams now: " + Describe(result));
                    return;
            }
        }
    }
}
