using System;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    /// <summary>Bytes that tell their place in a stream, so that a lost, doubled or swapped byte shows.</summary>
    internal static class Pattern
    {
        /// <summary>The byte at a place; the period, 251, is no power of two and so no buffer's size.</summary>
        public static byte At(int place)
        {
            return (byte)(place % 251);
        }

        public static byte[] Make(int count)
        {
            byte[] bytes = new byte[count];
            Fill(bytes, 0, count, 0);
            return bytes;
        }

        public static void Fill(byte[] bytes, int offset, int count, int place)
        {
            for (int i = 0; i < count; i++)
            {
                bytes[offset + i] = At(place + i);
            }
        }

        public static void Check(byte[] bytes, int offset, int count, int place)
        {
            for (int i = 0; i < count; i++)
            {
                if (bytes[offset + i] != At(place + i))
                {
                    Assert.IsTrue(false, "wrong byte at place " + (place + i).ToString());
                }
            }
        }

        /// <summary>A generator of random numbers whose seed stands in the test's output.</summary>
        public static Random NewRandom()
        {
            int seed = (int)(Environment.TickCount64 & 0x7FFFFFFF);
            Console.WriteLine("seed " + seed.ToString());
            return new Random(seed);
        }
    }
}
