using System;

namespace IoTNet
{
    /// <summary>The reader's copy of the frames of one message, as on the wire: what a pipe that conflates has beside its
    /// blocks.</summary>
    internal sealed class LatestMessage
    {
        // Fields, which on a device cost no call; only the pipe writes them.
        public byte[] Bytes;

        /// <summary>Up to where it is read.</summary>
        public int At;

        /// <summary>Where it ends.</summary>
        public int End;

        /// <summary>Whether all of it is read.</summary>
        public bool IsRead => At == End;

        /// <summary>Makes room for so many bytes in all.</summary>
        public void Grow(int bytes)
        {
            if (Bytes == null || Bytes.Length < bytes)
            {
                byte[] larger = new byte[bytes];
                if (End != 0)
                {
                    Array.Copy(Bytes, 0, larger, 0, End);
                }

                Bytes = larger;
            }
        }
    }
}
