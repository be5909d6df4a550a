#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using static IoTNet.Posix;

namespace IoTNet.Tests
{
    [TestClass]
    public class PosixOptionTests
    {
        [TestMethod]
        public void Timeouts_SetInMicroseconds_AreRoundedUpToMilliseconds()
        {
            using Fds fds = new Fds();
            int fd = fds.Udp();
            int[] names = new int[] { SO_RCVTIMEO, SO_SNDTIMEO };
            for (int i = 0; i < names.Length; i++)
            {
                timeval time = new timeval { tv_sec = 7, tv_usec = 8 };
                int length = timeval.SizeOf;
                Assert.AreEqual(0, getsockopt(fd, SOL_SOCKET, names[i], time, ref length));
                Assert.AreEqual(16, length);
                Assert.AreEqual(0L, time.tv_sec);
                Assert.AreEqual(0L, time.tv_usec);
                Assert.AreEqual(0, setsockopt(fd, SOL_SOCKET, names[i], new timeval { tv_sec = 2, tv_usec = 1001 }, timeval.SizeOf));
                Assert.AreEqual(0, getsockopt(fd, SOL_SOCKET, names[i], time, ref length));
                Assert.AreEqual(2L, time.tv_sec);
                Assert.AreEqual(2000L, time.tv_usec);
                Assert.AreEqual(0, setsockopt(fd, SOL_SOCKET, names[i], new timeval { tv_usec = 1 }, timeval.SizeOf));
                Assert.AreEqual(0, getsockopt(fd, SOL_SOCKET, names[i], time, ref length));
                Assert.AreEqual(0L, time.tv_sec);
                Assert.AreEqual(1000L, time.tv_usec);
            }
        }

