#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using static IoTNet.Posix;

namespace IoTNet.Tests
{
    [TestClass]
    public class PosixCloseTests
    {
        [TestMethod]
        [DataRow(-1)]
        [DataRow(0)]
        [DataRow(2)]
        [DataRow(500)]
        [DataRow(2000000000)]
        public void EachCall_OnNoDescriptor_FailsWithEBADF(int fd)
        {
            AllFail(fd);
        }

        [TestMethod]
        public void EachCall_OnAClosedDescriptor_FailsWithEBADF()
        {
            using Fds fds = new Fds();
            int fd = fds.Tcp();
            fds.Close(fd);
            AllFail(fd);
        }

        [TestMethod]
        public void Close_Again_FailsWithEBADF()
        {
            using Fds fds = new Fds();
            int fd = fds.Udp();
            fds.Close(fd);
            Check.Fails(EBADF, close(fd));
        }

        [TestMethod]
        public void Close_DuringAReceive_EndsIt()
        {
            using Fds fds = new Fds();
            int fd = fds.BoundUdp(out sockaddr_in _);
            int result = 0;
            int seen = 0;
            Background receiver = fds.Start(() =>
            {
                result = recv(fd, new byte[1], 1, 0);
                seen = errno;
            });
            receiver.LetBlock();
            fds.Close(fd);
            receiver.Join();
            Check.EndsByClose(result, seen);
        }

        [TestMethod]
        public void Close_DuringAnAccept_EndsItAndFreesItsNumber()
        {
            using Fds fds = new Fds();
            int listener = fds.Listener(out sockaddr_in _);
            int result = 0;
            int seen = 0;
            Background acceptor = fds.Start(() =>
            {
                result = accept(listener);
                seen = errno;
            });
            acceptor.LetBlock();
            fds.Close(listener);
            acceptor.Join();
            Check.EndsByClose(result, seen);
            Assert.AreEqual(listener, fds.Tcp());
            Assert.AreEqual(listener + 1, fds.Tcp());
        }

        [TestMethod]
        public void Close_DuringAPoll_EndsItWithPOLLNVAL()
        {
            using Fds fds = new Fds();
            int fd = fds.BoundUdp(out sockaddr_in _);
            int result = 0;
            short seen = 0;
            Background poller = fds.Start(() =>
            {
                pollfd[] waited = new pollfd[1];
                waited[0].fd = fd;
                waited[0].events = POLLIN;
                result = poll(waited, 1, -1);
                seen = waited[0].revents;
            });
            poller.LetBlock();
            fds.Close(fd);
            poller.Join();
            Assert.AreEqual(1, result);
            Assert.AreEqual(POLLNVAL, (int)seen);
        }

        [TestMethod]
        public void Close_NumberGivenOutAgain_LeavesTheNewOneAlone()
        {
            using Fds fds = new Fds();
            int fd = fds.BoundUdp(out sockaddr_in _);
            int result = 0;
            int seen = 0;
            Background receiver = fds.Start(() =>
            {
                result = recv(fd, new byte[1], 1, 0);
                seen = errno;
            });
            receiver.LetBlock();
            fds.Close(fd);
            Assert.AreEqual(fd, fds.BoundUdp(out sockaddr_in address));
            receiver.Join();
            Check.EndsByClose(result, seen);
            Assert.AreEqual(1, sendto(fd, new byte[1], 1, 0, address, sockaddr_in.SizeOf));
            Fds.Await(fd, POLLIN);
            Assert.AreEqual(1, recv(fd, new byte[1], 1, 0));
        }

        [TestMethod]
        public void Close_OfManyByTwoThreads_SucceedsOnceEach()
        {
            using Fds fds = new Fds();
            for (int round = 0; round < 50; round++)
            {
                int fd = socket(AF_INET, SOCK_DGRAM, 0);
                int mine = 0;
                Background other = fds.Start(() => mine += close(fd) == 0 ? 1 : 0);
                int ours = close(fd) == 0 ? 1 : 0;
                other.Join();
                Assert.AreEqual(1, mine + ours);
            }
        }

        private static void AllFail(int fd)
        {
            sockaddr_storage address = new sockaddr_storage();
            int length = sockaddr_storage.SizeOf;
            int number = 0;
            byte[] buffer = new byte[4];
            Check.Fails(EBADF, close(fd));
            Check.Fails(EBADF, shutdown(fd, SHUT_RD));
            Check.Fails(EBADF, bind(fd, null, -1));
            Check.Fails(EBADF, connect(fd, null, -1));
            Check.Fails(EBADF, listen(fd, 1));
            Check.Fails(EBADF, accept(fd));
            Check.Fails(EBADF, accept(fd, address, ref length));
            Check.Fails(EBADF, send(fd, null, -1, 0));
            Check.Fails(EBADF, send(fd, buffer, 0, 4, 0));
            Check.Fails(EBADF, sendto(fd, buffer, 4, 0, address, length));
            Check.Fails(EBADF, sendmsg(fd, null, 0));
            Check.Fails(EBADF, recv(fd, null, -1, 0));
            Check.Fails(EBADF, recv(fd, buffer, 0, 4, 0));
            Check.Fails(EBADF, recvfrom(fd, buffer, 4, 0, address, ref length));
            Check.Fails(EBADF, recvmsg(fd, null, 0));
            Check.Fails(EBADF, read(fd, buffer, 0));
            Check.Fails(EBADF, write(fd, buffer, 0));
            Check.Fails(EBADF, fcntl(fd, 12345));
            Check.Fails(EBADF, ioctl(fd, 12345, ref number));
            Check.Fails(EBADF, getsockopt(fd, 12345, 0, buffer, ref length));
            Check.Fails(EBADF, setsockopt(fd, 12345, 0, buffer, -1));
            Check.Fails(EBADF, getsockname(fd, null, ref length));
            Check.Fails(EBADF, getpeername(fd, null, ref length));
            Assert.AreEqual(sockaddr_storage.SizeOf, length);
        }
    }
}
