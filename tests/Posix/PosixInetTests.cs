#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using static IoTNet.Posix;

namespace IoTNet.Tests
{
    [TestClass]
    public class PosixInetTests
    {
        [TestMethod]
        public void Orders_OfBytes_AreSwapped()
        {
            Assert.AreEqual(0x3412, (int)htons(0x1234));
            Assert.AreEqual(0x3412, (int)ntohs(0x1234));
            Assert.AreEqual(0xFFFF, (int)htons(-1));
            Assert.AreEqual(0x78563412u, htonl(0x12345678u));
            Assert.AreEqual(0x78563412u, ntohl(0x12345678u));
            Assert.AreEqual(0x0100007Fu, htonl(INADDR_LOOPBACK));
        }

        [TestMethod]
        [DataRow("127.0.0.1", 1)]
        [DataRow("255.255.255.255", 1)]
        [DataRow("0.0.0.0", 1)]
        [DataRow("127.1", 0)]
        [DataRow("1.2.3.256", 0)]
        [DataRow("01.2.3.4", 0)]
        [DataRow("1.2.3.4 ", 0)]
        [DataRow("1.2.3.4.5", 0)]
        [DataRow("", 0)]
        [DataRow("::1", 0)]
        [DataRow("host", 0)]
        public void Inet_pton_OfIPv4_TakesFourNumbersOnly(string text, int expected)
        {
            in_addr address = new in_addr { s_addr = 0x01020304 };
            Assert.AreEqual(expected, inet_pton(AF_INET, text, address));
            Assert.AreEqual(expected == 1 ? text : "4.3.2.1", inet_ntoa(address));
        }

        [TestMethod]
        [DataRow("::", "::")]
        [DataRow("::1", "::1")]
        [DataRow("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1")]
        [DataRow("fe80::1%1", null)]
        [DataRow("[::1]", null)]
        [DataRow("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8")]
        [DataRow("1:2:3:4:5:6:7:8:9", null)]
        [DataRow("::ffff:1.2.3.4", "::ffff:1.2.3.4")]
        [DataRow("::1.2.3.4", "::1.2.3.4")]
        [DataRow("1:2", null)]
        [DataRow("1.2.3.4", null)]
        [DataRow(":", null)]
        public void Inet_pton_OfIPv6_IsReadBackAsText(string text, string expected)
        {
            in6_addr address = new in6_addr();
            Assert.AreEqual(expected == null ? 0 : 1, inet_pton(AF_INET6, text, address));
            if (expected != null)
            {
                Assert.AreEqual(expected, inet_ntop(AF_INET6, address, null, INET6_ADDRSTRLEN));
            }
        }

        [TestMethod]
        public void Inet_pton_OfBadArguments_Fails()
        {
            Check.Fails(EAFNOSUPPORT, inet_pton(AF_UNIX, "1.2.3.4", new byte[16]));
            Check.Fails(EFAULT, inet_pton(AF_INET, null, new byte[4]));
            Check.Fails(EFAULT, inet_pton(AF_INET, "1.2.3.4", new byte[3]));
            Check.Fails(EFAULT, inet_pton(AF_INET6, "::1", new byte[15]));
            Check.Fails(EFAULT, inet_pton(AF_INET6, "::1", (byte[])null));
        }

        [TestMethod]
        public void Inet_ntop_IntoAnArray_EndsWithNUL()
        {
            byte[] text = Check.Bytes("................");
            byte[] address = new byte[] { 10, 0, 255, 7 };
            Assert.AreEqual("10.0.255.7", inet_ntop(AF_INET, address, text, INET_ADDRSTRLEN));
            Check.Text("10.0.255.7_.....", text, 16);
        }

        [TestMethod]
        public void Inet_ntop_OfBadArguments_Fails()
        {
            byte[] address = new byte[] { 10, 0, 255, 7 };
            Fails(ENOSPC, inet_ntop(AF_INET, address, new byte[16], 10));
            Assert.AreEqual("10.0.255.7", inet_ntop(AF_INET, address, new byte[11], 11));
            Fails(EFAULT, inet_ntop(AF_INET, address, new byte[11], 16));
            Fails(EAFNOSUPPORT, inet_ntop(99, address, new byte[16], 16));
            Fails(EFAULT, inet_ntop(AF_INET6, address, new byte[46], 46));
            Fails(EFAULT, inet_ntop(AF_INET, (byte[])null, new byte[46], 46));
            Fails(ENOSPC, inet_ntop(AF_INET, address, null, 0));
        }

        [TestMethod]
        [DataRow("127.1", "127.0.0.1")]
        [DataRow("0x7f.1", "127.0.0.1")]
        [DataRow("017700000001", "127.0.0.1")]
        [DataRow("2130706433", "127.0.0.1")]
        [DataRow("1.2.3.4 and more", "1.2.3.4")]
        [DataRow("1.2.3.4\t", "1.2.3.4")]
        [DataRow(" 1.2.3.4", null)]
        [DataRow("1.2.3.4x", null)]
        [DataRow("4294967296", null)]
        [DataRow("", null)]
        [DataRow("1.2.3.4.5", null)]
        [DataRow("08.1.1.1", null)]
        public void Inet_aton_OfOldForms_ReadsThem(string text, string expected)
        {
            in_addr address = new in_addr();
            Assert.AreEqual(expected == null ? 0 : 1, inet_aton(text, address));
            Assert.AreEqual(expected ?? "0.0.0.0", inet_ntoa(address));
            Assert.AreEqual(expected == null ? INADDR_NONE : address.s_addr, inet_addr(text));
        }

        [TestMethod]
        public void Inet_aton_WithoutRoom_OnlyAsks()
        {
            Assert.AreEqual(1, inet_aton("1.2.3.4", null));
            Assert.AreEqual(0, inet_aton(null, null));
        }

        private static void Fails(int error, string result)
        {
            int seen = errno;
            Assert.IsNull(result);
            Assert.AreEqual(error, seen);
        }
    }
}
