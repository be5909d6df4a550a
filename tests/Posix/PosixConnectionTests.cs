#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using static IoTNet.Posix;

namespace IoTNet.Tests
{
    [TestClass]
    public class PosixConnectionTests
    {
        [TestMethod]
        public void Bind_ToALengthThatDoesNotFit_FailsWithEINVAL()
        {
            using Fds fds = new Fds();
            sockaddr_in address = Fds.AnyPort();
            Check.Fails(EINVAL, bind(fds.Tcp(), address, -1));
            Check.Fails(EINVAL, bind(fds.Tcp(), address, 0));
            Check.Fails(EINVAL, bind(fds.Tcp(), address, 15));
            Check.Fails(EINVAL, bind(fds.Tcp(), address, 129));
            Check.Fails(EINVAL, bind(fds.Add(socket(AF_INET6, SOCK_STREAM, 0)), new sockaddr_in6 { sin6_family = AF_INET6 }, 23));
            Check.Fails(EINVAL, bind(fds.Unix(SOCK_STREAM), new sockaddr_storage { ss_family = AF_UNIX }, 111));
            Check.Fails(EINVAL, bind(fds.Unix(SOCK_STREAM), new sockaddr_un { sun_family = AF_UNIX }, 1));
        }

        [TestMethod]
        public void Bind_WithoutMemory_FailsWithEFAULT()
        {
            using Fds fds = new Fds();
            int fd = fds.Tcp();
            Check.Fails(EFAULT, bind(fd, null, 16));
            Check.Fails(EFAULT, bind(fd, Fds.AnyPort(), 17));
        }

        [TestMethod]
        public void Bind_ToAnotherFamily_FailsAsLinux()
        {
            using Fds fds = new Fds();
            sockaddr_storage address = new sockaddr_storage { ss_family = AF_INET6 };
            Check.Fails(EAFNOSUPPORT, bind(fds.Tcp(), address, sockaddr_in6.SizeOf));
            address.ss_family = 23;
            Check.Fails(EAFNOSUPPORT, bind(fds.Tcp(), address, sockaddr_in6.SizeOf));
            address.ss_family = AF_INET;
            Check.Fails(EINVAL, bind(fds.Unix(SOCK_STREAM), address, sockaddr_in.SizeOf));
            Check.Fails(EAFNOSUPPORT, bind(fds.Add(socket(AF_INET6, SOCK_STREAM, 0)), address, sockaddr_in6.SizeOf));
        }

        [TestMethod]
        public void Bind_OfNoFamilyToAnyAddress_CountsAsIPv4()
        {
            using Fds fds = new Fds();
            int fd = fds.Udp();
            sockaddr_in address = new sockaddr_in();
            Assert.AreEqual(0, bind(fd, address, sockaddr_in.SizeOf));
            int length = sockaddr_in.SizeOf;
            Assert.AreEqual(0, getsockname(fd, address, ref length));
            Assert.AreEqual(AF_INET, (int)address.sin_family);
            address.sin_family = AF_UNSPEC;
            address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            Check.Fails(EAFNOSUPPORT, bind(fds.Udp(), address, sockaddr_in.SizeOf));
        }

        [TestMethod]
        public void Bind_Again_FailsWithEINVAL()
        {
            using Fds fds = new Fds();
            int fd = fds.BoundUdp(out sockaddr_in _);
            Check.Fails(EINVAL, bind(fd, Fds.AnyPort(), sockaddr_in.SizeOf));
        }

        [TestMethod]
        public void Bind_PortInUse_FailsWithEADDRINUSE()
        {
            using Fds fds = new Fds();
            fds.Listener(out sockaddr_in address);
            Check.Fails(EADDRINUSE, bind(fds.Tcp(), address, sockaddr_in.SizeOf));
        }

        [TestMethod]
        public void Bind_ToAForeignAddress_FailsWithEADDRNOTAVAIL()
        {
            using Fds fds = new Fds();
            sockaddr_in address = Fds.AnyPort();
            Assert.AreEqual(1, inet_pton(AF_INET, "192.0.2.1", address.sin_addr));
            Check.Fails(EADDRNOTAVAIL, bind(fds.Tcp(), address, sockaddr_in.SizeOf));
        }

        [TestMethod]
        public void Listen_OnDatagrams_FailsWithEOPNOTSUPP()
        {
            using Fds fds = new Fds();
            Check.Fails(EOPNOTSUPP, listen(fds.Udp(), 1));
        }

