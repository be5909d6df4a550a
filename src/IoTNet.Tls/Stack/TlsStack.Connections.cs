namespace IoTNet
{
    // Connections: bind, listen, accept, connect, shutdown.
    public sealed partial class TlsStack
    {
        /// <inheritdoc/>
        public int Bind(int handle, SocketAddress local)
        {
            return IsClosed(handle) ? BadHandle : _inner.Bind(handle, local);
        }

        /// <inheritdoc/>
        public int Listen(int handle, int backlog)
        {
            TlsSession session = _sessions.Find(handle);
            if (session != null && !session.IsPlain)
            {
                return session.IsClosed ? BadHandle : -(int)Errno.EINVAL;
            }

            int result = _inner.Listen(handle, backlog);
            if (result >= 0)
            {
                session?.OnListening();
            }

            return result;
        }

        /// <inheritdoc/>
        public int Accept(int handle, SocketAddress peer, int timeoutMs)
        {
            TlsSession session = _sessions.Find(handle);
            if (session != null && session.IsClosed)
            {
                return BadHandle;
            }

            int accepted = _inner.Accept(handle, peer, timeoutMs);
            if (accepted >= 0 && session != null)
            {
                TlsSession connection = session.Accept(accepted);
                _sessions.Add(connection);
                connection.Attach();
            }

            return accepted;
        }

        /// <inheritdoc/>
        public int Connect(int handle, SocketAddress remote, int timeoutMs)
        {
            TlsSession session = _sessions.Find(handle);
            if (session == null || session.IsListening)
            {
                return session != null && session.IsClosed ? BadHandle : _inner.Connect(handle, remote, timeoutMs);
            }

            int result = session.BeginConnect(timeoutMs == 0);
            if (result < 0)
            {
                return result;
            }

            Deadline deadline = Deadline.After(timeoutMs);
            result = _inner.Connect(handle, remote, timeoutMs);
            session.OnConnected(result);
            return result < 0 ? result : FinishConnect(session, ref deadline, timeoutMs != 0);
        }

        /// <inheritdoc/>
        public int Shutdown(int handle, SocketShutdown how)
        {
            TlsSession session = _sessions.Find(handle);
            if (session == null || session.IsPlain)
            {
                return _inner.Shutdown(handle, how);
            }

            int result = session.Shutdown(how, out bool isStuck);
            FlushBehind(session, isStuck);
            return result;
        }

        // The inner socket is connected; the handshake is under way.
        private int FinishConnect(TlsSession session, ref Deadline deadline, bool mayWait)
        {
            while (true)
            {
                int result = session.ConnectResult();
                if (result != -(int)Errno.EINPROGRESS)
                {
                    return result;
                }

                int left = deadline.RemainingMs();
                if (left != 0)
                {
                    // What it sees, the next look at the session tells; but it may not be able to wait.
                    int seen = WaitFor(session, PollEvents.Out, left);
                    if (seen < 0)
                    {
                        return seen;
                    }
                }
                else if (!mayWait)
                {
                    return result;
                }
                else
                {
                    return session.GiveUpConnect();
                }
            }
        }

        // Of a socket that somebody watches, the watcher sees to it.
        private void FlushBehind(TlsSession session, bool isStuck)
        {
            if (isStuck && !session.IsWatched)
            {
                _flusher.Add(session);
            }
        }
    }
}
