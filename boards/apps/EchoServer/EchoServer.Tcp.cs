namespace IoTNet.Apps
{
    // RFC 862, "TCP Based Echo Service": any data received is sent back until the calling user terminates the connection.
    public sealed partial class EchoServer
    {
        private static readonly byte[] s_true = { 1, 0, 0, 0 };

        // The first _clientCount places are taken, in the poller's order.
        private readonly EchoClient[] _clients;
        private int _clientCount;
        private Deadline _acceptPause;

        private void AcceptClients()
        {
            while (_clientCount < _clients.Length)
            {
                int result = _listener.TryAccept(0, _peer, out Socket socket);
                if (result < 0)
                {
                    AcceptFailed(result);
                    return;
                }

                // An answer is due at once, also the second one; a stack without the option is no worse than slower.
                socket.TrySetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, s_true, s_true.Length);
                EchoClient client = _clients[_clientCount];
                client.Open(socket, _options.Log == null ? null : _peer.ToString());
                client.Idle = Deadline.After(_options.IdleTimeoutMs);
                _poller.Add(socket, PollEvents.In);
                _clientCount++;
                Accepted++;
                if (client.Name != null)
                {
                    Log(client.Name + " connected, " + _clientCount.ToString() + " of " + _clients.Length.ToString() + " clients");
                }
            }
        }

        private void AcceptFailed(int result)
        {
            switch ((Errno)(-result))
            {
                case Errno.EAGAIN:
                case Errno.EINTR:
                case Errno.EBADF:
                case Errno.ECONNABORTED:
                    // Nobody there, stopping, or gone again before it was taken: the next wait knows.
                    return;
                default:
                    // The connection stays in the backlog, so that the listener stays ready: asking again at once would
                    // keep the processor busy until a socket is free.
                    Refused++;
                    _acceptPause = Deadline.After(PauseMs);
                    Log("cannot accept a client now: " +
                        (result == -(int)Errno.ENFILE ? _listener.Stack.DescribeExhaustion() : Describe(result)));
                    return;
            }
        }

        private void EchoClients()
        {
            // Backwards: Disconnect moves the last client, which had its turn, to the place that becomes free.
            for (int i = _clientCount - 1; i >= 0; i--)
            {
                EchoClient client = _clients[i];
                if (_poller.GetEvents(FirstClient + i) != PollEvents.None)
                {
                    int result = Echo(client);
                    if (result <= 0)
                    {
                        Disconnect(i, result == 0 ? "disconnected" : Describe(result));
                    }
                }
                else if (client.Idle.RemainingMs() == 0)
                {
                    Disconnect(i, "idle");
                }
            }
        }

        // Gives more than 0 while the client lives, 0 at its end of stream, which is read only when all was sent back
        // (so a client that closes its half still gets its echo), or -(int)Errno.
        private int Echo(EchoClient client)
        {
            if (client.Pending == 0)
            {
                int received = client.Socket.TryReceive(client.Buffer, 0, client.Buffer.Length, SocketFlags.DontWait);
                if (received <= 0)
                {
                    return received == -(int)Errno.EAGAIN ? 1 : received;
                }

                BytesIn += received;
                client.Begin = 0;
                client.Pending = received;
                client.Idle = Deadline.After(_options.IdleTimeoutMs);
            }

            int sent = client.Socket.TrySend(client.Buffer, client.Begin, client.Pending, SocketFlags.DontWait);
            if (sent < 0)
            {
                return sent == -(int)Errno.EAGAIN ? 1 : sent;
            }

            BytesOut += sent;
            client.Begin += sent;
            client.Pending -= sent;
            client.Idle = Deadline.After(_options.IdleTimeoutMs);
            return 1;
        }

        private void Disconnect(int place, string why)
        {
            EchoClient client = _clients[place];
            if (client.Name != null)
            {
                Log(client.Name + " gone: " + why);
            }

            client.Close();
            _poller.Remove(FirstClient + place);
            _clientCount--;
            _clients[place] = _clients[_clientCount];
            _clients[_clientCount] = client;

            // A socket of the pool is free again: no need to wait any longer.
            _acceptPause = Deadline.After(0);
        }
    }
}