        [TestMethod]
        public void Accept_Always_TellsTheFullLengthOfTheAddress()
        {
            using Fds fds = new Fds();
            int listener = fds.Listener(out sockaddr_in address);
            for (int room = 0; room <= 16; room += 8)
            {
                int client = fds.Tcp();
                Assert.AreEqual(0, connect(client, address, sockaddr_in.SizeOf));
                sockaddr_in expected = new sockaddr_in();
                int length = sockaddr_in.SizeOf;
                Assert.AreEqual(0, getsockname(client, expected, ref length));
                sockaddr_storage peer = new sockaddr_storage();
                length = room;
                fds.Add(accept(listener, peer, ref length));
                Assert.AreEqual(16, length);
                for (int i = 0; i < sockaddr_storage.SizeOf; i++)
                {
                    Assert.AreEqual(i < room ? expected[i] : (byte)0, peer[i]);
                }
            }
        }

        [TestMethod]
        public void Accept_WithoutAddress_LeavesTheLength()
        {
            using Fds fds = new Fds();
            int listener = fds.Listener(out sockaddr_in address);
            Assert.AreEqual(0, connect(fds.Tcp(), address, sockaddr_in.SizeOf));
            int length = 5;
            fds.Add(accept(listener, null, ref length));
            Assert.AreEqual(5, length);
        }

        [TestMethod]
        public void Accept_IntoBadMemory_FailsAndFreesTheNumber()
        {
            using Fds fds = new Fds();
            int listener = fds.Listener(out sockaddr_in address);
            Assert.AreEqual(0, connect(fds.Tcp(), address, sockaddr_in.SizeOf));
            int length = -1;
            Check.Fails(EINVAL, accept(listener, new sockaddr_in(), ref length));
            int client = fds.Tcp();
            Assert.AreEqual(0, connect(client, address, sockaddr_in.SizeOf));
            Assert.AreEqual(client + 1, fds.Add(accept(listener)));
        }

        [TestMethod]
        public void Accept_OnANonBlockingListener_FailsWithEAGAIN()
        {
            using Fds fds = new Fds();
            int listener = fds.Listener(out sockaddr_in address);
            Assert.AreEqual(0, fcntl(listener, F_SETFL, O_NONBLOCK));
            Check.Fails(EAGAIN, accept(listener));
            Assert.AreEqual(0, connect(fds.Tcp(), address, sockaddr_in.SizeOf));
            Fds.Await(listener, POLLIN);
            Assert.AreEqual(O_RDWR, fcntl(fds.Add(accept(listener)), F_GETFL), "O_NONBLOCK is not inherited");
        }

        [TestMethod]
        public void Accept_AfterItsReceiveTimeout_FailsWithEAGAIN()
        {
            using Fds fds = new Fds();
            int listener = fds.Listener(out sockaddr_in _);
            timeval time = new timeval { tv_usec = 60000 };
            Assert.AreEqual(0, setsockopt(listener, SOL_SOCKET, SO_RCVTIMEO, time, timeval.SizeOf));
            Stopwatch watch = new Stopwatch();
            Check.Fails(EAGAIN, accept(listener));
            watch.AssertTook(60);
        }

        [TestMethod]
        public void Accept_WithoutListening_FailsAsLinux()
        {
            using Fds fds = new Fds();
            Check.Fails(EINVAL, accept(fds.Tcp()));
            Check.Fails(EOPNOTSUPP, accept(fds.Udp()));
        }

        [TestMethod]
        public void Connect_WithoutAListener_FailsWithECONNREFUSED()
        {
            using Fds fds = new Fds();
            int bound = fds.Tcp();
            sockaddr_in address = Fds.Bind(bound);
            Check.Fails(ECONNREFUSED, connect(fds.Tcp(), address, sockaddr_in.SizeOf));
        }

        [TestMethod]
        public void Connect_Again_FailsWithEISCONN()
        {
            using Fds fds = new Fds();
            fds.Listener(out sockaddr_in address);
            int client = fds.Tcp();
            Assert.AreEqual(0, connect(client, address, sockaddr_in.SizeOf));
            Check.Fails(EISCONN, connect(client, address, sockaddr_in.SizeOf));
        }

