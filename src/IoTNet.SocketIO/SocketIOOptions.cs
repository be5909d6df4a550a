using System;

namespace IoTNet
{
    /// <summary>The limits of both sides. They are read when a server or a manager is made; later changes do not reach
    /// it.</summary>
    public abstract class SocketIOOptions
    {
        /// <summary>The path of Engine.IO's requests. Default <c>/socket.io/</c>; both sides must have the same.</summary>
        public string Path { get; set; } = "/socket.io/";

        /// <summary>The longest packet or attachment that is taken, in bytes, 128 or more; socket.io's <c>maxHttpBufferSize</c>.
        /// Default 1,000,000; on a device 8 KiB. Too small: a peer that sends more is closed ("transport error"); too large:
        /// each peer may fill as much memory.</summary>
        public int MaxPayload { get; set; } = SocketIODefaults.MaxPayload;

        /// <summary>The longest event with attachments that is taken, all of them together, in bytes, 128 or more. Default
        /// 10,000,000; on a device 12 KiB. Too small: a peer that sends more is closed ("parse error"); too large: each peer may
        /// fill as much memory.</summary>
        public int MaxEventBytes { get; set; } = SocketIODefaults.MaxEventBytes;

        /// <summary>The most attachments of an event, 0 to 9999. Default 10, as socket.io's; on a device 4. Too small: a peer
        /// that sends more is closed ("parse error").</summary>
        public int MaxAttachments { get; set; } = SocketIODefaults.MaxAttachments;

        /// <summary>The most arguments of an event, 1 or more. Default 64; on a device 16. As MaxAttachments.</summary>
        public int MaxArguments { get; set; } = SocketIODefaults.MaxArguments;

        /// <summary>How many bytes may wait to be sent to a peer, 256 or more. Default 16 MiB; on a device 12 KiB. Beyond it Emit
        /// throws ENOBUFS, and a broadcast leaves the peer out. Too small: bursts are refused; too large: a peer that does not
        /// read fills as much memory.</summary>
        public int MaxBufferedBytes { get; set; } = SocketIODefaults.MaxBufferedBytes;

        /// <summary>How many acknowledgements may be due from a peer, 1 or more. Default 1,024; on a device 16. Beyond it Emit
        /// throws ENOBUFS. Too large: a peer that never answers fills memory; a timeout frees it.</summary>
        public int MaxPendingAcks { get; set; } = SocketIODefaults.MaxPendingAcks;

        internal virtual void Check()
        {
            if (Path == null || Path.Length == 0 || Path[0] != '/' || Path.IndexOf('?') >= 0)
            {
                throw new ArgumentException("Expected a path, as /socket.io/, not \"" + Path + "\".", nameof(Path));
            }

            CheckRange(MaxPayload, 128, int.MaxValue / 4, nameof(MaxPayload));
            CheckRange(MaxEventBytes, 128, int.MaxValue / 4, nameof(MaxEventBytes));
            CheckRange(MaxAttachments, 0, 9999, nameof(MaxAttachments));
            CheckRange(MaxArguments, 1, int.MaxValue / 4, nameof(MaxArguments));
            CheckRange(MaxBufferedBytes, 256, int.MaxValue / 4, nameof(MaxBufferedBytes));
            CheckRange(MaxPendingAcks, 1, int.MaxValue / 4, nameof(MaxPendingAcks));
        }

        internal PacketLimits Limits()
        {
            return new PacketLimits
            {
                MaxPayload = MaxPayload,
                MaxEventBytes = MaxEventBytes,
                MaxAttachments = MaxAttachments,
                MaxArguments = MaxArguments,
                MaxNamespaceBytes = SocketIODefaults.MaxNamespaceBytes,
            };
        }

        /// <summary>The path with a slash at its end.</summary>
        internal string FullPath()
        {
            return Path[Path.Length - 1] == '/' ? Path : Path + "/";
        }

        internal static void CheckRange(int value, int least, int most, string name)
        {
            if (value < least || value > most)
            {
                throw new ArgumentOutOfRangeException(name,
                    "Expected " + least.ToString() + " to " + most.ToString() + ", not " + value.ToString() + ".");
            }
        }
    }
}
