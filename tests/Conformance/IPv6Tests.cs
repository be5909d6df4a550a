#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    [TestClass]
    public class IPv6Tests
    {
        [TestMethod]
        public void IPv6_Stream_ConnectsAndCarries()
        {
            Expect.Needs(StackUnderTest.Capabilities.HasIPv6, "IPv6");
            using Sockets sockets = new Sockets();
            Socket listener = Bound(sockets, SocketType.Stream, IPAddress.IPv6Loopback);
            listener.Listen(1);
            Socket client = sockets.ConnectTo(listener);
            Socket server = sockets.AcceptFrom(listener);
            Assert.AreEqual("[::1]:" + PortOf(listener).ToString(), client.RemoteEndPoint.ToString());
            Assert.AreEqual(client.LocalEndPoint.ToString(), server.RemoteEndPoint.ToString());
            Sockets.Send(client, new byte[] { 1 });
            Sockets.Receive(server, new byte[] { 1 });
        }

        [TestMethod]
        public void IPv6_Datagram_ArrivesWithItsSender()
        {
            Expect.Needs(StackUnderTest.Capabilities.HasIPv6, "IPv6");
            using Sockets sockets = new Sockets();
            Socket sender = Bound(sockets, SocketType.Dgram, IPAddress.IPv6Loopback);
            Socket receiver = Bound(sockets, SocketType.Dgram, IPAddress.IPv6Loopback);
            sender.SendTo(new byte[] { 1, 2 }, receiver.LocalEndPoint);
            EndPoint from = null;
            Assert.AreEqual(2, receiver.ReceiveFrom(new byte[4], ref from));
            Assert.AreEqual(sender.LocalEndPoint.ToString(), from.ToString());
        }

        [TestMethod]
        public void IPv6_BeforeBind_LocalAddressIsUnspecified()
        {
            Expect.Needs(StackUnderTest.Capabilities.HasIPv6, "IPv6");
            using Sockets sockets = new Sockets();
            Assert.AreEqual("[::]:0", sockets.Open(AddressFamily.InterNetworkV6, SocketType.Stream).LocalEndPoint.ToString());
        }

        [TestMethod]
        public void IPv6_Refused_FailsWithECONNREFUSED()
        {
            Expect.Needs(StackUnderTest.Capabilities.HasIPv6, "IPv6");
            using Sockets sockets = new Sockets();
            Socket nobody = Bound(sockets, SocketType.Stream, IPAddress.IPv6Loopback);
            Socket client = sockets.Open(AddressFamily.InterNetworkV6, SocketType.Stream);
            Expect.Fails(Errno.ECONNREFUSED, client.TryConnect(nobody.LocalEndPoint, Sockets.PatienceMs));
        }

        [TestMethod]
        public void IPv6_AddressOfIPv4_FailsWithEAFNOSUPPORT()
        {
            Expect.Needs(StackUnderTest.Capabilities.HasIPv6, "IPv6");
            using Sockets sockets = new Sockets();
            Socket socket = sockets.Open(AddressFamily.InterNetworkV6, SocketType.Dgram);
            Expect.Fails(Errno.EAFNOSUPPORT, socket.TryBind(Sockets.AnyPort().Serialize()));
        }

        [TestMethod]
        public void IPv6_Only_IsTheDefault()
        {
            Expect.Needs(StackUnderTest.Capabilities.HasIPv6, "IPv6");
            using Sockets sockets = new Sockets();
            Socket socket = sockets.Open(AddressFamily.InterNetworkV6, SocketType.Stream);
            Assert.AreEqual(1, (int)socket.GetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.IPv6Only));
            socket.Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
            socket.Listen(1);
            int port = PortOf(socket);
            Expect.Fails(Errno.ECONNREFUSED, sockets.Tcp().TryConnect(new IPEndPoint(IPAddress.Loopback, port), Sockets.PatienceMs));

            // And so IPv4 may have the same port, unless a connection of somebody else's on this machine has it.
            int result = sockets.Tcp().TryBind(new IPEndPoint(IPAddress.Any, port).Serialize());
            for (int tries = 0; tries < 5 && result == -(int)Errno.EADDRINUSE; tries++)
            {
                Socket other = sockets.Open(AddressFamily.InterNetworkV6, SocketType.Stream);
                other.Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
                result = sockets.Tcp().TryBind(new IPEndPoint(IPAddress.Any, PortOf(other)).Serialize());
            }

            Assert.AreEqual(0, result);
        }

        [TestMethod]
        public void IPv6_DualStream_SeesIPv4AsMapped()
        {
            Expect.Needs(StackUnderTest.Capabilities.HasIPv6, "IPv6");
            using Sockets sockets = new Sockets();
            Socket listener = Dual(sockets, SocketType.Stream);
            listener.Listen(2);
            Socket client = sockets.Tcp();
            client.Connect(new IPEndPoint(IPAddress.Loopback, PortOf(listener)));
            Socket server = sockets.AcceptFrom(listener);
            Assert.AreEqual("[::ffff:127.0.0.1]:" + PortOf(client).ToString(), server.RemoteEndPoint.ToString());
            Sockets.Send(server, new byte[] { 1 });
            Sockets.Receive(client, new byte[] { 1 });
            Socket v6 = sockets.Open(AddressFamily.InterNetworkV6, SocketType.Stream);
            v6.Connect(new IPEndPoint(IPAddress.IPv6Loopback, PortOf(listener)));
            Assert.AreEqual(v6.LocalEndPoint.ToString(), sockets.AcceptFrom(listener).RemoteEndPoint.ToString());
        }

        [TestMethod]
        public void IPv6_DualDatagram_AnswersIPv4()
        {
            Expect.Needs(StackUnderTest.Capabilities.HasIPv6, "IPv6");
            using Sockets sockets = new Sockets();
            Socket server = Dual(sockets, SocketType.Dgram);
            server.ReceiveTimeout = Sockets.PatienceMs;
            Socket client = sockets.BoundUdp();
            client.ReceiveTimeout = Sockets.PatienceMs;
            client.SendTo(new byte[] { 1 }, new IPEndPoint(IPAddress.Loopback, PortOf(server)));
            EndPoint from = null;
            Assert.AreEqual(1, server.ReceiveFrom(new byte[4], ref from));
            Assert.AreEqual("[::ffff:127.0.0.1]:" + PortOf(client).ToString(), from.ToString());
            server.SendTo(new byte[] { 2, 3 }, from);
            Assert.AreEqual(2, client.Receive(new byte[4]));
        }

        [TestMethod]
        public void IPv6_DualConnect_ReachesIPv4()
        {
            Expect.Needs(StackUnderTest.Capabilities.HasIPv6, "IPv6");
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            Socket client = sockets.Open(AddressFamily.InterNetworkV6, SocketType.Stream);
            client.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.IPv6Only, false);
            client.Connect(new IPEndPoint(IPAddress.Parse("::ffff:127.0.0.1"), PortOf(listener)));
            Assert.AreEqual("127.0.0.1:" + PortOf(client).ToString(), sockets.AcceptFrom(listener).RemoteEndPoint.ToString());
        }

        [TestMethod]
        public void IPv6_DualPort_IsTakenForIPv4()
        {
            Expect.Needs(StackUnderTest.Capabilities.HasIPv6, "IPv6");
            using Sockets sockets = new Sockets();
            Socket dual = Dual(sockets, SocketType.Stream);
            Expect.Fails(Errno.EADDRINUSE, sockets.Tcp().TryBind(new IPEndPoint(IPAddress.Loopback, PortOf(dual)).Serialize()));
        }

        [TestMethod]
        public void IPv6_PacketInformation_TellsTheDestination()
        {
            Expect.Needs(StackUnderTest.Capabilities.HasIPv6, "IPv6");
            using Sockets sockets = new Sockets();
            Socket receiver = Bound(sockets, SocketType.Dgram, IPAddress.IPv6Any);
            if (!StackUnderTest.Capabilities.HasOption(SocketOptionLevel.IPv6, SocketOptionName.PacketInformation))
            {
                Expect.Fails(Errno.ENOPROTOOPT,
                    receiver.TrySetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.PacketInformation, new byte[4], 4));
                return;
            }

            receiver.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.PacketInformation, true);
            Bound(sockets, SocketType.Dgram, IPAddress.IPv6Loopback)
                .SendTo(new byte[1], new IPEndPoint(IPAddress.IPv6Loopback, PortOf(receiver)));
            SocketMessage message = new SocketMessage(1);
            message.Add(new byte[4]);
            Assert.AreEqual(1, receiver.ReceiveMsg(message));
            Assert.AreEqual(1, message.ControlCount);
            byte[] data = message.GetControl(0).Data;
            Assert.AreEqual(20, data.Length);
            for (int i = 0; i < 16; i++)
            {
                Assert.AreEqual((byte)(i == 15 ? 1 : 0), data[i]);
            }
        }

        private static Socket Bound(Sockets sockets, SocketType type, IPAddress address)
        {
            Socket socket = sockets.Open(AddressFamily.InterNetworkV6, type);
            socket.Bind(new IPEndPoint(address, 0));
            socket.ReceiveTimeout = Sockets.PatienceMs;
            return socket;
        }

        private static Socket Dual(Sockets sockets, SocketType type)
        {
            Socket socket = sockets.Open(AddressFamily.InterNetworkV6, type);
            socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.IPv6Only, false);
            socket.Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
            return socket;
        }

        private static int PortOf(Socket socket)
        {
            return ((IPEndPoint)socket.LocalEndPoint).Port;
        }
    }
}
