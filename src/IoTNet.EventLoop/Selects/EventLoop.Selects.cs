using System;

namespace IoTNet
{
    // Calls that do not wait, as Erlang's socket with nowait: a result, or a select to be told of.
    //
    // All of them, from any thread: result >= 0, complete. -EAGAIN (Connect: -EINPROGRESS), pending: info names it, and one
    // event goes to the caller; then the call is to be repeated, by the same caller. Another error: over, nothing is pending.
    // - Repeated before its event, the call takes the place of the pending one; the old handle's event does not come. Repeated
    //   on another thread while the loop calls the caller, that event is on its way: its handle is the old one.
    // - Calls of other callers in the same direction of the same socket wait in the order of their coming, without being
    //   tried, until those before them are complete or cancelled.
    // - Partial data: a stream's call moves what it can and says how much; the rest takes another call.
    public sealed partial class EventLoop
    {
        /// <summary>Takes a connection, or is told when there is one.</summary>
        /// <param name="socket">The listening socket.</param>
        /// <param name="caller">Gets the event.</param>
        /// <param name="accepted">The connection, or null.</param>
        /// <param name="info">Names the pending call; its handle is 0 when none is.</param>
        /// <returns>0; -EAGAIN: pending; or <c>-(int)Errno</c>: as <see cref="Socket.TryAccept(int, out Socket)"/>, and ENOBUFS: the
        /// caller's mailbox has no place for the event; ECANCELED: it would have to wait, and the loop was stopped.</returns>
        /// <exception cref="ArgumentNullException">No socket or no caller was given.</exception>
        /// <exception cref="ArgumentException">The socket is another board's.</exception>
        /// <exception cref="InvalidOperationException">The socket has a <see cref="SocketWatch"/> in this loop.</exception>
        public int Accept(Socket socket, ISelectCaller caller, out Socket accepted, out SelectInfo info)
        {
            accepted = null;
            lock (_lock)
            {
                int result = IsTurn(socket, caller, SelectTag.Accept) ? socket.TryAccept(0, out accepted) : Again;
                return Settle(socket, caller, SelectTag.Accept, result, out info);
            }
        }

        /// <summary>Begins to connect, or is told when that has ended. The repeated call tells how.</summary>
        /// <param name="socket">The socket.</param>
        /// <param name="remote">The peer.</param>
        /// <param name="caller">Gets the event.</param>
        /// <param name="info">Names the pending call.</param>
        /// <returns>0: connected; -EINPROGRESS: pending; or <c>-(int)Errno</c>: as
        /// <see cref="Socket.TryConnect(SocketAddress, int)"/>, and as <see cref="Accept"/>.</returns>
        /// <exception cref="ArgumentNullException">As <see cref="Accept"/>.</exception>
        /// <exception cref="ArgumentException">As <see cref="Accept"/>.</exception>
        /// <exception cref="InvalidOperationException">As <see cref="Accept"/>.</exception>
        public int Connect(Socket socket, SocketAddress remote, ISelectCaller caller, out SelectInfo info)
        {
            lock (_lock)
            {
                SelectQueues queues = QueuesOf(socket, caller);
                PendingSelect pending = queues == null ? null : queues.Out.Find(caller);
                int result = pending != null && pending.Tag == SelectTag.Connect ? ConnectResult(socket) : socket.TryConnect(remote, 0);
                return Settle(socket, caller, SelectTag.Connect, result, out info);
            }
        }

        /// <summary>Sends, or is told when there is room.</summary>
        /// <param name="socket">The socket.</param>
        /// <param name="buffer">Holds the bytes.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many.</param>
        /// <param name="flags">DontRoute, OutOfBand.</param>
        /// <param name="caller">Gets the event.</param>
        /// <param name="info">Names the pending call.</param>
        /// <returns>The bytes taken, of a stream maybe fewer than count; -EAGAIN: pending, nothing was taken; or
        /// <c>-(int)Errno</c>: as <see cref="Socket.TrySend"/>, and as <see cref="Accept"/>.</returns>
        /// <exception cref="ArgumentNullException">As <see cref="Accept"/>.</exception>
        /// <exception cref="ArgumentException">As <see cref="Accept"/>.</exception>
        /// <exception cref="InvalidOperationException">As <see cref="Accept"/>.</exception>
        public int Send(Socket socket, byte[] buffer, int offset, int count, SocketFlags flags, ISelectCaller caller, out SelectInfo info)
        {
            lock (_lock)
            {
                int result = IsTurn(socket, caller, SelectTag.Send)
                    ? socket.TrySend(buffer, offset, count, flags | SocketFlags.DontWait) : Again;
                return Settle(socket, caller, SelectTag.Send, result, out info);
            }
        }

