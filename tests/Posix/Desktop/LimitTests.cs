using System;
using System.Collections.Generic;
using System.Threading;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using static IoTNet.Posix;

namespace IoTNet.Tests
{
    /// <summary>What grows, and where it ends.</summary>
    [TestClass]
    public class LimitTests
    {
        [TestMethod]
        public void Socket_BeyondFD_SETSIZE_FailsWithEMFILEAndKeepsNothing()
        {
            LoopbackStack roomy = new LoopbackStack(new LoopbackLimits { MaxSockets = 4096 });
            NetworkStack stacks = new NetworkStack(roomy, roomy);
            NetworkStack.UseSource(() => stacks);
            List<int> open = new List<int>();
            try
            {
                for (int fd = 3; fd < FD_SETSIZE - 4; fd++)
                {
                    Assert.AreEqual(fd, socket(AF_UNIX, SOCK_STREAM, 0));
                    open.Add(fd);
                }

                // A listener with one connection waiting, one socket more; one number is left.
                int listener = socket(AF_INET, SOCK_STREAM, 0);
                int client = socket(AF_INET, SOCK_STREAM, 0);
                int third = socket(AF_INET, SOCK_STREAM, 0);
                open.AddRange(new[] { listener, client, third });
                sockaddr_in address = Fds.Bind(listener);
                Assert.AreEqual(0, listen(listener, 1));
                Assert.AreEqual(0, connect(client, address, sockaddr_in.SizeOf));

                int used = roomy.OpenSockets;
                int[] sv = { -1, -1 };
                Check.Fails(EMFILE, socketpair(AF_UNIX, SOCK_STREAM, 0, sv));
                Assert.AreEqual(used, roomy.OpenSockets);

                int last = socket(AF_UNIX, SOCK_STREAM, 0);
                open.Add(last);
                Assert.AreEqual(FD_SETSIZE - 1, last);
                used = roomy.OpenSockets;
                Check.Fails(EMFILE, socket(AF_INET, SOCK_DGRAM, 0));
                Check.Fails(EMFILE, socketpair(AF_UNIX, SOCK_STREAM, 0, sv));
                Check.Fails(EMFILE, accept(listener));
                Assert.AreEqual(used, roomy.OpenSockets);

                // The connection has waited for a number.
                Assert.AreEqual(0, close(third));
                Assert.AreEqual(third, accept(listener));
                pollfd[] all = new pollfd[FD_SETSIZE];
                for (int i = 0; i < all.Length; i++)
                {
                    all[i].fd = i;
                    all[i].events = POLLIN;
                }

                // 0, 1 and 2 are not open; an unconnected stream hangs up.
                Assert.AreEqual(FD_SETSIZE - 3, poll(all, all.Length, 0));
            }
            finally
            {
                NetworkStack.UseSource(null);
                open.ForEach(fd => close(fd));
            }

            Assert.AreEqual(0, roomy.OpenSockets);
        }

        [TestMethod]
        public void Errno_OfThreadsThatEnded_LeavesNoEntries()
        {
            for (int i = 0; i < 500; i++)
            {
                int inherited = -1;
                Thread thread = new Thread(() =>
                {
                    inherited = errno;
                    close(-1);
                });
                thread.Start();
                thread.Join();
                Assert.AreEqual(0, inherited);
            }

            Assert.IsLessThan(64, ThreadErrno.Capacity);
        }

        [TestMethod]
        public void Errno_OfManyLivingThreads_StaysApart()
        {
            const int Count = 300;
            using ManualResetEvent go = new ManualResetEvent(false);
            using CountdownEvent failed = new CountdownEvent(Count);
            int wrong = 0;
            Thread[] threads = new Thread[Count];
            for (int i = 0; i < Count; i++)
            {
                int error = i + 1;
                threads[i] = new Thread(() =>
                {
                    errno = error;
                    failed.Signal();
                    go.WaitOne();
                    if (errno != error)
                    {
                        Interlocked.Increment(ref wrong);
                    }
                });
                threads[i].Start();
            }

            Assert.IsTrue(failed.Wait(30000));
            go.Set();
            foreach (Thread thread in threads)
            {
                Assert.IsTrue(thread.Join(30000));
            }

            Assert.AreEqual(0, wrong);
            Assert.IsLessThanOrEqualTo(4 * Count, ThreadErrno.Capacity);
        }

        [TestMethod]
        public void Transfers_OfSmallPieces_AllocateNothing()
        {
            using Fds fds = new Fds();
            fds.Pair(SOCK_STREAM, out int first, out int second);
            int sender = fds.Udp();
            int receiver = fds.BoundUdp(out sockaddr_in address);
            sockaddr_storage from = new sockaddr_storage();
            byte[] bytes = new byte[64];
            msghdr message = new msghdr { msg_name = from, msg_iov = new iovec[1], msg_iovlen = 1 };
            message.msg_iov[0].iov_base = bytes;
            message.msg_iov[0].iov_len = bytes.Length;
            pollfd[] polled = { new pollfd { fd = receiver, events = POLLIN } };
            fd_set read = new fd_set();
            timeval none = new timeval();
            for (int i = 0; i < 2000; i++)
            {
                Round();
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
            {
                Round();
            }

            Assert.AreEqual(0L, GC.GetAllocatedBytesForCurrentThread() - before);

            void Round()
            {
                int length = sockaddr_storage.SizeOf;
                send(first, bytes, 64, 0);
                recv(second, bytes, 64, 0);
                recv(second, bytes, 64, MSG_DONTWAIT);
                sendto(sender, bytes, 64, 0, address, sockaddr_in.SizeOf);
                poll(polled, 1, -1);
                FD_SET(receiver, read);
                select(receiver + 1, read, null, null, none);
                recvfrom(receiver, bytes, 64, 0, from, ref length);
                sendto(sender, bytes, 64, 0, address, sockaddr_in.SizeOf);
                message.msg_namelen = sockaddr_storage.SizeOf;
                recvmsg(receiver, message, 0);
            }
        }
    }
}
