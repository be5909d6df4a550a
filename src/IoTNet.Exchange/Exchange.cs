using System;

namespace IoTNet
{
    /// <summary>
    /// One request, one reply, on a socket of its own that is closed whatever happens: a port of the board's few is taken only
    /// that long.
    /// <code>
    /// byte[] reply = Exchange.Once(endPoint, request, 3000);                            // a stream, up to the peer's close
    /// int count = Exchange.Once(SocketType.Dgram, endPoint, request, reply, null, 500); // a datagram for a datagram
    /// </code>
    /// </summary>
    public static class Exchange
    {
        /// <summary>The longest reply, in bytes, where no buffer is given.</summary>
        public const int MaxReplyBytes = 4096;

        /// <summary>Sends a request over a stream and gives what the peer sends until it closes, at most
        /// <see cref="MaxReplyBytes"/>.</summary>
        /// <param name="endPoint">The peer.</param>
        /// <param name="request">The request.</param>
        /// <param name="timeoutMs">For all of it, in ms; -1 = for ever.</param>
        /// <returns>The reply, which may have no bytes.</returns>
        /// <exception cref="ArgumentNullException">Peer or request are null.</exception>
        /// <exception cref="SocketException">As the other form.</exception>
        public static byte[] Once(EndPoint endPoint, byte[] request, int timeoutMs)
        {
            byte[] buffer = new byte[MaxReplyBytes];
            int count = Once(SocketType.Stream, endPoint, request, buffer, ReplyEnd.AtClose, timeoutMs);
            byte[] reply = new byte[count];
            Array.Copy(buffer, 0, reply, 0, count);
            return reply;
        }

        /// <summary>Sends a request and waits for its reply.</summary>
        /// <param name="type">Stream or Dgram (over a Unix address also Seqpacket). Of datagrams, only one from the asked
        /// address counts; nothing is sent again.</param>
        /// <param name="endPoint">The peer; no broadcast and no group, which nobody answers from.</param>
        /// <param name="request">The request; it may have no bytes.</param>
        /// <param name="reply">Takes the reply.</param>
        /// <param name="end">How a stream's reply ends; null for datagrams, or for <see cref="ReplyEnd.AtClose"/>.</param>
        /// <param name="timeoutMs">For all of it, in ms; -1 = for ever.</param>
        /// <returns>The reply's bytes.</returns>
        /// <exception cref="ArgumentNullException">Peer, request or buffer are null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The timeout is below -1.</exception>
        /// <exception cref="SocketException">ECONNREFUSED; ETIMEDOUT: no whole reply in time; ECONNRESET: the peer broke off,
        /// or closed before the reply's end; EMSGSIZE: the reply is longer than the buffer, or the request than a datagram;
        /// EPIPE: the peer did not take the request; ENFILE: no socket is left; other errors of the stack.</exception>
        public static int Once(SocketType type, EndPoint endPoint, byte[] request, byte[] reply, ReplyEnd end, int timeoutMs)
        {
            if (endPoint == null || request == null || reply == null)
            {
                throw new ArgumentNullException(endPoint == null ? nameof(endPoint) : request == null ? nameof(request) : nameof(reply));
            }

            if (timeoutMs < -1)
            {
                throw new ArgumentOutOfRangeException(nameof(timeoutMs),
                    "A timeout is a number of milliseconds, or -1 for ever, not " + timeoutMs.ToString() + ".");
            }

            Deadline deadline = Deadline.After(timeoutMs);
            int result;
            using (Socket socket = new Socket(endPoint.AddressFamily, type, ProtocolType.Unspecified))
            {
                result = Run(socket, endPoint, request, reply, end ?? ReplyEnd.AtClose, deadline);
            }

            if (result < 0)
            {
                Errno error = (Errno)(-result);
                throw new SocketException(error, "exchange " + request.Length.ToString() + " bytes with " + endPoint.ToString() +
                    ": " + ErrnoTable.Describe(error));
            }

            return result;
        }

        private static int Run(Socket socket, EndPoint endPoint, byte[] request, byte[] reply, ReplyEnd end, Deadline deadline)
        {
            // A connected datagram socket gets the datagrams of its peer only, and hears that nobody is there.
            int result = TimedSocket.Connect(socket, endPoint, deadline);
            if (result >= 0)
            {
                result = TimedSocket.SendAll(socket, request, 0, request.Length, deadline);
            }

            if (result < 0)
            {
                return result;
            }

            return socket.SocketType == SocketType.Stream
                ? ReceiveStream(socket, reply, end, deadline)
                : ReceiveDatagram(socket, reply, deadline);
        }

        private static int ReceiveDatagram(Socket socket, byte[] reply, Deadline deadline)
        {
            int count = TimedSocket.ReceiveSome(socket, reply, 0, reply.Length, out SocketFlags flags, deadline);
            return count >= 0 && (flags & SocketFlags.Truncated) != 0 ? -(int)Errno.EMSGSIZE : count;
        }

        private static int ReceiveStream(Socket socket, byte[] reply, ReplyEnd end, Deadline deadline)
        {
            if (end.IsAtClose)
            {
                // A stack that cannot, or a peer that is gone already: the reply tells.
                socket.TryShutdown(SocketShutdown.Send);
            }

            // One byte beyond the buffer tells a reply that fills it from one that is too long.
            byte[] beyond = new byte[1];
            int count = 0;
            int whole = end.Find(reply, 0, 0);
            int room = end.Limit(reply.Length);
            while (whole < 0)
            {
                bool full = count == room;
                int result = TimedSocket.ReceiveSome(socket, full ? beyond : reply, full ? 0 : count, full ? 1 : room - count,
                    out _, deadline);
                if (result < 0)
                {
                    return result;
                }

                if (result == 0)
                {
                    return end.IsAtClose ? count : -(int)Errno.ECONNRESET;
                }

                if (full)
                {
                    return -(int)Errno.EMSGSIZE;
                }

                whole = end.Find(reply, count, count + result);
                count += result;
            }

            return whole;
        }
    }
}