        [TestMethod]
        public void Timeouts_OfBadValues_FailAsLinux()
        {
            using Fds fds = new Fds();
            int fd = fds.Udp();
            Check.Fails(EINVAL, setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, new timeval(), 15));
            Check.Fails(EINVAL, setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, 5, sizeof(int)));
            Check.Fails(EDOM, setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, new timeval { tv_usec = 1000000 }, timeval.SizeOf));
            Check.Fails(EDOM, setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, new timeval { tv_usec = -1 }, timeval.SizeOf));
            Check.Fails(EFAULT, setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, (byte[])null, timeval.SizeOf));
            Assert.AreEqual(0, setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, new timeval { tv_sec = long.MaxValue }, timeval.SizeOf));
            Assert.AreEqual(0, setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, new timeval { tv_sec = -1 }, timeval.SizeOf));
            Check.Fails(EAGAIN, recv(fd, new byte[1], 1, 0));
        }

        [TestMethod]
        public void Getsockopt_OfEachLength_CutsTheValue()
        {
            using Fds fds = new Fds();
            int fd = fds.Tcp();
            for (int room = 0; room <= 8; room++)
            {
                byte[] value = new byte[] { 99, 99, 99, 99, 99, 99, 99, 99 };
                int length = room;
                Assert.AreEqual(0, getsockopt(fd, SOL_SOCKET, SO_TYPE, value, ref length));
                int expected = room < 4 ? room : 4;
                Assert.AreEqual(expected, length);
                for (int i = 0; i < 8; i++)
                {
                    Assert.AreEqual(i >= expected ? (byte)99 : i == 0 ? (byte)SOCK_STREAM : (byte)0, value[i]);
                }
            }
        }

        [TestMethod]
        public void Getsockopt_OfBadMemory_Fails()
        {
            using Fds fds = new Fds();
            int fd = fds.Tcp();
            int length = -1;
            Check.Fails(EINVAL, getsockopt(fd, SOL_SOCKET, SO_TYPE, new byte[4], ref length));
            length = 4;
            Check.Fails(EFAULT, getsockopt(fd, SOL_SOCKET, SO_TYPE, (byte[])null, ref length));
            Check.Fails(EFAULT, getsockopt(fd, SOL_SOCKET, SO_TYPE, (OctetView)null, ref length));
            Check.Fails(EFAULT, getsockopt(fd, SOL_SOCKET, SO_TYPE, new byte[3], ref length));
            Assert.AreEqual(4, length);
            length = 0;
            Assert.AreEqual(0, getsockopt(fd, SOL_SOCKET, SO_TYPE, (byte[])null, ref length));
            Assert.AreEqual(0, length);
        }

        [TestMethod]
        public void Setsockopt_OfBadMemory_Fails()
        {
            using Fds fds = new Fds();
            int fd = fds.Tcp();
            Check.Fails(EINVAL, setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, new byte[4], -1));
            Check.Fails(EINVAL, setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, new byte[4], 3));
            Check.Fails(EFAULT, setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, (byte[])null, 4));
            Check.Fails(EFAULT, setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, new byte[3], 4));
            Check.Fails(EINVAL, setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, (OctetView)null, 0));
            Assert.AreEqual(0, setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, new byte[] { 0, 0, 0, 1, 77 }, 5));
            Assert.AreEqual(1, Number(fd, SOL_SOCKET, SO_REUSEADDR));
        }

        [TestMethod]
        public void Options_ThatAreNone_FailAsLinux()
        {
            using Fds fds = new Fds();
            int fd = fds.Tcp();
            int length = 4;
            Check.Fails(ENOPROTOOPT, getsockopt(fd, SOL_SOCKET, 9999, new byte[4], ref length));
            Check.Fails(ENOPROTOOPT, setsockopt(fd, SOL_SOCKET, 9999, 1, sizeof(int)));
            Check.Fails(EINVAL, setsockopt(fd, SOL_SOCKET, 9999, 1, 3));
            Check.Fails(EOPNOTSUPP, getsockopt(fd, 9999, 1, new byte[4], ref length));
            Check.Fails(ENOPROTOOPT, setsockopt(fd, 9999, 1, 1, sizeof(int)));
            Check.Fails(EOPNOTSUPP, getsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, new byte[4], ref length));
            Check.Fails(ENOPROTOOPT, setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1, sizeof(int)));
            Check.Fails(ENOPROTOOPT, getsockopt(fds.Add(socket(AF_INET6, SOCK_STREAM, 0)), 9999, 1, new byte[4], ref length));
            Check.Fails(EFAULT, setsockopt(fd, SOL_SOCKET, 9999, (byte[])null, sizeof(int)));
            Check.Fails(ENOPROTOOPT, setsockopt(fds.Udp(), IPPROTO_TCP, TCP_NODELAY, 1, sizeof(int)));
            Check.Fails(EOPNOTSUPP, getsockopt(fds.Unix(SOCK_STREAM), IPPROTO_IP, IP_TTL, new byte[4], ref length));
            Check.Fails(EOPNOTSUPP, setsockopt(fds.Unix(SOCK_STREAM), IPPROTO_TCP, TCP_NODELAY, 1, sizeof(int)));
        }

        [TestMethod]
        [DataRow(SO_TYPE)]
        [DataRow(SO_DOMAIN)]
        [DataRow(SO_PROTOCOL)]
        [DataRow(SO_ERROR)]
        [DataRow(SO_ACCEPTCONN)]
        public void Setsockopt_OfWhatCanOnlyBeRead_FailsWithENOPROTOOPT(int name)
        {
            using Fds fds = new Fds();
            Check.Fails(ENOPROTOOPT, setsockopt(fds.Tcp(), SOL_SOCKET, name, 1, sizeof(int)));
        }

        [TestMethod]
        public void Getsockopt_OfWhatTheSocketIs_HasLinuxNumbers()
        {
            using Fds fds = new Fds();
            int six = fds.Add(socket(AF_INET6, SOCK_DGRAM, 0));
            Assert.AreEqual(AF_INET6, Number(six, SOL_SOCKET, SO_DOMAIN));
            Assert.AreEqual(SOCK_DGRAM, Number(six, SOL_SOCKET, SO_TYPE));
            Assert.AreEqual(IPPROTO_UDP, Number(six, SOL_SOCKET, SO_PROTOCOL));
            int unix = fds.Unix(SOCK_SEQPACKET);
            Assert.AreEqual(AF_UNIX, Number(unix, SOL_SOCKET, SO_DOMAIN));
            Assert.AreEqual(SOCK_SEQPACKET, Number(unix, SOL_SOCKET, SO_TYPE));
            Assert.AreEqual(0, Number(unix, SOL_SOCKET, SO_PROTOCOL));
            int listener = fds.Tcp();
            Assert.AreEqual(IPPROTO_TCP, Number(listener, SOL_SOCKET, SO_PROTOCOL));
            Assert.AreEqual(0, Number(listener, SOL_SOCKET, SO_ACCEPTCONN));
            Fds.Bind(listener);
            Assert.AreEqual(0, listen(listener, 1));
            Assert.AreEqual(1, Number(listener, SOL_SOCKET, SO_ACCEPTCONN));
        }

        [TestMethod]
        [DataRow(SOL_SOCKET, SO_REUSEADDR)]
        [DataRow(SOL_SOCKET, SO_KEEPALIVE)]
        [DataRow(SOL_SOCKET, SO_BROADCAST)]
        [DataRow(IPPROTO_TCP, TCP_NODELAY)]
        public void Switches_SetToAnyNumber_ReadBackAsOne(int level, int name)
        {
            using Fds fds = new Fds();
            int fd = fds.Tcp();
            Assert.AreEqual(0, Number(fd, level, name));
            Assert.AreEqual(0, setsockopt(fd, level, name, 1024, sizeof(int)));
            Assert.AreEqual(1, Number(fd, level, name));
            Assert.AreEqual(0, setsockopt(fd, level, name, 0, sizeof(int)));
            Assert.AreEqual(0, Number(fd, level, name));
        }

        [TestMethod]
        public void Linger_SetAsAStruct_IsReadAsOne()
        {
            using Fds fds = new Fds();
            int fd = fds.Tcp();
            linger value = new linger { l_onoff = 9, l_linger = 9 };
            int length = linger.SizeOf;
            Assert.AreEqual(0, getsockopt(fd, SOL_SOCKET, SO_LINGER, value, ref length));
            Assert.AreEqual(8, length);
            Assert.AreEqual(0, value.l_onoff);
            Assert.AreEqual(0, setsockopt(fd, SOL_SOCKET, SO_LINGER, new linger { l_onoff = 1, l_linger = 5 }, linger.SizeOf));
            Assert.AreEqual(0, getsockopt(fd, SOL_SOCKET, SO_LINGER, value, ref length));
            Assert.AreEqual(1, value.l_onoff);
            Assert.AreEqual(5, value.l_linger);
            Check.Fails(EINVAL, setsockopt(fd, SOL_SOCKET, SO_LINGER, new linger(), 7));
        }

        [TestMethod]
        public void IPOptions_OfOneByte_AreNumbers()
        {
            using Fds fds = new Fds();
            int fd = fds.Udp();
            Assert.AreEqual(0, setsockopt(fd, IPPROTO_IP, IP_TTL, new byte[] { 33 }, 1));
            Assert.AreEqual(33, Number(fd, IPPROTO_IP, IP_TTL));
            byte[] value = new byte[] { 0, 99, 99, 99 };
            for (int room = 1; room < 4; room++)
            {
                int length = room;
                Assert.AreEqual(0, getsockopt(fd, IPPROTO_IP, IP_TTL, value, ref length));
                Assert.AreEqual(1, length);
                Assert.AreEqual((byte)33, value[0]);
                Assert.AreEqual((byte)99, value[1]);
            }

            Check.Fails(EINVAL, setsockopt(fd, IPPROTO_IP, IP_TTL, 1, 0));
            Check.Fails(EINVAL, setsockopt(fd, IPPROTO_IP, IP_TTL, 256, sizeof(int)));
        }

        [TestMethod]
        public void SO_ERROR_OfAnAsynchronousError_IsReadOnce()
        {
            using Fds fds = new Fds();
            fds.Connected(out int client, out int server);
            Assert.AreEqual(0, setsockopt(client, SOL_SOCKET, SO_LINGER, new linger { l_onoff = 1 }, linger.SizeOf));
            fds.Close(client);
            Fds.Await(server, POLLIN);
            Assert.AreEqual(ECONNRESET, Number(server, SOL_SOCKET, SO_ERROR));
            Assert.AreEqual(0, Number(server, SOL_SOCKET, SO_ERROR));
        }

        private static int Number(int fd, int level, int name)
        {
            int value = -1;
            int length = sizeof(int);
            Assert.AreEqual(0, getsockopt(fd, level, name, ref value, ref length));
            Assert.AreEqual(sizeof(int), length);
            return value;
        }
    }
}
