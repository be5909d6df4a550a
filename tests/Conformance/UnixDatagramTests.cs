#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    // AF_UNIX datagrams: reliable, and ordered.
    [TestClass]
    public class UnixDatagramTests
    {
        [TestMethod]
        public void UnixDatagram_Sent_ArrivesWithItsSender()
        {
            using Sockets sockets = new Sockets();
            Socket receiver = Bound(sockets, "receiver");
            Socket sender = Bound(sockets, "sender");
            sender.SendTo(new byte[] { 1, 2 }, receiver.LocalEndPoint);
            EndPoint from = null;
            Assert.AreEqual(2, receiver.ReceiveFrom(new byte[4], ref from));
            Assert.AreEqual("@sender", from.ToString());
            receiver.SendTo(new byte[] { 3 }, from);
            Assert.AreEqual(1, sender.Receive(new byte[4]));
        }

        [TestMethod]
        public void UnixDatagram_FromAnUnnamedSender_HasNoName()
        {
            using Sockets sockets = new Sockets();
            Socket receiver = Bound(sockets, "receiver");
            Socket sender = sockets.Open(AddressFamily.Unix, SocketType.Dgram);
            sender.SendTo(new byte[1], receiver.LocalEndPoint);
            SocketAddress from = UnixEndPoint.Abstract("old").Serialize();
            SocketFlags flags = SocketFlags.None;
            Assert.AreEqual(1, receiver.TryReceiveFrom(new byte[4], 0, 4, ref flags, from));
            EndPoint end = EndPoint.From(from);
            Assert.IsTrue(end == null || ((UnixEndPoint)end).IsUnnamed, from.ToString());
        }

        [TestMethod]
        public void UnixDatagram_QueueFull_WaitsAndLosesNothing()
        {
            using Sockets sockets = new Sockets();
            Socket receiver = Bound(sockets, "receiver");
            Socket sender = sockets.Open(AddressFamily.Unix, SocketType.Dgram);
            SocketAddress to = receiver.LocalEndPoint.Serialize();
            byte[] datagram = new byte[100];
            int sent = 0;
            int result;
            while ((result = sender.TrySendTo(datagram, 0, 100, SocketFlags.DontWait, to)) == 100)
            {
                sent++;
                datagram[0] = (byte)sent;
            }

            Expect.Fails(Errno.EAGAIN, result);
            sender.SendTimeout = 100;
            Expect.Fails(Errno.ETIMEDOUT, sender.TrySendTo(datagram, 0, 100, SocketFlags.None, to));
            sender.SendTimeout = 0;
            Background blocked = sockets.Start(() => Assert.AreEqual(100, sender.TrySendTo(datagram, 0, 100, SocketFlags.None, to)));
            blocked.LetBlock();
            Assert.IsFalse(blocked.HasEnded, "sent without room");
            byte[] buffer = new byte[200];
            for (int i = 0; i <= sent; i++)
            {
                Assert.AreEqual(100, receiver.Receive(buffer));
                Assert.AreEqual((byte)i, buffer[0]);
            }

            blocked.Join();
            Expect.Fails(Errno.EAGAIN, receiver.TryReceive(buffer, 0, 1, SocketFlags.DontWait));
        }

        [TestMethod]
        public void UnixDatagram_PeerGone_FailsWithECONNREFUSED()
        {
            using Sockets sockets = new Sockets();
            Socket receiver = Bound(sockets, "receiver");
            Socket sender = sockets.Open(AddressFamily.Unix, SocketType.Dgram);
            sender.Connect(receiver.LocalEndPoint);
            EndPoint address = receiver.LocalEndPoint;
            receiver.Close();
            Expect.Fails(Errno.ECONNREFUSED, sender.TrySend(new byte[1], 0, 1, SocketFlags.None));
            Expect.Fails(Errno.ENOTCONN, sender.TrySend(new byte[1], 0, 1, SocketFlags.None));
            Expect.Fails(Errno.ECONNREFUSED, sender.TrySendTo(new byte[1], 0, 1, SocketFlags.None, address.Serialize()));
        }

        [TestMethod]
        public void UnixDatagram_ToAConnectedOne_IsTakenFromItsPeerOnly()
        {
            using Sockets sockets = new Sockets();
            Socket one = Bound(sockets, "one");
            Socket other = Bound(sockets, "other");
            Socket stranger = Bound(sockets, "stranger");
            one.Connect(other.LocalEndPoint);

            // unix(7): EPERM. .NET has one code for that and EACCES.
            Expect.FailsEither(Errno.EPERM, Errno.EACCES, stranger.TrySendTo(new byte[1], 0, 1, SocketFlags.None, one.LocalEndPoint.Serialize()));
            Assert.AreEqual(1, other.SendTo(new byte[1], one.LocalEndPoint));
            Assert.AreEqual(1, one.Receive(new byte[2]));
        }

        [TestMethod]
        public void UnixDatagram_NoDestination_FailsWithENOTCONN()
        {
            using Sockets sockets = new Sockets();
            Socket socket = sockets.Open(AddressFamily.Unix, SocketType.Dgram);
            Expect.Fails(Errno.ENOTCONN, socket.TrySend(new byte[1], 0, 1, SocketFlags.None));
        }

        [TestMethod]
        public void UnixDatagram_LongerThanTheBuffer_FailsWithEMSGSIZE()
        {
            using Sockets sockets = new Sockets();
            Socket receiver = Bound(sockets, "receiver");
            Socket sender = sockets.Open(AddressFamily.Unix, SocketType.Dgram);
            Expect.Fails(Errno.EMSGSIZE, sender.TrySendTo(new byte[300000], 0, 300000, SocketFlags.None, receiver.LocalEndPoint.Serialize()));
        }

        private static Socket Bound(Sockets sockets, string name)
        {
            Socket socket = sockets.Open(AddressFamily.Unix, SocketType.Dgram);
            socket.Bind(UnixEndPoint.Abstract(name));
            socket.ReceiveTimeout = Sockets.PatienceMs;
            return socket;
        }
    }
}
