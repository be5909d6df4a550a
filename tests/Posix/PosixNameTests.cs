#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using static IoTNet.Posix;

namespace IoTNet.Tests
{
    [TestClass]
    public class PosixNameTests
    {
        [TestMethod]
        public void Getsockname_OfEachLength_TellsTheFullOne()
        {
            using Fds fds = new Fds();
            int fd = fds.BoundUdp(out sockaddr_in expected);
            for (int room = 0; room <= 20; room++)
            {
                sockaddr_storage address = new sockaddr_storage();
                int length = room;
                Assert.AreEqual(0, getsockname(fd, address, ref length));
                Assert.AreEqual(16, length);
                for (int i = 0; i < 20; i++)
                {
                    Assert.AreEqual(i < room && i < 16 ? expected[i] : (byte)0, address[i]);
                }
            }
        }

        [TestMethod]
        public void Getsockname_IntoBadMemory_Fails()
        {
            using Fds fds = new Fds();
            int fd = fds.BoundUdp(out sockaddr_in _);
            int length = -1;
            Check.Fails(EINVAL, getsockname(fd, new sockaddr_in(), ref length));
            Assert.AreEqual(-1, length);
            length = 16;
            Check.Fails(EFAULT, getsockname(fd, null, ref length));
            Assert.AreEqual(16, length);
            length = 0;
            Assert.AreEqual(0, getsockname(fd, null, ref length));
            Assert.AreEqual(16, length);
        }

        [TestMethod]
        public void Getsockname_OfIPv6_TellsLinuxNumberOfTheFamily()
        {
            using Fds fds = new Fds();
            int fd = fds.Add(socket(AF_INET6, SOCK_DGRAM, 0));
            sockaddr_in6 address = new sockaddr_in6 { sin6_family = AF_INET6, sin6_addr = in6addr_loopback };
            Assert.AreEqual(0, bind(fd, address, sockaddr_in6.SizeOf));
            sockaddr_storage generic = new sockaddr_storage();
            int length = sockaddr_storage.SizeOf;
            Assert.AreEqual(0, getsockname(fd, generic, ref length));
            Assert.AreEqual(28, length);
            Assert.AreEqual(AF_INET6, (int)generic.ss_family);
            sockaddr_in6 seen = new sockaddr_in6(generic);
            Assert.AreEqual("::1", inet_ntop(AF_INET6, seen.sin6_addr, null, INET6_ADDRSTRLEN));
            Assert.IsTrue(ntohs(seen.sin6_port) != 0);
        }

        [TestMethod]
        public void Getpeername_WithoutPeer_FailsWithENOTCONN()
        {
            using Fds fds = new Fds();
            int length = 16;
            Check.Fails(ENOTCONN, getpeername(fds.Tcp(), new sockaddr_in(), ref length));
            Check.Fails(ENOTCONN, getpeername(fds.Udp(), null, ref length));
        }

        [TestMethod]
        public void Getpeername_OfBothEnds_IsTheOthersName()
        {
            using Fds fds = new Fds();
            fds.Connected(out int client, out int server);
            sockaddr_in mine = new sockaddr_in();
            sockaddr_in theirs = new sockaddr_in();
            int length = 16;
            Assert.AreEqual(0, getsockname(client, mine, ref length));
            Assert.AreEqual(0, getpeername(server, theirs, ref length));
            Assert.AreEqual(mine.sin_port, theirs.sin_port);
            Assert.AreEqual(mine.sin_addr.s_addr, theirs.sin_addr.s_addr);
            Assert.AreEqual(htonl(INADDR_LOOPBACK), theirs.sin_addr.s_addr);
        }

        [TestMethod]
        public void Names_OfAPair_AreTheFamilyAlone()
        {
            using Fds fds = new Fds();
            fds.Pair(SOCK_STREAM, out int first, out int _);
            sockaddr_un address = new sockaddr_un();
            int length = sockaddr_un.SizeOf;
            Assert.AreEqual(0, getsockname(first, address, ref length));
            Assert.AreEqual(2, length);
            Assert.AreEqual(AF_UNIX, (int)address.sun_family);
            length = sockaddr_un.SizeOf;
            Assert.AreEqual(0, getpeername(first, address, ref length));
            Assert.AreEqual(2, length);
        }
    }
}
