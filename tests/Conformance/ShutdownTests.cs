#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    [TestClass]
    public class ShutdownTests
    {
        [TestMethod]
        public void Shutdown_Send_PeerReadsTheRestThenTheEnd()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Sockets.Send(client, new byte[] { 1, 2 });
            if (!StackUnderTest.Capabilities.HasHalfClose)
            {
                Expect.Throws(Errno.EOPNOTSUPP, () => client.Shutdown(SocketShutdown.Send));
                Sockets.Receive(server, new byte[] { 1, 2 });
                return;
            }

            client.Shutdown(SocketShutdown.Send);
            Sockets.Receive(server, new byte[] { 1, 2 });
            Assert.AreEqual(0, server.Receive(new byte[1]));
            Assert.AreEqual(0, server.Receive(new byte[1]));
        }

        [TestMethod]
        public void Shutdown_Send_StillReceives()
        {
            using Sockets sockets = new Sockets();
            if (!HalfClosed(sockets, out Socket client, out Socket server))
            {
                return;
            }

            byte[] bytes = Pattern.Make(5000);
            Sockets.Send(server, bytes);
            Sockets.Receive(client, bytes);
            server.Close();
            Assert.AreEqual(0, client.Receive(new byte[1]));
        }

        [TestMethod]
        public void Shutdown_SendOnBothSides_EndsBothStreams()
        {
            using Sockets sockets = new Sockets();
            if (!HalfClosed(sockets, out Socket client, out Socket server))
            {
                return;
            }

            server.Shutdown(SocketShutdown.Send);
            Assert.AreEqual(0, client.Receive(new byte[1]));
            Assert.AreEqual(0, server.Receive(new byte[1]));
            Expect.Fails(Errno.EPIPE, server.TrySend(new byte[1], 0, 1, SocketFlags.None));
        }

        [TestMethod]
        public void Shutdown_Receive_GivesZeroFromThenOn()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            client.Shutdown(SocketShutdown.Receive);
            Assert.AreEqual(0, client.TryReceive(new byte[1], 0, 1, SocketFlags.None));
            Sockets.Send(client, new byte[] { 1 });
            Sockets.Receive(server, new byte[] { 1 });
        }

        [TestMethod]
        public void Shutdown_Receive_WakesABlockedReceive()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket _);
            Background receiver = sockets.Start(() =>
                Assert.AreEqual(0, client.TryReceive(new byte[1], 0, 1, SocketFlags.None)));
            receiver.LetBlock();
            client.Shutdown(SocketShutdown.Receive);
            receiver.Join();
        }

        [TestMethod]
        public void Shutdown_Both_EndsBothHalves()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            client.Shutdown(SocketShutdown.Both);
            Assert.AreEqual(0, client.TryReceive(new byte[1], 0, 1, SocketFlags.None));
            Expect.Fails(Errno.EPIPE, client.TrySend(new byte[1], 0, 1, SocketFlags.None));
            Assert.AreEqual(0, server.Receive(new byte[1]));
            Assert.IsTrue(client.IsConnected);
            Assert.IsFalse(client.IsClosed);
        }

        [TestMethod]
        public void Shutdown_Twice_Succeeds()
        {
            using Sockets sockets = new Sockets();
            if (!HalfClosed(sockets, out Socket client, out Socket _))
            {
                return;
            }

            client.Shutdown(SocketShutdown.Send);
            client.Shutdown(SocketShutdown.Both);
        }

        [TestMethod]
        public void Shutdown_BothSidesEnded_HangsUp()
        {
            using Sockets sockets = new Sockets();
            if (!HalfClosed(sockets, out Socket client, out Socket server))
            {
                return;
            }

            server.Shutdown(SocketShutdown.Send);
            Assert.AreEqual(0, client.Receive(new byte[1]));
            Expect.Has(PollEvents.Hup, Sockets.Await(client, PollEvents.None));

            // .NET keeps this error back.
            int result = client.TryShutdown(SocketShutdown.Both);
            Assert.IsTrue(result == -(int)Errno.ENOTCONN || result == 0, "shutdown gave " + result.ToString());
        }

        [TestMethod]
        public void Shutdown_NeverConnected_FailsWithENOTCONN()
        {
            using Sockets sockets = new Sockets();
            Expect.Throws(Errno.ENOTCONN, () => sockets.Tcp().Shutdown(SocketShutdown.Both));
            Expect.Fails(Errno.ENOTCONN, sockets.Tcp().TryShutdown(SocketShutdown.Receive));
            Expect.Fails(Errno.ENOTCONN, sockets.BoundUdp().TryShutdown(SocketShutdown.Send));
        }

        [TestMethod]
        public void Shutdown_UnknownHalf_FailsWithEINVAL()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket _);
            Expect.Fails(Errno.EINVAL, client.TryShutdown((SocketShutdown)3));
            Expect.Fails(Errno.EINVAL, client.TryShutdown((SocketShutdown)(-1)));
        }

        // A connection whose client has ended its sending half; false where the stack cannot, which is pinned here.
        private static bool HalfClosed(Sockets sockets, out Socket client, out Socket server)
        {
            sockets.Connected(out client, out server);
            int result = client.TryShutdown(SocketShutdown.Send);
            if (!StackUnderTest.Capabilities.HasHalfClose)
            {
                Expect.Fails(Errno.EOPNOTSUPP, result);
                return false;
            }

            Expect.Succeeds(result);
            return true;
        }
    }
}
