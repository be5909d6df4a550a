using System;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    /// <summary>The asserts that the tests share, with errors by name: on the device an enum has only its number.</summary>
    internal static class Expect
    {
        /// <summary>The answer must be <c>-(int)error</c>.</summary>
        public static void Fails(Errno error, int result)
        {
            Assert.IsTrue(result == -(int)error, "expected " + ErrnoTable.Name(error) + ", got " + Describe(result));
        }

        /// <summary>The answer must be one of two errors.</summary>
        public static void FailsEither(Errno one, Errno other, int result)
        {
            Assert.IsTrue(result == -(int)one || result == -(int)other,
                "expected " + ErrnoTable.Name(one) + " or " + ErrnoTable.Name(other) + ", got " + Describe(result));
        }

        /// <summary>The answer must be that of a call whose socket was closed under it.</summary>
        public static void EndsByClose(int result)
        {
            FailsEither(Errno.EINTR, Errno.EBADF, result);
        }

        /// <summary>The answer must be no error.</summary>
        public static int Succeeds(int result)
        {
            Assert.IsTrue(result >= 0, "expected success, got " + Describe(result));
            return result;
        }

        /// <summary>Ends a test that this board cannot run: it counts as not run, never as passed.</summary>
        public static void Needs(bool isThere, string what)
        {
            if (!isThere)
            {
#if NANOFRAMEWORK_1_0
                throw new SkipTestException("needs " + what);
#else
                throw new AssertInconclusiveException("needs " + what);
#endif
            }
        }

        /// <summary>Ends a test that has more sockets open at once, those that wait to be accepted included.</summary>
        public static void NeedsSockets(int count)
        {
            Needs(StackUnderTest.Capabilities.Sockets >= count, count.ToString() + " sockets");
        }

        /// <summary>Ends a test that uses a connection before it is accepted.</summary>
        public static void NeedsConnectionBeforeAccept()
        {
            Needs(StackUnderTest.Capabilities.IsOneBeforeAccept, "a connection before it is accepted");
        }

        /// <summary>The body must throw a SocketException with this error.</summary>
        public static SocketException Throws(Errno error, Body body)
        {
            try
            {
                body();
            }
            catch (SocketException e)
            {
                Assert.IsTrue(e.Errno == error, "expected " + ErrnoTable.Name(error) + ", got " + ErrnoTable.Name(e.Errno) + ": " + e.Message);
                return e;
            }

            Assert.IsTrue(false, "expected " + ErrnoTable.Name(error) + ", nothing was thrown");
            return null;
        }

        /// <summary>The body must throw exactly this type.</summary>
        public static Exception Throws(Type type, Body body)
        {
            try
            {
                body();
            }
            catch (Exception e)
            {
                Assert.IsTrue(e.GetType() == type, "expected " + type.Name + ", got " + e.GetType().Name + ": " + e.Message);
                return e;
            }

            Assert.IsTrue(false, "expected " + type.Name + ", nothing was thrown");
            return null;
        }

        /// <summary>The text must have the part in it.</summary>
        public static void Contains(string part, string text)
        {
            Assert.IsTrue(text != null && text.IndexOf(part) >= 0, "expected '" + part + "' in '" + text + "'");
        }

        /// <summary>The first bytes of the actual ones must be the expected ones.</summary>
        public static void Bytes(byte[] expected, byte[] actual, int count)
        {
            Assert.AreEqual(expected.Length, count, "length");
            for (int i = 0; i < count; i++)
            {
                Assert.IsTrue(expected[i] == actual[i],
                    "byte " + i.ToString() + ": expected " + expected[i].ToString() + ", got " + actual[i].ToString());
            }
        }

        /// <summary>All of these events must be there, whatever else is.</summary>
        public static void Has(PollEvents expected, PollEvents actual)
        {
            Assert.IsTrue((actual & expected) == expected,
                "expected poll events 0x" + ((int)expected).ToString("X2") + " among 0x" + ((int)actual).ToString("X2"));
        }

        /// <summary>Exactly these events must be there.</summary>
        public static void Events(PollEvents expected, PollEvents actual)
        {
            Assert.IsTrue(actual == expected,
                "expected poll events 0x" + ((int)expected).ToString("X2") + ", got 0x" + ((int)actual).ToString("X2"));
        }

        private static string Describe(int result)
        {
            return result < 0 ? ErrnoTable.Name((Errno)(-result)) : result.ToString();
        }
    }
}
