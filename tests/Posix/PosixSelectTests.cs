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
    public class PosixSelectTests
    {
        [TestMethod]
        public void Sets_OfDescriptors_HoldWhatWasPut()
        {
            fd_set set = new fd_set();
            for (int fd = 0; fd < FD_SETSIZE; fd += 31)
            {
                Assert.IsFalse(FD_ISSET(fd, set));
                FD_SET(fd, set);
                FD_SET(fd, set);
                Assert.IsTrue(FD_ISSET(fd, set));
                Assert.IsTrue(fd + 1 == FD_SETSIZE || !FD_ISSET(fd + 1, set));
            }

            FD_CLR(31, set);
            Assert.IsFalse(FD_ISSET(31, set));
            Assert.IsTrue(FD_ISSET(62, set));
            FD_ZERO(set);
            for (int fd = 0; fd < FD_SETSIZE; fd++)
            {
                Assert.IsFalse(FD_ISSET(fd, set));
            }
        }

        [TestMethod]
        public void Sets_BeyondTheirSize_Throw()
        {
            fd_set set = new fd_set();
            Expect.Throws(typeof(ArgumentOutOfRangeException), () => FD_SET(FD_SETSIZE, set));
            Expect.Throws(typeof(ArgumentOutOfRangeException), () => FD_CLR(-1, set));
            Expect.Throws(typeof(ArgumentOutOfRangeException), () => FD_ISSET(int.MaxValue, set));
        }

        [TestMethod]
        public void Select_OfReadyOnes_KeepsThemAndCountsBits()
        {
            using Fds fds = new Fds();
            fds.Pair(SOCK_STREAM, out int first, out int second);
            Assert.AreEqual(1, write(first, new byte[1], 1));
            fd_set read = Set(first, second);
            fd_set written = Set(first, second);
            fd_set except = Set(first, second);
            Assert.AreEqual(3, select(second + 1, read, written, except, null));
            Assert.IsFalse(FD_ISSET(first, read));
            Assert.IsTrue(FD_ISSET(second, read));
            Assert.IsTrue(FD_ISSET(first, written));
            Assert.IsTrue(FD_ISSET(second, written));
            Assert.IsFalse(FD_ISSET(first, except));
            Assert.IsFalse(FD_ISSET(second, except));
        }

        [TestMethod]
        public void Select_BelowTheDescriptor_DoesNotLookAtIt()
        {
            using Fds fds = new Fds();
            fds.Pair(SOCK_STREAM, out int first, out int second);
            fd_set write = Set(first, second);
            Assert.AreEqual(1, select(second, null, write, null, null));
            Assert.IsTrue(FD_ISSET(first, write));
            Assert.IsTrue(FD_ISSET(second, write), "bits from nfds on are not touched");
        }

        [TestMethod]
        public void Select_WhenTheTimeIsOver_EmptiesTheSets()
        {
            using Fds fds = new Fds();
            int fd = fds.BoundUdp(out sockaddr_in _);
            fd_set read = Set(fd, fd);
            timeval time = new timeval { tv_usec = 39001 };
            Stopwatch watch = new Stopwatch();
            Assert.AreEqual(0, select(fd + 1, read, null, null, time));
            watch.AssertTook(40);
            Assert.IsFalse(FD_ISSET(fd, read));
            Assert.AreEqual(0L, time.tv_sec);
            Assert.AreEqual(0L, time.tv_usec);
        }

        [TestMethod]
        public void Select_WithoutTime_OnlyLooks()
        {
            using Fds fds = new Fds();
            int fd = fds.BoundUdp(out sockaddr_in _);
            Assert.AreEqual(0, select(fd + 1, Set(fd, fd), null, null, new timeval()));
        }

        [TestMethod]
        public void Select_BeforeTheTimeIsOver_TellsWhatWasLeft()
        {
            using Fds fds = new Fds();
            int fd = fds.Udp();
            timeval time = new timeval { tv_sec = 100, tv_usec = 1500000 };
            Assert.AreEqual(1, select(fd + 1, null, Set(fd, fd), null, time));
            Assert.IsTrue(time.tv_sec > 50 && time.tv_sec <= 101);
            Assert.IsTrue(time.tv_usec >= 0 && time.tv_usec < 1000000);
        }

        [TestMethod]
        public void Select_OfNothing_IsASleep()
        {
            Stopwatch watch = new Stopwatch();
            Assert.AreEqual(0, select(0, null, null, null, new timeval { tv_usec = 40000 }));
            watch.AssertTook(40);
            Assert.AreEqual(0, select(FD_SETSIZE, new fd_set(), new fd_set(), new fd_set(), new timeval()));
        }

        [TestMethod]
        public void Select_OfAClosedOne_FailsWithEBADFAndLeavesTheSets()
        {
            using Fds fds = new Fds();
            int open = fds.Udp();
            int closed = fds.Udp();
            fds.Close(closed);
            fd_set read = Set(open, closed);
            fd_set write = Set(open, open);
            Check.Fails(EBADF, select(closed + 1, read, write, null, null));
            Assert.IsTrue(FD_ISSET(open, read));
            Assert.IsTrue(FD_ISSET(closed, read));
            Assert.IsTrue(FD_ISSET(open, write));
            Check.Fails(EBADF, select(closed + 1, null, null, Set(closed, closed), null));
            Check.Fails(EBADF, select(1, Set(0, 0), null, null, null));
        }

        [TestMethod]
        public void Select_OfBadNumbers_FailsWithEINVAL()
        {
            Check.Fails(EINVAL, select(-1, null, null, null, new timeval()));
            Check.Fails(EINVAL, select(0, null, null, null, new timeval { tv_sec = -1 }));
            Check.Fails(EINVAL, select(0, null, null, null, new timeval { tv_usec = -1 }));
        }

        [TestMethod]
        public void Select_BeyondFD_SETSIZE_LooksAtAllThereAre()
        {
            using Fds fds = new Fds();
            int fd = fds.Udp();
            Assert.AreEqual(1, select(int.MaxValue, null, Set(fd, fd), null, null));
        }

        [TestMethod]
        public void Select_AfterPeerClose_SaysReadable()
        {
            using Fds fds = new Fds();
            fds.Pair(SOCK_STREAM, out int first, out int second);
            fds.Close(first);
            Assert.AreEqual(1, select(second + 1, Set(second, second), null, null, null));
        }

        [TestMethod]
        public void Select_ClosedMeanwhile_FailsWithEBADF()
        {
            using Fds fds = new Fds();
            int fd = fds.BoundUdp(out sockaddr_in _);
            int result = 0;
            int seen = 0;
            Background waiter = fds.Start(() =>
            {
                result = select(fd + 1, Set(fd, fd), null, null, null);
                seen = errno;
            });
            waiter.LetBlock();
            fds.Close(fd);
            waiter.Join();
            Check.EndsByClose(result, seen);
        }

        private static fd_set Set(int first, int second)
        {
            fd_set set = new fd_set();
            FD_SET(first, set);
            FD_SET(second, set);
            return set;
        }
    }
}