        [TestMethod]
        public void Connect_NonBlocking_EndsWithPOLLOUTAndNoError()
        {
            using Fds fds = new Fds();
            fds.Listener(out sockaddr_in address);
            int client = fds.Add(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
            int result = connect(client, address, sockaddr_in.SizeOf);
            if (result != 0)
            {
                Check.Fails(EINPROGRESS, result);
            }

            Assert.AreEqual(POLLOUT, Fds.Await(client, POLLOUT));
            Assert.AreEqual(0, PendingError(client));
        }

        [TestMethod]
        public void Connect_NonBlockingAndRefused_TellsItInSO_ERROROnce()
        {
            using Fds fds = new Fds();
            sockaddr_in address = Fds.Bind(fds.Tcp());
            int client = fds.Add(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
            int result = connect(client, address, sockaddr_in.SizeOf);
            int seen = errno;
            Assert.AreEqual(-1, result);
            if (seen == EINPROGRESS)
            {
                Assert.IsTrue((Fds.Await(client, POLLOUT) & POLLERR) != 0);
                Assert.AreEqual(ECONNREFUSED, PendingError(client));
                Assert.AreEqual(0, PendingError(client));
            }
            else
            {
                Assert.AreEqual(ECONNREFUSED, seen);
            }
        }

        [TestMethod]
        public void Connect_WithinItsSendTimeout_Succeeds()
        {
            using Fds fds = new Fds();
            fds.Listener(out sockaddr_in address);
            int client = fds.Tcp();
            Assert.AreEqual(0, setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, new timeval { tv_sec = 10 }, timeval.SizeOf));
            Assert.AreEqual(0, connect(client, address, sockaddr_in.SizeOf));
            Assert.AreEqual(1, send(client, new byte[1], 1, 0));
        }

        [TestMethod]
        public void Connect_RefusedWithinItsSendTimeout_FailsWithECONNREFUSED()
        {
            using Fds fds = new Fds();
            sockaddr_in address = Fds.Bind(fds.Tcp());
            int client = fds.Tcp();
            Assert.AreEqual(0, setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, new timeval { tv_sec = 10 }, timeval.SizeOf));
            Check.Fails(ECONNREFUSED, connect(client, address, sockaddr_in.SizeOf));
        }

        [TestMethod]
        public void Connect_BeyondItsSendTimeout_FailsWithEINPROGRESS()
        {
            using Fds fds = new Fds();
            int listener = fds.Tcp();
            sockaddr_in address = Fds.Bind(listener);
            Assert.AreEqual(0, listen(listener, 1));
            int error = 0;
            Stopwatch watch = null;
            for (int i = 0; i < 8 && error == 0; i++)
            {
                int client = fds.Tcp();
                Assert.AreEqual(0, setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, new timeval { tv_usec = 80000 }, timeval.SizeOf));
                watch = new Stopwatch();
                error = connect(client, address, sockaddr_in.SizeOf) < 0 ? errno : 0;
            }

            Assert.AreEqual(EINPROGRESS, error);
            watch.AssertTook(80);
        }

        [TestMethod]
        public void Connect_OfADatagramSocketToNoFamily_TakesThePeerAway()
        {
            if (!StackUnderTest.Capabilities.CanDissolve)
            {
                return;
            }

            using Fds fds = new Fds();
            fds.BoundUdp(out sockaddr_in address);
            int fd = fds.Udp();
            Assert.AreEqual(0, connect(fd, address, sockaddr_in.SizeOf));
            Assert.AreEqual(1, send(fd, new byte[1], 1, 0));
            Assert.AreEqual(0, connect(fd, new sockaddr(), 2));
            Check.Fails(EDESTADDRREQ, send(fd, new byte[1], 1, 0));
        }

        [TestMethod]
        public void Connect_ToALengthThatDoesNotFit_FailsWithEINVAL()
        {
            using Fds fds = new Fds();
            sockaddr_in address = Fds.AnyPort();
            Check.Fails(EINVAL, connect(fds.Tcp(), address, -1));
            Check.Fails(EINVAL, connect(fds.Tcp(), address, 1));
            Check.Fails(EINVAL, connect(fds.Tcp(), address, 15));
            Check.Fails(EINVAL, connect(fds.Udp(), address, 8));
            Check.Fails(EFAULT, connect(fds.Udp(), null, 16));
            Check.Fails(EINVAL, connect(fds.Udp(), null, 0));
            Check.Fails(EINVAL, connect(fds.Unix(SOCK_STREAM), new sockaddr_un { sun_family = AF_UNIX }, 2));
        }

        [TestMethod]
        public void Shutdown_OfHalves_AnswersAsLinux()
        {
            using Fds fds = new Fds();
            Check.Fails(ENOTCONN, shutdown(fds.Tcp(), SHUT_RD));
            Check.Fails(EINVAL, shutdown(fds.Tcp(), 3));
            Check.Fails(EINVAL, shutdown(fds.Tcp(), -1));
            fds.Pair(SOCK_STREAM, out int first, out int second);
            Assert.AreEqual(0, shutdown(first, SHUT_WR));
            Assert.AreEqual(0, recv(second, new byte[1], 1, 0));
            Check.Fails(EPIPE, send(first, new byte[1], 1, 0));
            Assert.AreEqual(1, send(second, new byte[1], 1, 0));
            Assert.AreEqual(1, recv(first, new byte[1], 1, 0));
        }

        private static int PendingError(int fd)
        {
            int error = -1;
            int length = sizeof(int);
            Assert.AreEqual(0, getsockopt(fd, SOL_SOCKET, SO_ERROR, ref error, ref length));
            Assert.AreEqual(sizeof(int), length);
            return error;
        }
    }
}
