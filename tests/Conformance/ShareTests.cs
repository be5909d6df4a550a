using System;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    [TestClass]
    public class ShareTests
    {
        [TestMethod]
        public void Share_ClosingOne_LeavesTheOtherWorking()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            int open = StackUnderTest.OpenSockets(Sockets.Stacks);
            using Socket other = client.Share();
            Assert.AreEqual(open, StackUnderTest.OpenSockets(Sockets.Stacks));
            Assert.AreEqual(client.Handle, other.Handle);
            client.Close();
            Assert.IsTrue(client.IsClosed);
            Assert.IsFalse(other.IsClosed);
            Assert.IsTrue(other.Connected);
            Expect.Fails(Errno.EBADF, client.TrySend(new byte[1], 0, 1, SocketFlags.None));
            Sockets.Send(other, Pattern.Make(100));
            Sockets.Receive(server, Pattern.Make(100));
            Assert.AreEqual(open, StackUnderTest.OpenSockets(Sockets.Stacks));
            other.Close();
            Assert.AreEqual(open - 1, StackUnderTest.OpenSockets(Sockets.Stacks));
            Assert.AreEqual(0, server.Receive(new byte[1]));
        }

        [TestMethod]
        public void Share_OfAShare_CountsAll()
        {
            using Sockets sockets = new Sockets();
            int open = StackUnderTest.OpenSockets(Sockets.Stacks);
            Socket first = sockets.Tcp();
            first.Bind(Sockets.AnyPort());
            Socket second = first.Share();
            Socket third = second.Share();
            second.Close();
            second.Close();
            first.Close();
            Assert.AreEqual(open + 1, StackUnderTest.OpenSockets(Sockets.Stacks));
            Assert.IsTrue(third.IsBound);
            third.Close();
            Assert.AreEqual(open, StackUnderTest.OpenSockets(Sockets.Stacks));
        }

        [TestMethod]
        public void Share_ClosedByManyThreads_ClosesOnce()
        {
            using Sockets sockets = new Sockets();
            int open = StackUnderTest.OpenSockets(Sockets.Stacks);
            for (int i = 0; i < 50; i++)
            {
                Socket socket = sockets.Tcp();
                socket.Bind(Sockets.AnyPort());
                Socket other = socket.Share();
                Background background = Background.Start(other.Close);
                socket.Close();
                background.Join();
                Assert.AreEqual(open, StackUnderTest.OpenSockets(Sockets.Stacks));
            }
        }

        [TestMethod]
        public void Share_OfASocketWithoutAnAddress_GivesENOTCONN()
        {
            using Sockets sockets = new Sockets();
            Expect.Throws(Errno.ENOTCONN, () => sockets.Tcp().Share());
        }

        [TestMethod]
        public void Share_OfAClosedSocket_Throws()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out _);
            client.Close();
            bool isDisposed = false;
            try
            {
                client.Share();
            }
            catch (ObjectDisposedException)
            {
                isDisposed = true;
            }

            Assert.IsTrue(isDisposed);
        }
    }
}
