#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    [TestClass]
    public class DatagramTests
    {
        private const int TimeoutMs = 200;
        private static readonly byte[] s_ten = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 };

        [TestMethod]
        public void Datagram_Sent_ArrivesWithItsSender()
        {
            using Sockets sockets = new Sockets();
            Exchange(sockets, out Socket sender, out Socket receiver);
            Assert.AreEqual(10, sender.SendTo(s_ten, receiver.LocalEndPoint));
            byte[] buffer = new byte[20];
            EndPoint from = new IPEndPoint(IPAddress.Any, 0);
            Expect.Bytes(s_ten, buffer, receiver.ReceiveFrom(buffer, ref from));
            Assert.AreEqual(sender.LocalEndPoint.ToString(), from.ToString());
            Assert.AreEqual(2, receiver.SendTo(s_ten, 2, SocketFlags.None, from));
            Assert.AreEqual(2, sender.Receive(buffer));
        }

        [TestMethod]
        public void Datagram_Several_KeepTheirOrderAndBounds()
        {
            // As many as a board's queue holds.
            const int Several = 4;
            using Sockets sockets = new Sockets();
            Exchange(sockets, out Socket sender, out Socket receiver);
            for (int i = 0; i < Several; i++)
            {
                Assert.AreEqual(i, sender.SendTo(s_ten, i, i, SocketFlags.None, receiver.LocalEndPoint));
            }

            byte[] buffer = new byte[20];
            for (int i = 0; i < Several; i++)
            {
                Assert.AreEqual(i, receiver.Receive(buffer));
                for (int j = 0; j < i; j++)
                {
                    Assert.AreEqual(s_ten[i + j], buffer[j]);
                }
            }
        }

        [TestMethod]
        public void Datagram_SendUnbound_BindsTheSocket()
        {
            using Sockets sockets = new Sockets();
            Socket receiver = sockets.BoundUdp();
            Socket sender = sockets.Udp();
            Assert.IsFalse(sender.IsBound);
            sender.SendTo(s_ten, receiver.LocalEndPoint);
            Assert.IsTrue(sender.IsBound);
            Assert.IsTrue(((IPEndPoint)sender.LocalEndPoint).Port > 0);
        }

        [TestMethod]
        public void Datagram_ShortBuffer_IsCutWithFlagAndTheRestIsGone()
        {
            using Sockets sockets = new Sockets();
            Exchange(sockets, out Socket sender, out Socket receiver);
            sender.SendTo(s_ten, receiver.LocalEndPoint);
            sender.SendTo(new byte[] { 77 }, receiver.LocalEndPoint);
            byte[] buffer = new byte[4];
            SocketFlags flags = SocketFlags.None;
            Assert.AreEqual(4, receiver.TryReceiveFrom(buffer, 0, 4, ref flags, null));
            Assert.AreEqual((int)SocketFlags.Truncated, (int)(flags & SocketFlags.Truncated));
            Expect.Bytes(new byte[] { 0, 1, 2, 3 }, buffer, 4);
            flags = SocketFlags.None;
            Assert.AreEqual(1, receiver.TryReceiveFrom(buffer, 0, 4, ref flags, null));
            Assert.AreEqual(0, (int)(flags & SocketFlags.Truncated));
            Assert.AreEqual((byte)77, buffer[0]);
        }

        [TestMethod]
        public void Datagram_ShortBufferAnyReceive_GivesTheShortLength()
        {
            using Sockets sockets = new Sockets();
            Exchange(sockets, out Socket sender, out Socket receiver);
            sender.SendTo(s_ten, receiver.LocalEndPoint);
            Assert.AreEqual(4, receiver.Receive(new byte[4]));
            sender.SendTo(s_ten, receiver.LocalEndPoint);
            EndPoint from = null;
            Assert.AreEqual(4, receiver.ReceiveFrom(new byte[4], ref from));
            Assert.AreEqual(sender.LocalEndPoint.ToString(), from.ToString());
        }

        [TestMethod]
        public void Datagram_TruncatedAsked_GivesTheRealLength()
        {
            using Sockets sockets = new Sockets();
            Exchange(sockets, out Socket sender, out Socket receiver);
            sender.SendTo(s_ten, receiver.LocalEndPoint);
            byte[] buffer = new byte[4];
            if (!StackUnderTest.Capabilities.HasRealLength)
            {
                Expect.Fails(Errno.EOPNOTSUPP, receiver.TryReceive(buffer, 0, 4, SocketFlags.Truncated));
                Assert.AreEqual(4, receiver.Receive(buffer));
                return;
            }

            SocketFlags flags = SocketFlags.Truncated | SocketFlags.Peek;
            Assert.AreEqual(10, receiver.TryReceiveFrom(buffer, 0, 4, ref flags, null));
            Assert.AreEqual((int)SocketFlags.Truncated, (int)(flags & SocketFlags.Truncated));
            Assert.AreEqual(10, receiver.TryReceive(buffer, 0, 4, SocketFlags.Truncated));
            Expect.Bytes(new byte[] { 0, 1, 2, 3 }, buffer, 4);
            Expect.Fails(Errno.EAGAIN, receiver.TryReceive(buffer, 0, 4, SocketFlags.DontWait));
        }

        [TestMethod]
        public void Datagram_Empty_IsReceivedAsZeroBytes()
        {
            using Sockets sockets = new Sockets();
            Exchange(sockets, out Socket sender, out Socket receiver);
            Assert.AreEqual(0, sender.SendTo(new byte[0], receiver.LocalEndPoint));
            sender.SendTo(new byte[] { 5 }, receiver.LocalEndPoint);
            Expect.Has(PollEvents.In, Sockets.Await(receiver, PollEvents.In));
            EndPoint from = null;
            Assert.AreEqual(0, receiver.ReceiveFrom(new byte[4], ref from));
            Assert.AreEqual(sender.LocalEndPoint.ToString(), from.ToString());
            Assert.AreEqual(1, receiver.Receive(new byte[4]));
        }

        [TestMethod]
        public void Datagram_Peek_LeavesIt()
        {
            using Sockets sockets = new Sockets();
            Exchange(sockets, out Socket sender, out Socket receiver);
            sender.SendTo(s_ten, receiver.LocalEndPoint);
            byte[] buffer = new byte[20];
            SocketAddress from = new SocketAddress();
            SocketFlags flags = SocketFlags.Peek;
            Assert.AreEqual(3, receiver.TryReceiveFrom(buffer, 0, 3, ref flags, from));
            Assert.AreEqual(sender.LocalEndPoint.ToString(), from.ToString());
            Assert.AreEqual(10, receiver.Receive(buffer, SocketFlags.Peek));
            Expect.Bytes(s_ten, buffer, receiver.Receive(buffer));
            Expect.Fails(Errno.EAGAIN, receiver.TryReceive(buffer, 0, 1, SocketFlags.Peek | SocketFlags.DontWait));
        }

        [TestMethod]
        public void Datagram_Available_TellsTheNextOnesLength()
        {
            using Sockets sockets = new Sockets();
            Exchange(sockets, out Socket sender, out Socket receiver);
            Assert.AreEqual(0, receiver.Available);
            sender.SendTo(s_ten, receiver.LocalEndPoint);
            sender.SendTo(new byte[3], receiver.LocalEndPoint);
            Sockets.Await(receiver, PollEvents.In);
            Assert.AreEqual(10, receiver.Available);
            receiver.Receive(new byte[1]);
            Assert.AreEqual(3, receiver.Available);
        }

        [TestMethod]
        public void Datagram_Largest_Passes()
        {
            // RFC 768 and 791: 65,535 bytes of IP packet less 20 of IP and 8 of UDP header.
            const int largest = 65507;
            using Sockets sockets = new Sockets();
            Exchange(sockets, out Socket sender, out Socket receiver);
            Assert.AreEqual(largest, sender.SendTo(Pattern.Make(largest), receiver.LocalEndPoint));
            byte[] buffer = new byte[largest + 1];
            Assert.AreEqual(largest, receiver.Receive(buffer));
            Pattern.Check(buffer, 0, largest, 0);
        }

        [TestMethod]
        public void Datagram_TooLong_FailsWithEMSGSIZE()
        {
            using Sockets sockets = new Sockets();
            Exchange(sockets, out Socket sender, out Socket receiver);
            Expect.Throws(Errno.EMSGSIZE, () => sender.SendTo(new byte[65508], receiver.LocalEndPoint));
            sender.Connect(receiver.LocalEndPoint);
            Expect.Fails(Errno.EMSGSIZE, sender.TrySend(new byte[65508], 0, 65508, SocketFlags.None));
            Expect.Fails(Errno.EAGAIN, receiver.TryReceive(new byte[1], 0, 1, SocketFlags.DontWait));
        }

        [TestMethod]
        public void Datagram_NoDestination_FailsWithEDESTADDRREQ()
        {
            using Sockets sockets = new Sockets();
            Expect.Throws(Errno.EDESTADDRREQ, () => sockets.Udp().Send(s_ten));
            Expect.Fails(Errno.EDESTADDRREQ, sockets.BoundUdp().TrySend(s_ten, 0, 10, SocketFlags.None));
        }

        [TestMethod]
        public void Datagram_PortZero_FailsWithEINVAL()
        {
            using Sockets sockets = new Sockets();
            Expect.Fails(Errno.EINVAL, sockets.Udp().TrySendTo(s_ten, 0, 10, SocketFlags.None, Sockets.AnyPort().Serialize()));
        }

        [TestMethod]
        public void Datagram_OtherFamily_FailsWithEAFNOSUPPORT()
        {
            using Sockets sockets = new Sockets();
            SocketAddress to = new IPEndPoint(IPAddress.IPv6Loopback, 9).Serialize();
            Expect.Fails(Errno.EAFNOSUPPORT, sockets.Udp().TrySendTo(s_ten, 0, 10, SocketFlags.None, to));
        }

        [TestMethod]
        public void Datagram_Broadcast_NeedsTheOption()
        {
            using Sockets sockets = new Sockets();
            Socket receiver = sockets.Udp();
            receiver.Bind(new IPEndPoint(IPAddress.Any, 0));
            receiver.ReceiveTimeout = Sockets.PatienceMs;

            // RFC 919: the broadcast address of the loopback network, so that nothing leaves the host.
            EndPoint all = new IPEndPoint(IPAddress.Parse("127.255.255.255"), ((IPEndPoint)receiver.LocalEndPoint).Port);
            Socket sender = sockets.Udp();
            Expect.Throws(Errno.EACCES, () => sender.SendTo(s_ten, all));
            sender.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Broadcast, true);
            Assert.AreEqual(10, sender.SendTo(s_ten, all));
            Assert.AreEqual(10, receiver.Receive(new byte[20]));
        }

        [TestMethod]
        public void Datagram_NothingThere_FailsWithEAGAIN()
        {
            using Sockets sockets = new Sockets();
            Socket receiver = sockets.BoundUdp();
            Expect.Fails(Errno.EAGAIN, receiver.TryReceive(new byte[1], 0, 1, SocketFlags.DontWait));
            receiver.Blocking = false;
            Expect.Fails(Errno.EAGAIN, receiver.TryReceive(new byte[1], 0, 1, SocketFlags.None));
            Expect.Fails(Errno.EAGAIN, sockets.Udp().TryReceive(new byte[1], 0, 1, SocketFlags.DontWait));
        }

        [TestMethod]
        public void Datagram_Timeout_FailsWithETIMEDOUTAndStaysUsable()
        {
            using Sockets sockets = new Sockets();
            Exchange(sockets, out Socket sender, out Socket receiver);
            receiver.ReceiveTimeout = TimeoutMs;
            Stopwatch stopwatch = new Stopwatch();
            Expect.Fails(Errno.ETIMEDOUT, receiver.TryReceive(new byte[1], 0, 1, SocketFlags.None));
            stopwatch.AssertTook(TimeoutMs);
            Expect.Throws(Errno.ETIMEDOUT, () => receiver.Receive(new byte[1]));
            sender.SendTo(s_ten, receiver.LocalEndPoint);
            Assert.AreEqual(10, receiver.Receive(new byte[20]));
        }

        [TestMethod]
        public void Datagram_ToNobody_IsSentAndLost()
        {
            using Sockets sockets = new Sockets();
            Socket gone = sockets.BoundUdp();
            EndPoint address = gone.LocalEndPoint;
            gone.Close();
            Socket sender = sockets.BoundUdp();
            Assert.AreEqual(10, sender.SendTo(s_ten, address));
            Assert.AreEqual(10, sender.SendTo(s_ten, address));
            Expect.Fails(Errno.EAGAIN, sender.TryReceive(new byte[1], 0, 1, SocketFlags.DontWait));
        }

        internal static void Exchange(Sockets sockets, out Socket sender, out Socket receiver)
        {
            sender = sockets.BoundUdp();
            receiver = sockets.BoundUdp();
            sender.ReceiveTimeout = Sockets.PatienceMs;
            receiver.ReceiveTimeout = Sockets.PatienceMs;
        }
    }
}
