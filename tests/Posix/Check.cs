#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using static IoTNet.Posix;

namespace IoTNet.Tests
{
    /// <summary>What POSIX functions answer: a number, or -1 and errno.</summary>
    internal static class Check
    {
        /// <summary>The answer must be -1, and errno this error.</summary>
        public static void Fails(int error, int result)
        {
            int seen = errno;
            Assert.IsTrue(result == -1, "expected -1 and " + Name(error) + ", got " + result.ToString());
            Assert.IsTrue(seen == error, "expected " + Name(error) + ", got " + Name(seen));
        }

        /// <summary>The answer must be that of a call whose descriptor was closed under it.</summary>
        public static void EndsByClose(int result, int seen)
        {
            Assert.IsTrue(result == -1 && (seen == EINTR || seen == EBADF),
                "expected -1 and EINTR or EBADF, got " + result.ToString() + " and " + Name(seen));
        }

        /// <summary>The answer must be 0 or above.</summary>
        public static int Succeeds(int result)
        {
            int seen = errno;
            Assert.IsTrue(result >= 0, "expected success, got " + result.ToString() + " and " + Name(seen));
            return result;
        }

        /// <summary>The bytes must be these characters; an underscore stands for NUL, which ends a device's string.</summary>
        public static void Text(string expected, byte[] bytes, int count)
        {
            Assert.AreEqual(expected, SomeText(bytes, count));
        }

        public static byte[] Bytes(string text)
        {
            byte[] bytes = new byte[text.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)text[i];
            }

            return bytes;
        }

        private static string SomeText(byte[] bytes, int count)
        {
            char[] text = new char[count];
            for (int i = 0; i < count; i++)
            {
                text[i] = bytes[i] == 0 ? '_' : (char)bytes[i];
            }

            return new string(text);
        }

        private static string Name(int error)
        {
            return ErrnoTable.Name((Errno)error);
        }
    }
}
