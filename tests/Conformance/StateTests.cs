#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    // IsConnected, IsClosed and IsBound, as java.net.Socket has them: what was, not what is.
    [TestClass]
    public class StateTests
    {
        [TestMethod]
        public void State_NewSocket_IsNothing()
        {
            using Sockets sockets = new Sockets();
            Has(sockets.Tcp(), false, false, false);
            Has(sockets.Udp(), false, false, false);
        }

        [TestMethod]
        public void State_Bound_StaysSoAfterClose()
        {
            using Sockets sockets = new Sockets();
            Socket socket = sockets.BoundUdp();
            Has(socket, true, false, false);
            socket.Close();
            Has(socket, true, false, true);
        }

        [TestMethod]
        public void State_Connected_StaysSoAfterClose()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Has(client, true, true, false);
            Has(server, true, true, false);
            client.Close();
            Has(client, true, true, true);
            Assert.IsFalse(client.Connected);
        }

        [TestMethod]
        public void State_PeerClosed_StaysConnected()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            server.Close();
            Assert.AreEqual(0, client.Receive(new byte[1]));
            Has(client, true, true, false);
            Assert.IsTrue(client.Connected);
        }

        [TestMethod]
        public void State_ConnectFailed_IsNeitherConnectedNorClosed()
        {
            using Sockets sockets = new Sockets();
            Socket client = sockets.Tcp();
            Expect.Fails(Errno.ECONNREFUSED, client.TryConnect(sockets.RefusingAddress(), -1));
            Assert.IsFalse(client.IsConnected);
            Assert.IsFalse(client.IsClosed);
        }

        [TestMethod]
        public void State_ConnectUnderWay_IsNotConnectedYet()
        {
            using Sockets sockets = new Sockets();
            Socket client = sockets.Tcp();
            Expect.Fails(Errno.EINPROGRESS, client.TryConnect(sockets.FullListener(out int _).LocalEndPoint, 0));
            Assert.IsFalse(client.IsConnected);
            Assert.IsFalse(client.Connected);
        }

        [TestMethod]
        public void State_ConnectEndedBehind_IsConnected()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            Socket client = sockets.Tcp();
            Background acceptor = sockets.AcceptBehind(listener);
            Expect.Fails(Errno.EINPROGRESS, client.TryConnect(listener.LocalEndPoint, 0));
            Sockets.Await(client, PollEvents.Out);
            Has(client, true, true, false);
            acceptor.Join();
            client.Close();
            Has(client, true, true, true);
        }

        [TestMethod]
        public void State_Listening_IsBoundNotConnected()
        {
            using Sockets sockets = new Sockets();
            Has(sockets.Listener(), true, false, false);
        }

        [TestMethod]
        public void State_OpenedAs_IsTold()
        {
            using Sockets sockets = new Sockets();
            Socket socket = sockets.Udp();
            Assert.IsTrue(socket.AddressFamily == AddressFamily.InterNetwork);
            Assert.IsTrue(socket.SocketType == SocketType.Dgram);
            Assert.IsTrue(socket.ProtocolType == ProtocolType.Udp);
            Assert.IsTrue(socket.Handle > 0);
            Assert.IsTrue(socket.Blocking);
        }

        private static void Has(Socket socket, bool bound, bool connected, bool closed)
        {
            Assert.IsTrue(socket.IsBound == bound, "IsBound is " + socket.IsBound.ToString());
            Assert.IsTrue(socket.IsConnected == connected, "IsConnected is " + socket.IsConnected.ToString());
            Assert.IsTrue(socket.IsClosed == closed, "IsClosed is " + socket.IsClosed.ToString());
        }
    }
}
