using System;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using static IoTNet.Posix;

namespace IoTNet.Tests
{
    [TestClass]
    public class PosixStructTests
    {
        [TestMethod]
        public void Sockaddr_in_Filled_HasTheBytesOfLinux()
        {
            sockaddr_in address = new sockaddr_in { sin_family = AF_INET, sin_port = htons(0x1234) };
            address.sin_addr.s_addr = htonl(0xC0000201);
            CheckBytes("02001234C00002010000000000000000", address);
            Assert.AreEqual(0x1234, (int)ntohs(address.sin_port));
            Assert.AreEqual(0xC0000201u, ntohl(address.sin_addr.s_addr));
        }

        [TestMethod]
        public void Sockaddr_in6_Filled_HasTheBytesOfLinux()
        {
            sockaddr_in6 address = new sockaddr_in6
            {
                sin6_family = AF_INET6,
                sin6_port = htons(443),
                sin6_flowinfo = htonl(0x000ABCDE),
                sin6_addr = in6addr_loopback,
                sin6_scope_id = 3,
            };
            address.sin6_addr.s6_addr[0] = 0xFE;
            CheckBytes("0A0001BB000ABCDEFE00000000000000000000000000000103000000", address);
        }

        [TestMethod]
        public void Sockaddr_un_Filled_HasTheBytesOfLinux()
        {
            sockaddr_un address = new sockaddr_un { sun_family = AF_UNIX, sun_path = "/run/a-longer-name" };
            address.sun_path = "/run/x";
            Assert.AreEqual("/run/x", address.sun_path);
            Assert.AreEqual(8, SUN_LEN(address));
            byte[] expected = new byte[110];
            expected[0] = 1;
            Array.Copy(Check.Bytes("/run/x"), 0, expected, 2, 6);
            for (int i = 0; i < 110; i++)
            {
                Assert.AreEqual(expected[i], address[i]);
            }
        }

        [TestMethod]
        public void Sockaddr_un_OfTheLongestPath_TakesItAndNoMore()
        {
            sockaddr_un address = new sockaddr_un { sun_path = new string('p', 107) };
            Assert.AreEqual(109, SUN_LEN(address));
            Expect.Throws(typeof(ArgumentException), () => address.sun_path = new string('p', 108));
            Assert.AreEqual(107, address.sun_path.Length);
        }

        [TestMethod]
        public void Casts_OfAnAddress_SeeTheSameBytes()
        {
            sockaddr_storage storage = new sockaddr_storage();
            sockaddr_in four = new sockaddr_in(storage);
            four.sin_family = AF_INET;
            four.sin_addr.s_addr = 0x04030201;
            Assert.AreEqual(AF_INET, (int)storage.ss_family);
            Assert.AreEqual((byte)1, storage[4]);
            Assert.AreEqual((byte)4, storage.sa_data[5]);
            Assert.AreEqual(128, storage.Length);
            Assert.AreEqual(16, four.Length);
            new sockaddr_in6(storage).sin6_family = AF_INET6;
            Assert.AreEqual(AF_INET6, (int)four.sin_family);
        }

        [TestMethod]
        public void Casts_ToALongerStruct_Throw()
        {
            Expect.Throws(typeof(ArgumentOutOfRangeException), () => new sockaddr_in6(new sockaddr_in()));
            Expect.Throws(typeof(ArgumentNullException), () => new sockaddr_in(null));
        }

        [TestMethod]
        public void Views_OutsideTheirBytes_Throw()
        {
            in_addr address = new sockaddr_in().sin_addr;
            Expect.Throws(typeof(ArgumentOutOfRangeException), () => address[4] = 1);
            Expect.Throws(typeof(ArgumentOutOfRangeException), () => address[-1] = 1);
            Expect.Throws(typeof(ArgumentException), () => address.Put(new byte[5]));
            Expect.Throws(typeof(ArgumentOutOfRangeException), () => new OctetView(new byte[4], 2, 3));
        }

        [TestMethod]
        public void SmallStructs_Filled_HaveTheBytesOfLinux()
        {
            CheckBytes("01020000000000003F420F0000000000", new timeval { tv_sec = 0x201, tv_usec = 999999 });
            CheckBytes("FFFFFFFFFFFFFFFFFEFFFFFFFFFFFFFF", new timeval { tv_sec = -1, tv_usec = -2 });
            CheckBytes("010000000A000000", new linger { l_onoff = 1, l_linger = 10 });
            ip_mreq group = new ip_mreq();
            group.imr_multiaddr.s_addr = htonl(INADDR_ALLHOSTS_GROUP);
            group.imr_interface.s_addr = htonl(INADDR_LOOPBACK);
            CheckBytes("E00000017F000001", group);
            ipv6_mreq group6 = new ipv6_mreq { ipv6mr_interface = 258, ipv6mr_multiaddr = in6addr_loopback };
            CheckBytes("0000000000000000000000000000000102010000", group6);
            Assert.AreEqual(-1L, new timeval { tv_sec = -1 }.tv_sec);
            Assert.AreEqual(-7, new linger { l_linger = -7 }.l_linger);
        }

        private static void CheckBytes(string expected, OctetView actual)
        {
            const string Digits = "0123456789ABCDEF";
            string text = "";
            for (int i = 0; i < actual.Length; i++)
            {
                text += Digits.Substring(actual[i] >> 4, 1) + Digits.Substring(actual[i] & 15, 1);
            }

            Assert.AreEqual(expected, text);
        }
    }
}
