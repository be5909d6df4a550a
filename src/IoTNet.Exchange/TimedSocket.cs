namespace IoTNet
{
    // Calls that share one deadline, on a socket whose own timeouts stay as they are. All give -(int)Errno, ETIMEDOUT when
    // the time is over.
    internal static class TimedSocket
    {
        public static int Connect(Socket socket, EndPoint to, Deadline deadline)
        {
            int result = socket.TryConnect(to, deadline.RemainingMs());

            // What a connect answers that may not wait at all.
            return result == -(int)Errno.EINPROGRESS || result == -(int)Errno.EAGAIN ? -(int)Errno.ETIMEDOUT : result;
        }

        // Gives the count, always all of it, or -(int)Errno.
        public static int SendAll(Socket socket, byte[] buffer, int offset, int count, Deadline deadline)
        {
            int sent = 0;
            while (true)
            {
                // Also for nothing at all: an empty datagram.
                int result = socket.TrySend(buffer, offset + sent, count - sent, SocketFlags.DontWait);
                if (result < 0)
                {
                    result = Wait(socket, result, PollEvents.Out, deadline);
                    if (result < 0)
                    {
                        return result;
                    }
                }
                else
                {
                    sent += result;
                    if (sent == count)
                    {
                        return count;
                    }
                }
            }
        }

        // Gives at least 1; 0 at the end of the stream or for an empty datagram; or -(int)Errno. The flags: Truncated when a
        // datagram was longer.
        public static int ReceiveSome(Socket socket, byte[] buffer, int offset, int count, out SocketFlags flags, Deadline deadline)
        {
            while (true)
            {
                flags = SocketFlags.DontWait;
                int result = socket.TryReceiveFrom(buffer, offset, count, ref flags, null);
                if (result >= 0)
                {
                    return result;
                }

                result = Wait(socket, result, PollEvents.In, deadline);
                if (result < 0)
                {
                    return result;
                }
            }
        }

        private static int Wait(Socket socket, int result, PollEvents events, Deadline deadline)
        {
            if (result != -(int)Errno.EAGAIN)
            {
                return result;
            }

            int leftMs = deadline.RemainingMs();
            return leftMs == 0 || socket.Wait(events, leftMs) == PollEvents.None ? -(int)Errno.ETIMEDOUT : 0;
        }
    }
}
