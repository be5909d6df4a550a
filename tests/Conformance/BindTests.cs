#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    [TestClass]
    public class BindTests
    {
        [TestMethod]
        public void Bind_PortZero_ChoosesAPort()
        {
            using Sockets sockets = new Sockets();
            Socket socket = sockets.Tcp();
            socket.Bind(Sockets.AnyPort());
            IPEndPoint local = (IPEndPoint)socket.LocalEndPoint;
            Assert.AreEqual("127.0.0.1", local.Address.ToString());
            Assert.IsTrue(local.Port > 0, "port " + local.Port.ToString());
        }

        [TestMethod]
        public void Bind_Before_LocalAddressIsUnspecified()
        {
            using Sockets sockets = new Sockets();
            Assert.AreEqual("0.0.0.0:0", sockets.Tcp().LocalEndPoint.ToString());
            Assert.AreEqual("0.0.0.0:0", sockets.Udp().LocalEndPoint.ToString());
        }

        [TestMethod]
        public void Bind_PortInUse_FailsWithEADDRINUSE()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            Socket second = sockets.Tcp();
            Expect.Throws(Errno.EADDRINUSE, () => second.Bind(listener.LocalEndPoint));
            Assert.IsFalse(second.IsBound);
            Socket bound = sockets.BoundUdp();
            Expect.Fails(Errno.EADDRINUSE, sockets.Udp().TryBind(bound.LocalEndPoint.Serialize()));
        }

        [TestMethod]
        public void Bind_PortInUseOnAnyAddress_FailsWithEADDRINUSE()
        {
            using Sockets sockets = new Sockets();
            Socket any = sockets.Tcp();
            any.Bind(new IPEndPoint(IPAddress.Any, 0));
            int port = ((IPEndPoint)any.LocalEndPoint).Port;
            Expect.Fails(Errno.EADDRINUSE, sockets.Tcp().TryBind(new IPEndPoint(IPAddress.Loopback, port).Serialize()));
        }

        [TestMethod]
        public void Bind_SamePortOnOtherAddress_Succeeds()
        {
            using Sockets sockets = new Sockets();
            Socket first = sockets.Listener();
            int port = ((IPEndPoint)first.LocalEndPoint).Port;
            sockets.Tcp().Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), port));
        }

        [TestMethod]
        public void Bind_SamePortOfOtherProtocol_Succeeds()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            sockets.Udp().Bind(listener.LocalEndPoint);
        }

        [TestMethod]
        public void Bind_ForeignAddress_FailsWithEADDRNOTAVAIL()
        {
            using Sockets sockets = new Sockets();

            // RFC 5737: an address of documentation, nobody's own.
            EndPoint foreign = new IPEndPoint(IPAddress.Parse("198.51.100.1"), 0);
            Expect.Throws(Errno.EADDRNOTAVAIL, () => sockets.Tcp().Bind(foreign));
            Expect.Fails(Errno.EADDRNOTAVAIL, sockets.Udp().TryBind(foreign.Serialize()));
        }

        [TestMethod]
        public void Bind_Twice_FailsWithEINVAL()
        {
            using Sockets sockets = new Sockets();
            Socket socket = sockets.BoundUdp();
            string local = socket.LocalEndPoint.ToString();
            Expect.Throws(Errno.EINVAL, () => socket.Bind(Sockets.AnyPort()));
            Assert.AreEqual(local, socket.LocalEndPoint.ToString());
            Expect.Fails(Errno.EINVAL, sockets.Listener().TryBind(Sockets.AnyPort().Serialize()));
        }

        [TestMethod]
        public void Bind_Connected_FailsWithEINVAL()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Expect.Fails(Errno.EINVAL, client.TryBind(Sockets.AnyPort().Serialize()));
            Expect.Fails(Errno.EINVAL, server.TryBind(Sockets.AnyPort().Serialize()));
        }

        [TestMethod]
        public void Bind_AfterFailure_CanBeTriedAgain()
        {
            using Sockets sockets = new Sockets();
            Socket taken = sockets.BoundUdp();
            Socket socket = sockets.Udp();
            Expect.Fails(Errno.EADDRINUSE, socket.TryBind(taken.LocalEndPoint.Serialize()));
            socket.Bind(Sockets.AnyPort());
        }

        [TestMethod]
        public void Bind_OtherFamily_FailsWithEAFNOSUPPORT()
        {
            using Sockets sockets = new Sockets();
            Expect.Fails(Errno.EAFNOSUPPORT, sockets.Tcp().TryBind(new IPEndPoint(IPAddress.IPv6Loopback, 0).Serialize()));
            Expect.Fails(Errno.EAFNOSUPPORT, sockets.Udp().TryBind(new UnixEndPoint("x").Serialize()));
        }

        [TestMethod]
        public void Bind_AfterClose_PortIsFreeAgain()
        {
            using Sockets sockets = new Sockets();
            Socket first = sockets.Listener();
            EndPoint address = first.LocalEndPoint;
            first.Close();
            Socket second = sockets.Tcp();
            second.Bind(address);
            second.Listen(1);
        }

        [TestMethod]
        public void Bind_ReuseAddressAfterConnection_Succeeds()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Tcp();
            listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            listener.Bind(Sockets.AnyPort());
            listener.Listen(1);
            EndPoint address = listener.LocalEndPoint;
            Socket client = sockets.ConnectTo(listener);

            // The side that closes first waits in TIME_WAIT: here it is the server's.
            sockets.AcceptFrom(listener).Close();
            Assert.AreEqual(0, client.Receive(new byte[1]));
            client.Close();
            listener.Close();
            Socket again = sockets.Tcp();
            again.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            again.Bind(address);
            again.Listen(1);
            sockets.ConnectTo(again);
        }

        [TestMethod]
        public void Bind_ReuseAddressOfDatagrams_Shares()
        {
            using Sockets sockets = new Sockets();
            Socket first = sockets.Udp();
            first.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            first.Bind(Sockets.AnyPort());
            Socket second = sockets.Udp();
            second.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            second.Bind(first.LocalEndPoint);
            Assert.AreEqual(first.LocalEndPoint.ToString(), second.LocalEndPoint.ToString());
        }

        [TestMethod]
        public void Bind_AnyAddress_ReceivesOnLoopback()
        {
            using Sockets sockets = new Sockets();
            Socket receiver = sockets.Udp();
            receiver.Bind(new IPEndPoint(IPAddress.Any, 0));
            int port = ((IPEndPoint)receiver.LocalEndPoint).Port;
            Assert.AreEqual("0.0.0.0:" + port.ToString(), receiver.LocalEndPoint.ToString());
            sockets.Udp().SendTo(new byte[] { 5 }, new IPEndPoint(IPAddress.Loopback, port));
            receiver.ReceiveTimeout = Sockets.PatienceMs;
            Assert.AreEqual(1, receiver.Receive(new byte[4]));
        }
    }
}
