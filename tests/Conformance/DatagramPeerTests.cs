#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    // A connected datagram socket: one peer, who may be taken away again.
    [TestClass]
    public class DatagramPeerTests
    {
        private static readonly byte[] s_ten = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 };

        [TestMethod]
        public void DatagramPeer_Connected_NeedsNoAddress()
        {
            using Sockets sockets = new Sockets();
            DatagramTests.Exchange(sockets, out Socket one, out Socket other);
            one.Connect(other.LocalEndPoint);
            Assert.IsTrue(one.IsConnected);
            Assert.AreEqual(other.LocalEndPoint.ToString(), one.RemoteEndPoint.ToString());
            Assert.AreEqual(10, one.Send(s_ten));
            Assert.AreEqual(10, other.Receive(new byte[20]));
        }

        [TestMethod]
        public void DatagramPeer_Unconnected_HasNone()
        {
            using Sockets sockets = new Sockets();
            Socket socket = sockets.BoundUdp();
            Assert.IsFalse(socket.IsConnected);
            Expect.Throws(Errno.ENOTCONN, () => socket.RemoteEndPoint.ToString());
        }

        [TestMethod]
        public void DatagramPeer_Connected_ReceivesFromNobodyElse()
        {
            using Sockets sockets = new Sockets();
            DatagramTests.Exchange(sockets, out Socket one, out Socket other);
            Socket stranger = sockets.BoundUdp();
            one.Connect(other.LocalEndPoint);
            stranger.SendTo(new byte[] { 1 }, one.LocalEndPoint);
            other.SendTo(new byte[] { 2 }, one.LocalEndPoint);
            byte[] buffer = new byte[4];
            Assert.AreEqual(1, one.Receive(buffer));
            Assert.AreEqual((byte)2, buffer[0]);
            Expect.Fails(Errno.EAGAIN, one.TryReceive(buffer, 0, 4, SocketFlags.DontWait));
        }

        [TestMethod]
        public void DatagramPeer_ConnectedAndAddressGiven_SendsThere()
        {
            using Sockets sockets = new Sockets();
            DatagramTests.Exchange(sockets, out Socket one, out Socket other);
            Socket third = sockets.BoundUdp();
            third.ReceiveTimeout = Sockets.PatienceMs;
            one.Connect(other.LocalEndPoint);
            Assert.AreEqual(10, one.SendTo(s_ten, third.LocalEndPoint));
            Assert.AreEqual(10, third.Receive(new byte[20]));
            Expect.Fails(Errno.EAGAIN, other.TryReceive(new byte[1], 0, 1, SocketFlags.DontWait));
        }

        [TestMethod]
        public void DatagramPeer_ConnectAgain_ChangesThePeer()
        {
            using Sockets sockets = new Sockets();
            DatagramTests.Exchange(sockets, out Socket one, out Socket other);
            Socket third = sockets.BoundUdp();
            one.Connect(other.LocalEndPoint);
            one.Connect(third.LocalEndPoint);
            Assert.AreEqual(third.LocalEndPoint.ToString(), one.RemoteEndPoint.ToString());
        }

        [TestMethod]
        public void DatagramPeer_ConnectToUnspecified_TakesThePeerAway()
        {
            using Sockets sockets = new Sockets();
            DatagramTests.Exchange(sockets, out Socket one, out Socket other);
            one.Connect(other.LocalEndPoint);
            SocketAddress nobody = new SocketAddress();
            if (!StackUnderTest.Capabilities.CanDissolve)
            {
                Expect.Fails(Errno.EOPNOTSUPP, one.TryConnect(nobody, 0));
                return;
            }

            Expect.Succeeds(one.TryConnect(nobody, 0));
            Assert.IsFalse(one.IsConnected);
            Expect.Fails(Errno.EDESTADDRREQ, one.TrySend(s_ten, 0, 10, SocketFlags.None));
            Expect.Fails(Errno.ENOTCONN, one.TryGetRemoteAddress(nobody));

            // It speaks with anybody again. (Linux takes a port away with the peer that it had chosen itself.)
            Socket stranger = sockets.BoundUdp();
            stranger.ReceiveTimeout = Sockets.PatienceMs;
            one.SendTo(s_ten, stranger.LocalEndPoint);
            EndPoint from = null;
            Assert.AreEqual(10, stranger.ReceiveFrom(new byte[20], ref from));
            stranger.SendTo(new byte[3], from);
            Assert.AreEqual(3, one.Receive(new byte[20]));
        }

        [TestMethod]
        public void DatagramPeer_Gone_NextCallFailsWithECONNREFUSED()
        {
            using Sockets sockets = new Sockets();
            DatagramTests.Exchange(sockets, out Socket one, out Socket other);
            one.Connect(other.LocalEndPoint);
            other.Close();

            // RFC 1122 4.1.3.3: the port's absence is told by ICMP, after the send.
            Assert.AreEqual(10, one.Send(s_ten));
            if (!StackUnderTest.Capabilities.HasPortUnreachable)
            {
                Expect.Events(PollEvents.Out, one.Wait(PollEvents.Out, 100));
                Expect.Fails(Errno.EAGAIN, one.TryReceive(new byte[1], 0, 1, SocketFlags.DontWait));
                Assert.AreEqual(10, one.Send(s_ten));
                return;
            }

            Expect.Has(PollEvents.Err, Sockets.Await(one, PollEvents.None));
            Expect.Fails(Errno.ECONNREFUSED, one.TryReceive(new byte[1], 0, 1, SocketFlags.None));
            Expect.Fails(Errno.EAGAIN, one.TryReceive(new byte[1], 0, 1, SocketFlags.DontWait));
            Assert.AreEqual(10, one.Send(s_ten));
            Sockets.Await(one, PollEvents.None);
            Assert.AreEqual((int)Errno.ECONNREFUSED, (int)one.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error));
            Assert.AreEqual(10, one.Send(s_ten));
            Sockets.Await(one, PollEvents.None);
            Expect.Fails(Errno.ECONNREFUSED, one.TrySend(s_ten, 0, 10, SocketFlags.None));
        }

        [TestMethod]
        public void DatagramPeer_ShutdownReceive_GivesZero()
        {
            using Sockets sockets = new Sockets();
            DatagramTests.Exchange(sockets, out Socket one, out Socket other);
            Expect.Fails(Errno.ENOTCONN, one.TryShutdown(SocketShutdown.Receive));
            one.Connect(other.LocalEndPoint);
            one.Shutdown(SocketShutdown.Receive);
            Assert.AreEqual(0, one.TryReceive(new byte[1], 0, 1, SocketFlags.None));
        }
    }
}
