#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    // What leaks a little each time shows only after many times.
    [TestClass]
    public class LongTests
    {
        [TestMethod]
        public void Long_TenThousandOpensAndCloses_DoNotGrow()
        {
            using Sockets sockets = new Sockets();
            int open = StackUnderTest.OpenSockets(Sockets.Stacks);
            for (int i = 0; i < 10000; i++)
            {
                Socket socket = new Socket(Sockets.Stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Close();
            }

            Assert.AreEqual(open, StackUnderTest.OpenSockets(Sockets.Stacks));
        }

        [TestMethod]
        public void Long_TwoThousandConnections_DoNotGrow()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            EndPoint address = listener.LocalEndPoint;
            int open = StackUnderTest.OpenSockets(Sockets.Stacks);
            byte[] buffer = new byte[8];
            for (int i = 0; i < 2000; i++)
            {
                using Socket client = new Socket(Sockets.Stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

                // With a reset no connection stays in TIME_WAIT, and the ports last.
                client.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Linger, 0);
                client.Connect(address, Sockets.PatienceMs);
                using Socket server = listener.Accept();
                Assert.AreEqual(1, client.Send(buffer, 0, 1, SocketFlags.None));
                Assert.AreEqual(1, server.Receive(buffer));
            }

            Assert.AreEqual(open, StackUnderTest.OpenSockets(Sockets.Stacks));
        }

        [TestMethod]
        public void Long_RefusedAndTimedOutConnects_DoNotGrow()
        {
            using Sockets sockets = new Sockets();
            EndPoint nobody = sockets.RefusingAddress();
            EndPoint blackhole = sockets.FullListener(out int _).LocalEndPoint;
            int open = StackUnderTest.OpenSockets(Sockets.Stacks);
            for (int i = 0; i < 200; i++)
            {
                using Socket client = new Socket(Sockets.Stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                Expect.Fails(Errno.ECONNREFUSED, client.TryConnect(nobody, Sockets.PatienceMs));
                using Socket late = new Socket(Sockets.Stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                Expect.Fails(Errno.ETIMEDOUT, late.TryConnect(blackhole, 1));
                using Socket pending = new Socket(Sockets.Stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                Expect.Fails(Errno.EINPROGRESS, pending.TryConnect(blackhole, 0));
            }

            Assert.AreEqual(open, StackUnderTest.OpenSockets(Sockets.Stacks));
        }

        [TestMethod]
        public void Long_FailedOpens_DoNotGrow()
        {
            using Sockets sockets = new Sockets();
            int open = StackUnderTest.OpenSockets(Sockets.Stacks);
            for (int i = 0; i < 100; i++)
            {
                Expect.Throws(Errno.EAFNOSUPPORT,
                    () => new Socket(Sockets.Stacks, (AddressFamily)99, SocketType.Stream, ProtocolType.Unspecified));
            }

            Assert.AreEqual(open, StackUnderTest.OpenSockets(Sockets.Stacks));
        }

        [TestMethod]
        public void Long_ManySocketsAtOnce_AllWork()
        {
            const int count = 100;
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener(16);
            Socket[] clients = new Socket[count];
            Socket[] servers = new Socket[count];
            for (int i = 0; i < count; i++)
            {
                clients[i] = sockets.ConnectTo(listener);
                servers[i] = sockets.AcceptFrom(listener);
            }

            for (int i = 0; i < count; i++)
            {
                Sockets.Send(clients[i], new byte[] { (byte)i });
            }

            for (int i = count - 1; i >= 0; i--)
            {
                Sockets.Receive(servers[i], new byte[] { (byte)i });
            }
        }

        [TestMethod]
        public void Long_TenThousandPairs_DoNotGrow()
        {
            using Sockets sockets = new Sockets();
            int open = StackUnderTest.OpenSockets(Sockets.Stacks);
            for (int i = 0; i < 10000; i++)
            {
                Socket.Pair(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified, out Socket first, out Socket second);
                first.Close();
                second.Close();
            }

            Assert.AreEqual(open, StackUnderTest.OpenSockets(Sockets.Stacks));
        }
    }
}
