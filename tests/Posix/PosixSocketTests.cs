#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using static IoTNet.Posix;

namespace IoTNet.Tests
{
    [TestClass]
    public class PosixSocketTests
    {
        [TestMethod]
        public void Socket_Opened_HasTheLowestFreeNumber()
        {
            using Fds fds = new Fds();
            int first = fds.Tcp();
            int second = fds.Udp();
            int third = fds.Tcp();
            Assert.IsTrue(first >= 3, "0, 1 and 2 belong to standard input, output and error");
            Assert.IsTrue(first < second && second < third, "in order");
            fds.Close(second);
            Assert.AreEqual(second, fds.Tcp());
            fds.Close(third);
            fds.Close(first);
            Assert.AreEqual(first, fds.Udp());
            Assert.AreEqual(third, fds.Udp());
        }

        [TestMethod]
        [DataRow(0, SOCK_STREAM, 0, EAFNOSUPPORT)]
        [DataRow(23, SOCK_STREAM, 0, EAFNOSUPPORT)]
        [DataRow(999, SOCK_STREAM, 0, EAFNOSUPPORT)]
        [DataRow(-1, SOCK_STREAM, 0, EAFNOSUPPORT)]
        [DataRow(AF_INET, 42, 0, EINVAL)]
        [DataRow(AF_INET, -1, 0, EINVAL)]
        [DataRow(AF_INET, 11, 0, EINVAL)]
        [DataRow(AF_INET, SOCK_RDM, 0, ESOCKTNOSUPPORT)]
        [DataRow(AF_INET, SOCK_SEQPACKET, 0, ESOCKTNOSUPPORT)]
        [DataRow(AF_INET, SOCK_STREAM, IPPROTO_UDP, EPROTONOSUPPORT)]
        [DataRow(AF_INET, SOCK_DGRAM, IPPROTO_TCP, EPROTONOSUPPORT)]
        [DataRow(AF_INET, SOCK_STREAM, -1, EINVAL)]
        [DataRow(AF_INET, SOCK_STREAM, 263, EINVAL)]
        [DataRow(AF_UNIX, SOCK_STREAM, IPPROTO_TCP, EPROTONOSUPPORT)]
        [DataRow(AF_UNIX, SOCK_RDM, 0, ESOCKTNOSUPPORT)]
        public void Socket_OfNoSuchKind_Fails(int domain, int type, int protocol, int error)
        {
            using Fds fds = new Fds();
            Check.Fails(error, socket(domain, type, protocol));
        }

        [TestMethod]
        [DataRow(AF_INET, SOCK_STREAM, IPPROTO_TCP)]
        [DataRow(AF_INET, SOCK_DGRAM, IPPROTO_UDP)]
        [DataRow(AF_INET6, SOCK_STREAM, 0)]
        [DataRow(AF_INET6, SOCK_DGRAM, 0)]
        [DataRow(AF_UNIX, SOCK_STREAM, 0)]
        [DataRow(AF_UNIX, SOCK_DGRAM, PF_UNIX)]
        [DataRow(AF_UNIX, SOCK_SEQPACKET, 0)]
        public void Socket_OfEachKind_Opens(int domain, int type, int protocol)
        {
            using Fds fds = new Fds();
            int fd = fds.Add(socket(domain, type, protocol));
            int value = 0;
            int length = sizeof(int);
            Assert.AreEqual(0, getsockopt(fd, SOL_SOCKET, SO_DOMAIN, ref value, ref length));
            Assert.AreEqual(domain, value);
            Assert.AreEqual(0, getsockopt(fd, SOL_SOCKET, SO_TYPE, ref value, ref length));
            Assert.AreEqual(type, value);
        }

