using System;

namespace IoTNet
{
    /// <summary>A packet as it goes out: a text, whose first byte is Engine.IO's type, and its attachments.</summary>
    internal class OutgoingPacket
    {
        public byte[] Buffer { get; protected set; }

        public int Offset { get; protected set; }

        public int Count { get; protected set; }

        public byte[][] Parts { get; protected set; }

        public int PartCount { get; protected set; }

        /// <summary>Gives a packet of its own memory.</summary>
        public OutgoingPacket Copy()
        {
            OutgoingPacket copy = new OutgoingPacket { Buffer = new byte[Count], Count = Count, PartCount = PartCount };
            Array.Copy(Buffer, Offset, copy.Buffer, 0, Count);
            if (PartCount > 0)
            {
                copy.Parts = new byte[PartCount][];
                for (int i = 0; i < PartCount; i++)
                {
                    copy.Parts[i] = new byte[Parts[i].Length];
                    Array.Copy(Parts[i], 0, copy.Parts[i], 0, Parts[i].Length);
                }
            }

            return copy;
        }

        /// <summary>Sends it on a WebSocket, each part in a frame.</summary>
        /// <returns>As <see cref="WebSocket.TrySend"/>; EPIPE when it could not be sent whole: the WebSocket is aborted then.</returns>
        public int SendOn(WebSocket socket)
        {
            int result = socket.TrySend(Buffer, Offset, Count, true);
            for (int i = 0; i < PartCount && result >= 0; i++)
            {
                byte[] part = Parts[i];
                result = socket.TrySend(part, 0, part.Length, false);
                if (result == -(int)Errno.ENOBUFS)
                {
                    // A packet without its attachments is the end of the stream.
                    socket.Abort();
                    result = -(int)Errno.EPIPE;
                }
            }

            return result;
        }

        /// <summary>How many bytes it has.</summary>
        public long Size()
        {
            long size = Count;
            for (int i = 0; i < PartCount; i++)
            {
                size += Parts[i].Length;
            }

            return size;
        }
    }
}