        /// <summary>Sends a datagram, or is told when there is room.</summary>
        /// <param name="socket">The socket.</param>
        /// <param name="buffer">Holds the bytes.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many.</param>
        /// <param name="flags">DontRoute.</param>
        /// <param name="to">The destination.</param>
        /// <param name="caller">Gets the event.</param>
        /// <param name="info">Names the pending call.</param>
        /// <returns>The bytes taken, all of them; -EAGAIN: pending; or <c>-(int)Errno</c>: as
        /// <see cref="Socket.TrySendTo"/>, and as <see cref="Accept"/>.</returns>
        /// <exception cref="ArgumentNullException">As <see cref="Accept"/>.</exception>
        /// <exception cref="ArgumentException">As <see cref="Accept"/>.</exception>
        /// <exception cref="InvalidOperationException">As <see cref="Accept"/>.</exception>
        public int SendTo(Socket socket, byte[] buffer, int offset, int count, SocketFlags flags, SocketAddress to, ISelectCaller caller, out SelectInfo info)
        {
            lock (_lock)
            {
                int result = IsTurn(socket, caller, SelectTag.SendTo)
                    ? socket.TrySendTo(buffer, offset, count, flags | SocketFlags.DontWait, to) : Again;
                return Settle(socket, caller, SelectTag.SendTo, result, out info);
            }
        }

        /// <summary>Receives what is there, or is told when something is.</summary>
        /// <param name="socket">The socket.</param>
        /// <param name="buffer">Takes the bytes.</param>
        /// <param name="offset">Where in it.</param>
        /// <param name="count">How many at most.</param>
        /// <param name="flags">Peek, Truncated, OutOfBand. WaitAll does not make it wait.</param>
        /// <param name="caller">Gets the event.</param>
        /// <param name="info">Names the pending call.</param>
        /// <returns>The bytes received, 0 at the end of the stream; -EAGAIN: pending; or <c>-(int)Errno</c>: as
        /// <see cref="Socket.TryReceive"/>, and as <see cref="Accept"/>.</returns>
        /// <exception cref="ArgumentNullException">As <see cref="Accept"/>.</exception>
        /// <exception cref="ArgumentException">As <see cref="Accept"/>.</exception>
        /// <exception cref="InvalidOperationException">As <see cref="Accept"/>.</exception>
        public int Receive(Socket socket, byte[] buffer, int offset, int count, SocketFlags flags, ISelectCaller caller, out SelectInfo info)
        {
            return ReceiveCore(socket, buffer, offset, count, ref flags, null, caller, SelectTag.Receive, out info);
        }

        /// <summary>Receives a datagram and its sender, or is told when one is there.</summary>
        /// <param name="socket">The socket.</param>
        /// <param name="buffer">Takes the bytes.</param>
        /// <param name="offset">Where in it.</param>
        /// <param name="count">How many at most; the rest of a longer datagram is lost.</param>
        /// <param name="flags">In: Peek, Truncated. Out: Truncated when the datagram was longer.</param>
        /// <param name="from">Filled in place with the sender; null when it is not wanted.</param>
        /// <param name="caller">Gets the event.</param>
        /// <param name="info">Names the pending call.</param>
        /// <returns>As <see cref="Receive"/>.</returns>
        /// <exception cref="ArgumentNullException">As <see cref="Accept"/>.</exception>
        /// <exception cref="ArgumentException">As <see cref="Accept"/>.</exception>
        /// <exception cref="InvalidOperationException">As <see cref="Accept"/>.</exception>
        public int ReceiveFrom(Socket socket, byte[] buffer, int offset, int count, ref SocketFlags flags, SocketAddress from, ISelectCaller caller, out SelectInfo info)
        {
            return ReceiveCore(socket, buffer, offset, count, ref flags, from, caller, SelectTag.ReceiveFrom, out info);
        }

        private int ReceiveCore(Socket socket, byte[] buffer, int offset, int count, ref SocketFlags flags, SocketAddress from, ISelectCaller caller, SelectTag tag, out SelectInfo info)
        {
            lock (_lock)
            {
                int result = Again;
                if (IsTurn(socket, caller, tag))
                {
                    flags = (flags | SocketFlags.DontWait) & ~SocketFlags.WaitAll;
                    result = socket.TryReceiveFrom(buffer, offset, count, ref flags, from);
                }

                return Settle(socket, caller, tag, result, out info);
            }
        }

        // POSIX connect(): a connect that went on behind ends with the socket writable and option Error telling how.
        private static int ConnectResult(Socket socket)
        {
            PollEvents seen = socket.Wait(PollEvents.Out, 0);
            if (seen == PollEvents.None)
            {
                return -(int)Errno.EINPROGRESS;
            }

            byte[] error = new byte[4];
            int result = socket.TryGetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error, error, error.Length);
            if (result < 0)
            {
                return result;
            }

            int code = error[0] | (error[1] << 8);
            return code != 0 ? -code : socket.IsConnected ? 0 : -(int)Errno.ENOTCONN;
        }
    }
}
