#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    // The texts of exceptions: what was tried, on what address, and why it failed.
    [TestClass]
    public class ExceptionTests
    {
        [TestMethod]
        public void Exception_ConnectRefused_NamesTheAddress()
        {
            using Sockets sockets = new Sockets();
            EndPoint nobody = sockets.RefusingAddress();
            SocketException e = Expect.Throws(Errno.ECONNREFUSED, () => sockets.Tcp().Connect(nobody));
            Assert.AreEqual("connect to " + nobody.ToString() + ": the peer refused the connection (ECONNREFUSED)", e.Message);
            Assert.AreEqual(10061, e.ErrorCode);
            Assert.IsTrue(e.SocketErrorCode == SocketError.ConnectionRefused);
        }

        [TestMethod]
        public void Exception_BindInUse_NamesTheAddress()
        {
            using Sockets sockets = new Sockets();
            EndPoint taken = sockets.Listener().LocalEndPoint;
            SocketException e = Expect.Throws(Errno.EADDRINUSE, () => sockets.Tcp().Bind(taken));
            Assert.AreEqual("bind to " + taken.ToString() + ": the address is in use (EADDRINUSE)", e.Message);
            Assert.AreEqual(10048, e.ErrorCode);
        }

        [TestMethod]
        public void Exception_ReceiveTimedOut_NamesBothAddresses()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket _);
            client.ReceiveTimeout = 10;
            SocketException e = Expect.Throws(Errno.ETIMEDOUT, () => client.Receive(new byte[1]));
            Expect.Contains("receive on tcp " + client.LocalEndPoint.ToString(), e.Message);
            Expect.Contains(client.RemoteEndPoint.ToString(), e.Message);
            Expect.Contains("timed out (ETIMEDOUT)", e.Message);
        }

        [TestMethod]
        public void Exception_SendTo_NamesSizeAndAddress()
        {
            using Sockets sockets = new Sockets();
            EndPoint to = sockets.BoundUdp().LocalEndPoint;
            SocketException e = Expect.Throws(Errno.EMSGSIZE, () => sockets.Udp().SendTo(new byte[70000], to));
            Expect.Contains("send 70000 bytes to " + to.ToString(), e.Message);
        }

        [TestMethod]
        public void Exception_Option_NamesLevelAndNumber()
        {
            using Sockets sockets = new Sockets();
            SocketException e = Expect.Throws(Errno.ENOPROTOOPT,
                () => sockets.Tcp().SetSocketOption(SocketOptionLevel.Tcp, (SocketOptionName)4711, 1));
            Expect.Contains("set socket option 4711 of level 6", e.Message);
        }

        [TestMethod]
        public void Exception_AcceptNotListening_SaysSo()
        {
            using Sockets sockets = new Sockets();
            SocketException e = Expect.Throws(Errno.EINVAL, () => sockets.Tcp().Accept());
            Expect.Contains("accept on tcp", e.Message);
            Expect.Contains("EINVAL", e.Message);
        }

        [TestMethod]
        public void Exception_FromACode_HasItsError()
        {
            Assert.IsTrue(new SocketException(SocketError.ConnectionRefused).Errno == Errno.ECONNREFUSED);
            Assert.IsTrue(new SocketException((SocketError)12345).Errno == Errno.EIO);
            Assert.AreEqual("no buffer space (ENOBUFS)", new SocketException(Errno.ENOBUFS).Message);
        }
    }
}
