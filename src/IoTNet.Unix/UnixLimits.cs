using System;

namespace IoTNet
{
    /// <summary>Every limit of a <see cref="UnixStack"/>. What is not set keeps the platform's default: small on a
    /// device, larger on the desktop. A stack takes the values over when it is made; later changes do not reach it.</summary>
    public class UnixLimits
    {
        /// <summary>The least that SendBuffer and ReceiveBuffer can be set to, in bytes.</summary>
        internal const int LeastBufferBytes = 256;

        /// <summary>How many sockets can be open at once, 1 to 4,096. Default 16, desktop 1,024. One more is ENFILE.</summary>
        public int MaxSockets { get; set; } = UnixDefaults.MaxSockets;

        /// <summary>What SendBuffer and ReceiveBuffer of a new stream or seqpacket socket are, in bytes, 256 to
        /// <see cref="MaxBufferBytes"/>. Each direction of a connection holds both together: the sender's SendBuffer and
        /// the receiver's ReceiveBuffer. Default 1,024, desktop 131,072.</summary>
        public int StreamBufferBytes { get; set; } = UnixDefaults.StreamBufferBytes;

        /// <summary>What SendBuffer (the longest datagram) and ReceiveBuffer (how much may wait, headers included) of a new
        /// datagram socket are, in bytes, 256 to <see cref="MaxBufferBytes"/>. Default 4,096, desktop 212,992.</summary>
        public int DatagramQueueBytes { get; set; } = UnixDefaults.DatagramQueueBytes;

        /// <summary>How many datagrams may wait in one socket, at least 1. Default 8, desktop 256.</summary>
        public int DatagramQueueCount { get; set; } = UnixDefaults.DatagramQueueCount;

        /// <summary>The most that SendBuffer and ReceiveBuffer can be set to, in bytes; more is cut to it without an error,
        /// as on Linux. Default 16,384, desktop 4,194,304.</summary>
        public int MaxBufferBytes { get; set; } = UnixDefaults.MaxBufferBytes;

        /// <summary>The longest backlog that Listen honours, at least 0; more is cut to it. Default 4, desktop 128.</summary>
        public int MaxBacklog { get; set; } = UnixDefaults.MaxBacklog;

        /// <summary>A copy whose values are all within their bounds.</summary>
        internal UnixLimits Checked()
        {
            Check(nameof(MaxSockets), MaxSockets, 1, 4096);
            Check(nameof(MaxBufferBytes), MaxBufferBytes, LeastBufferBytes, int.MaxValue / 4);
            Check(nameof(StreamBufferBytes), StreamBufferBytes, LeastBufferBytes, MaxBufferBytes);
            Check(nameof(DatagramQueueBytes), DatagramQueueBytes, LeastBufferBytes, MaxBufferBytes);
            Check(nameof(DatagramQueueCount), DatagramQueueCount, 1, int.MaxValue);
            Check(nameof(MaxBacklog), MaxBacklog, 0, int.MaxValue - 1);
            return new UnixLimits
            {
                MaxSockets = MaxSockets,
                StreamBufferBytes = StreamBufferBytes,
                DatagramQueueBytes = DatagramQueueBytes,
                DatagramQueueCount = DatagramQueueCount,
                MaxBufferBytes = MaxBufferBytes,
                MaxBacklog = MaxBacklog,
            };
        }

        internal static void Check(string name, int value, int least, int most)
        {
            if (value < least || value > most)
            {
                throw new ArgumentOutOfRangeException(name,
                    name + " is " + least.ToString() + " to " + most.ToString() + ", not " + value.ToString() + ".");
            }
        }
    }
}
