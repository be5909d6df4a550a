#if IOTNET_POSIX_NAMES
namespace IoTNet
{
    /// <summary>MSG_* of Linux and <see cref="SocketFlags"/>, both ways.</summary>
    internal static class MessageFlags
    {
        public static SocketFlags ForSend(int flags)
        {
            return Move(flags, Posix.MSG_OOB, SocketFlags.OutOfBand)
                | Move(flags, Posix.MSG_DONTROUTE, SocketFlags.DontRoute)
                | Move(flags, Posix.MSG_DONTWAIT, SocketFlags.DontWait);
        }

        public static SocketFlags ForReceive(int flags)
        {
            return Move(flags, Posix.MSG_OOB, SocketFlags.OutOfBand)
                | Move(flags, Posix.MSG_PEEK, SocketFlags.Peek)
                | Move(flags, Posix.MSG_TRUNC, SocketFlags.Truncated)
                | Move(flags, Posix.MSG_DONTWAIT, SocketFlags.DontWait)
                | Move(flags, Posix.MSG_WAITALL, SocketFlags.WaitAll);
        }

        /// <summary>What a receive has seen.</summary>
        public static int FromReceive(SocketFlags seen)
        {
            return ((seen & SocketFlags.Truncated) != 0 ? Posix.MSG_TRUNC : 0)
                | ((seen & SocketFlags.ControlDataTruncated) != 0 ? Posix.MSG_CTRUNC : 0)
                | ((seen & SocketFlags.EndOfRecord) != 0 ? Posix.MSG_EOR : 0);
        }

        private static SocketFlags Move(int flags, int from, SocketFlags to)
        {
            return (flags & from) != 0 ? to : SocketFlags.None;
        }
    }
}
#endif