        [TestMethod]
        public void Socket_WithFlagsInItsType_HasThem()
        {
            using Fds fds = new Fds();
            int plain = fds.Tcp();
            int flagged = fds.Add(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
            Assert.AreEqual(O_RDWR, fcntl(plain, F_GETFL));
            Assert.AreEqual(0, fcntl(plain, F_GETFD));
            Assert.AreEqual(O_RDWR | O_NONBLOCK, fcntl(flagged, F_GETFL));
            Assert.AreEqual(FD_CLOEXEC, fcntl(flagged, F_GETFD));
        }

        [TestMethod]
        public void Socketpair_OfEachType_IsConnected()
        {
            using Fds fds = new Fds();
            int[] types = new int[] { SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET };
            for (int i = 0; i < types.Length; i++)
            {
                fds.Pair(types[i], out int first, out int second);
                byte[] bytes = Check.Bytes("abc");
                Assert.AreEqual(3, write(first, bytes, 3));
                Assert.AreEqual(3, read(second, bytes, 3));
                Assert.AreEqual(2, write(second, bytes, 2));
                Assert.AreEqual(2, read(first, bytes, 3));
            }
        }

        [TestMethod]
        public void Socketpair_WithFlagsInItsType_GivesThemToBoth()
        {
            using Fds fds = new Fds();
            fds.Pair(SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, out int first, out int second);
            Assert.AreEqual(O_RDWR | O_NONBLOCK, fcntl(first, F_GETFL));
            Assert.AreEqual(O_RDWR | O_NONBLOCK, fcntl(second, F_GETFL));
            Assert.AreEqual(FD_CLOEXEC, fcntl(first, F_GETFD));
            Assert.AreEqual(FD_CLOEXEC, fcntl(second, F_GETFD));
        }

        [TestMethod]
        [DataRow(AF_INET, SOCK_STREAM, 0, EOPNOTSUPP)]
        [DataRow(AF_INET6, SOCK_DGRAM, 0, EOPNOTSUPP)]
        [DataRow(999, SOCK_STREAM, 0, EAFNOSUPPORT)]
        [DataRow(AF_UNIX, 42, 0, EINVAL)]
        [DataRow(AF_UNIX, SOCK_RDM, 0, ESOCKTNOSUPPORT)]
        [DataRow(AF_UNIX, SOCK_STREAM, 6, EPROTONOSUPPORT)]
        public void Socketpair_OfNoSuchKind_Fails(int domain, int type, int protocol, int error)
        {
            using Fds fds = new Fds();
            int[] sv = new int[] { -7, -8 };
            Check.Fails(error, socketpair(domain, type, protocol, sv));
            Assert.AreEqual(-7, sv[0]);
            Assert.AreEqual(-8, sv[1]);
        }

        [TestMethod]
        public void Socketpair_WithoutRoom_FailsWithEFAULT()
        {
            using Fds fds = new Fds();
            Check.Fails(EFAULT, socketpair(AF_UNIX, SOCK_STREAM, 0, null));
            Check.Fails(EFAULT, socketpair(AF_UNIX, SOCK_STREAM, 0, new int[1]));
        }

        [TestMethod]
        public void Fcntl_FlagsSet_AreRead()
        {
            using Fds fds = new Fds();
            int fd = fds.Udp();
            Assert.AreEqual(0, fcntl(fd, F_SETFL, O_NONBLOCK));
            Assert.AreEqual(O_RDWR | O_NONBLOCK, fcntl(fd, F_GETFL));
            Check.Fails(EAGAIN, recv(fd, new byte[1], 1, 0));
            Assert.AreEqual(0, fcntl(fd, F_SETFL, 0));
            Assert.AreEqual(O_RDWR, fcntl(fd, F_GETFL));
            Assert.AreEqual(0, fcntl(fd, F_SETFD, FD_CLOEXEC));
            Assert.AreEqual(FD_CLOEXEC, fcntl(fd, F_GETFD));
            Assert.AreEqual(0, fcntl(fd, F_SETFD, 0));
            Assert.AreEqual(0, fcntl(fd, F_GETFD));
        }

        [TestMethod]
        public void Fcntl_OfAnUnknownCommand_FailsWithEINVAL()
        {
            using Fds fds = new Fds();
            Check.Fails(EINVAL, fcntl(fds.Udp(), 12345));
        }

        [TestMethod]
        public void Ioctl_FIONBIO_SwitchesWaiting()
        {
            using Fds fds = new Fds();
            int fd = fds.Udp();
            int on = 1;
            Assert.AreEqual(0, ioctl(fd, FIONBIO, ref on));
            Assert.AreEqual(O_RDWR | O_NONBLOCK, fcntl(fd, F_GETFL));
            int off = 0;
            Assert.AreEqual(0, ioctl(fd, FIONBIO, ref off));
            Assert.AreEqual(O_RDWR, fcntl(fd, F_GETFL));
        }

        [TestMethod]
        public void Ioctl_FIONREAD_TellsWhatIsThere()
        {
            using Fds fds = new Fds();
            fds.Connected(out int client, out int server);
            int count = -1;
            Assert.AreEqual(0, ioctl(server, FIONREAD, ref count));
            Assert.AreEqual(0, count);
            Assert.AreEqual(5, send(client, new byte[5], 5, 0));
            Fds.Await(server, POLLIN);
            Assert.AreEqual(0, ioctl(server, FIONREAD, ref count));
            Assert.AreEqual(5, count);
        }

        [TestMethod]
        public void Ioctl_FIONREADOnDatagrams_TellsTheNextOne()
        {
            using Fds fds = new Fds();
            int receiver = fds.BoundUdp(out sockaddr_in address);
            int sender = fds.Udp();
            Assert.AreEqual(7, sendto(sender, new byte[7], 7, 0, address, sockaddr_in.SizeOf));
            Assert.AreEqual(9, sendto(sender, new byte[9], 9, 0, address, sockaddr_in.SizeOf));
            Fds.Await(receiver, POLLIN);
            int count = -1;
            Assert.AreEqual(0, ioctl(receiver, FIONREAD, ref count));
            Assert.AreEqual(7, count);
        }

        [TestMethod]
        public void Ioctl_FIONREADOnAListener_FailsWithEINVAL()
        {
            using Fds fds = new Fds();
            int count = 77;
            Check.Fails(EINVAL, ioctl(fds.Listener(out sockaddr_in _), FIONREAD, ref count));
            Assert.AreEqual(77, count);
        }

        [TestMethod]
        public void Ioctl_OfAnUnknownRequest_FailsWithENOTTY()
        {
            using Fds fds = new Fds();
            int none = 0;
            Check.Fails(ENOTTY, ioctl(fds.Tcp(), 0x1234, ref none));
        }
    }
}
