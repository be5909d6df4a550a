#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using static IoTNet.Posix;

namespace IoTNet.Tests
{
    [TestClass]
    public class PosixErrnoTests
    {
        [TestMethod]
        public void Errno_AfterASuccess_IsAsBefore()
        {
            using Fds fds = new Fds();
            fds.Pair(SOCK_STREAM, out int first, out int second);
            int on = 1;
            int length = 4;
            errno = 12345;
            Assert.AreEqual(1, send(first, new byte[1], 1, 0));
            Assert.AreEqual(1, recv(second, new byte[1], 1, 0));
            Assert.AreEqual(0, getsockopt(first, SOL_SOCKET, SO_TYPE, ref on, ref length));
            Assert.AreEqual(0, setsockopt(first, SOL_SOCKET, SO_KEEPALIVE, 1, 4));
            Assert.AreEqual(0, ioctl(first, FIONREAD, ref on));
            Assert.AreEqual(0, fcntl(first, F_SETFL, O_NONBLOCK));
            Assert.AreEqual(0, poll(new pollfd[0], 0, 0));
            Assert.AreEqual(0, inet_pton(AF_INET, "no address", new byte[4]));
            Assert.AreEqual(0, shutdown(first, SHUT_RDWR));
            fds.Close(first);
            Assert.AreEqual(12345, errno);
        }

        [TestMethod]
        public void Errno_OfAThread_IsItsOwn()
        {
            errno = 77;
            int before = -1;
            int after = -1;
            using Fds fds = new Fds();
            Background other = fds.Start(() =>
            {
                before = errno;
                close(-1);
                after = errno;
            });
            other.Join();
            Assert.AreEqual(0, before);
            Assert.AreEqual(EBADF, after);
            Assert.AreEqual(77, errno);
        }

        [TestMethod]
        public void Errno_OfManyThreadsAtOnce_StaysApart()
        {
            const int Threads = 12;
            using Fds fds = new Fds();
            int[] wrong = new int[Threads];
            Background[] threads = new Background[Threads];
            for (int i = 0; i < Threads; i++)
            {
                int number = i;
                threads[i] = fds.Start(() =>
                {
                    for (int round = 0; round < 200; round++)
                    {
                        errno = (number * 1000) + round;
                        wrong[number] += errno == (number * 1000) + round ? 0 : 1;
                    }
                });
            }

            for (int i = 0; i < Threads; i++)
            {
                threads[i].Join();
                Assert.AreEqual(0, wrong[i]);
            }
        }

        [TestMethod]
        public void Strerror_OfEachError_HasAText()
        {
            int[] errors = new int[]
            {
                EPERM, ENOENT, EINTR, EIO, ENXIO, EBADF, EAGAIN, ENOMEM, EACCES, EFAULT, ENODEV, EINVAL, ENFILE, EMFILE, ENOTTY,
                ENOSPC, EPIPE, EDOM, ENAMETOOLONG, ENOTSOCK, EDESTADDRREQ, EMSGSIZE, EPROTOTYPE, ENOPROTOOPT, EPROTONOSUPPORT,
                ESOCKTNOSUPPORT, EOPNOTSUPP, EPFNOSUPPORT, EAFNOSUPPORT, EADDRINUSE, EADDRNOTAVAIL, ENETDOWN, ENETUNREACH,
                ENETRESET, ECONNABORTED, ECONNRESET, ENOBUFS, EISCONN, ENOTCONN, ESHUTDOWN, ETIMEDOUT, ECONNREFUSED, EHOSTDOWN,
                EHOSTUNREACH, EALREADY, EINPROGRESS, ECANCELED,
            };
            for (int i = 0; i < errors.Length; i++)
            {
                Assert.AreNotEqual("unknown error", strerror(errors[i]), errors[i].ToString());
            }

            Assert.AreEqual("unknown error", strerror(4711));
            Assert.AreEqual("unknown error", strerror(-1));
            Assert.AreEqual("the peer refused the connection", strerror(ECONNREFUSED));
        }
    }
}
