using System;

namespace IoTNet
{
    /// <summary>A few bytes that wait to be sent, or to be understood: handshakes, heartbeats, sealed frames.</summary>
    internal sealed class ByteQueue
    {
        private const int LeastBytes = 128;

        // Fields, which on a device cost no call; only the queue writes them.
        public byte[] Bytes = IoTNet.Bytes.None;

        /// <summary>Where they begin.</summary>
        public int Start;

        /// <summary>How many they are.</summary>
        public int Count;

        /// <summary>Makes room at the end.</summary>
        /// <returns>Where to write.</returns>
        public int Room(int bytes)
        {
            if (Bytes.Length - Start - Count < bytes)
            {
                byte[] target = Count + bytes <= Bytes.Length ? Bytes : new byte[SizeFor(Count + bytes)];
                Array.Copy(Bytes, Start, target, 0, Count);
                Bytes = target;
                Start = 0;
            }

            return Start + Count;
        }

        public void Added(int count)
        {
            Count += count;
        }

        public void Take(int count)
        {
            Start += count;
            Count -= count;
            Start = Count == 0 ? 0 : Start;
        }

        public void Clear()
        {
            Start = 0;
            Count = 0;
        }

        /// <summary>Lets the memory go when nothing is in it.</summary>
        public void Release()
        {
            if (Count == 0)
            {
                Bytes = IoTNet.Bytes.None;
            }
        }

        /// <summary>Adds a frame.</summary>
        public void AddFrame(int flags, byte[] buffer, int offset, int count)
        {
            int at = Room(FrameHeader.MaxBytes + count);
            int header = FrameHeader.Write(Bytes, at, flags, count);
            Array.Copy(buffer, offset, Bytes, at + header, count);
            Added(header + count);
        }

        private int SizeFor(int needed)
        {
            int size = Bytes.Length == 0 ? LeastBytes : Bytes.Length * 2;
            return needed > size ? needed : size;
        }
    }
}
