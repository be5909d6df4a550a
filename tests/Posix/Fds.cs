using System;
using System.Collections;
using System.Threading;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using static IoTNet.Posix;

namespace IoTNet.Tests
{
    /// <summary>
    /// The descriptors and threads of one test. Dispose closes and joins them all, then checks that the stack has as many open
    /// sockets as before. A test that hangs is ended by closing its descriptors under it.
    /// </summary>
    internal sealed class Fds : IDisposable
    {
        private const int HangMs = 15000;

        private readonly Sockets _sockets = new Sockets();
        private readonly ArrayList _open = new ArrayList();
        private readonly Timer _hangTimer;

        public Fds()
        {
            _hangTimer = new Timer(OnHang, null, HangMs, -1);
        }

        /// <summary>Sockets of the canonical API, in the same balance.</summary>
        public Sockets Canonical => _sockets;

        /// <summary>A descriptor that the test opened itself: it must be one.</summary>
        public int Add(int fd)
        {
            Check.Succeeds(fd);
            lock (_open)
            {
                _open.Add(fd);
            }

            return fd;
        }

        /// <summary>Closes a descriptor within the test.</summary>
        public void Close(int fd)
        {
            lock (_open)
            {
                _open.Remove(fd);
            }

            Assert.AreEqual(0, close(fd));
        }

        public Background Start(Body body)
        {
            return _sockets.Start(body);
        }

        public int Tcp()
        {
            return Add(socket(AF_INET, SOCK_STREAM, 0));
        }

        public int Udp()
        {
            return Add(socket(AF_INET, SOCK_DGRAM, 0));
        }

        public int Unix(int type)
        {
            return Add(socket(AF_UNIX, type, 0));
        }

        /// <summary>127.0.0.1, port 0.</summary>
        public static sockaddr_in AnyPort()
        {
            sockaddr_in address = new sockaddr_in { sin_family = AF_INET };
            address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            return address;
        }

        /// <summary>Binds to a port of the stack's choice and tells the address.</summary>
        public static sockaddr_in Bind(int fd)
        {
            sockaddr_in address = AnyPort();
            Assert.AreEqual(0, bind(fd, address, sockaddr_in.SizeOf), "bind");
            int length = sockaddr_in.SizeOf;
            Assert.AreEqual(0, getsockname(fd, address, ref length), "getsockname");
            return address;
        }

        public int BoundUdp(out sockaddr_in address)
        {
            int fd = Udp();
            address = Bind(fd);
            return fd;
        }

        public int Listener(out sockaddr_in address)
        {
            int fd = Tcp();
            address = Bind(fd);
            Assert.AreEqual(0, listen(fd, 8), "listen");
            return fd;
        }

        /// <summary>Both ends of a TCP connection.</summary>
        public void Connected(out int client, out int server)
        {
            int listener = Listener(out sockaddr_in address);
            client = Tcp();
            Assert.AreEqual(0, connect(client, address, sockaddr_in.SizeOf), "connect");
            server = Add(accept(listener));
            Close(listener);
        }

        public void Pair(int type, out int first, out int second)
        {
            int[] sv = new int[2];
            Assert.AreEqual(0, socketpair(AF_UNIX, type, 0, sv), "socketpair");
            first = Add(sv[0]);
            second = Add(sv[1]);
        }

        /// <summary>Waits until a descriptor can do something; a test's way to meet what happens behind.</summary>
        public static int Await(int fd, short events)
        {
            pollfd[] fds = new pollfd[1];
            fds[0].fd = fd;
            fds[0].events = events;
            Assert.AreEqual(1, poll(fds, 1, Sockets.PatienceMs), "nothing happened");
            return fds[0].revents;
        }

        public void Dispose()
        {
            _hangTimer.Dispose();
            CloseAll();
            _sockets.Dispose();
        }

        private void OnHang(object state)
        {
            CloseAll();
        }

        private void CloseAll()
        {
            lock (_open)
            {
                for (int i = 0; i < _open.Count; i++)
                {
                    close((int)_open[i]);
                }

                _open.Clear();
            }
        }
    }
}
