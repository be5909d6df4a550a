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
