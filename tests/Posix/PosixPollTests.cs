#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using static IoTNet.Posix;

namespace IoTNet.Tests
{
    [TestClass]
    public class PosixPollTests
    {
        [TestMethod]
        public void Poll_OfDescriptorsBelowZero_PassesThemOver()
        {
            using Fds fds = new Fds();
            fds.Pair(SOCK_STREAM, out int first, out int second);
            Assert.AreEqual(1, write(first, new byte[1], 1));
            pollfd[] polled = new pollfd[3];
            Put(polled, 0, -1, POLLIN);
            Put(polled, 1, second, POLLIN);
            Put(polled, 2, -5, POLLOUT);
            Assert.AreEqual(1, poll(polled, 3, -1));
            Assert.AreEqual(0, (int)polled[0].revents);
            Assert.AreEqual(POLLIN, (int)polled[1].revents);
            Assert.AreEqual(0, (int)polled[2].revents);
        }

        [TestMethod]
        public void Poll_OfAClosedDescriptor_CountsItAndDoesNotWait()
        {
            using Fds fds = new Fds();
            int open = fds.BoundUdp(out sockaddr_in _);
            int closed = fds.Tcp();
            fds.Close(closed);
            pollfd[] polled = new pollfd[3];
            Put(polled, 0, closed, 0);
            Put(polled, 1, open, POLLIN | POLLOUT);
            Put(polled, 2, 0, POLLIN);
            Assert.AreEqual(3, poll(polled, 3, -1));
            Assert.AreEqual(POLLNVAL, (int)polled[0].revents);
            Assert.AreEqual(POLLOUT, (int)polled[1].revents);
            Assert.AreEqual(POLLNVAL, (int)polled[2].revents);
        }

        [TestMethod]
        public void Poll_OfTheSameDescriptorTwice_AnswersEach()
        {
            using Fds fds = new Fds();
            fds.Pair(SOCK_STREAM, out int first, out int second);
            Assert.AreEqual(1, write(first, new byte[1], 1));
            pollfd[] polled = new pollfd[2];
            Put(polled, 0, second, POLLIN);
            Put(polled, 1, second, POLLOUT);
            Assert.AreEqual(2, poll(polled, 2, 0));
            Assert.AreEqual(POLLIN, (int)polled[0].revents);
            Assert.AreEqual(POLLOUT, (int)polled[1].revents);
        }

        [TestMethod]
        public void Poll_ForNormalData_IsAsForData()
        {
            using Fds fds = new Fds();
            fds.Pair(SOCK_STREAM, out int first, out int second);
            Assert.AreEqual(1, write(first, new byte[1], 1));
            Assert.AreEqual(POLLRDNORM, Fds.Await(second, POLLRDNORM));
            Assert.AreEqual(POLLIN | POLLRDNORM | POLLOUT | POLLWRNORM, Fds.Await(second, POLLIN | POLLRDNORM | POLLOUT | POLLWRNORM));
        }

        [TestMethod]
        public void Poll_OfNothing_IsASleep()
        {
            Stopwatch watch = new Stopwatch();
            Assert.AreEqual(0, poll(null, 0, 40));
            watch.AssertTook(40);
            Assert.AreEqual(0, poll(new pollfd[0], 0, 0));
        }

        [TestMethod]
        public void Poll_WhenTheTimeIsOver_ReturnsZeroAndClears()
        {
            using Fds fds = new Fds();
            pollfd[] polled = new pollfd[1];
            Put(polled, 0, fds.BoundUdp(out sockaddr_in _), POLLIN);
            polled[0].revents = POLLIN;
            Stopwatch watch = new Stopwatch();
            Assert.AreEqual(0, poll(polled, 1, 40));
            watch.AssertTook(40);
            Assert.AreEqual(0, (int)polled[0].revents);
        }

        [TestMethod]
        public void Poll_OfABadCount_Fails()
        {
            Check.Fails(EFAULT, poll(null, 1, 0));
            Check.Fails(EFAULT, poll(new pollfd[2], 3, 0));
            Check.Fails(EINVAL, poll(new pollfd[2], -1, 0));
            Check.Fails(EINVAL, poll(new pollfd[2], FD_SETSIZE + 1, 0));
        }

        [TestMethod]
        public void Poll_AfterPeerClose_SaysTheEnd()
        {
            using Fds fds = new Fds();
            fds.Pair(SOCK_STREAM, out int first, out int second);
            fds.Close(first);
            Assert.AreEqual(POLLIN | POLLHUP, Fds.Await(second, POLLIN) & (POLLIN | POLLHUP));
            Assert.AreEqual(POLLHUP, Fds.Await(second, 0) & POLLHUP);
        }

        [TestMethod]
        public void Poll_OfAListener_SaysWhenOneCame()
        {
            using Fds fds = new Fds();
            int listener = fds.Listener(out sockaddr_in address);
            pollfd[] polled = new pollfd[1];
            Put(polled, 0, listener, POLLIN);
            Assert.AreEqual(0, poll(polled, 1, 0));
            Assert.AreEqual(0, connect(fds.Tcp(), address, sockaddr_in.SizeOf));
            Assert.AreEqual(POLLIN, Fds.Await(listener, POLLIN));
        }

        private static void Put(pollfd[] fds, int index, int fd, short events)
        {
            fds[index].fd = fd;
            fds[index].events = events;
        }
    }
}
