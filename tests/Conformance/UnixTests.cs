using System;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    // AF_UNIX streams and seqpackets: names, connections, ends.
    [TestClass]
    public class UnixTests
    {
        [TestMethod]
        public void Unix_Path_ConnectsAndCarries()
        {
            using Sockets sockets = new Sockets();
            Socket listener = Listener(sockets, new UnixEndPoint(StackUnderTest.Capabilities.UnixPrefix + "path"));
            Socket client = sockets.ConnectTo(listener);
            Socket server = sockets.AcceptFrom(listener);
            Assert.AreEqual(StackUnderTest.Capabilities.UnixPrefix + "path", client.RemoteEndPoint.ToString());
            Assert.AreEqual(StackUnderTest.Capabilities.UnixPrefix + "path", server.LocalEndPoint.ToString());
            Assert.IsTrue(((UnixEndPoint)server.RemoteEndPoint).IsUnnamed);
            Sockets.Send(client, new byte[] { 1, 2 });
            Sockets.Receive(server, new byte[] { 1, 2 });
            client.Close();
            Assert.AreEqual(0, server.Receive(new byte[1]));
        }

        [TestMethod]
        public void Unix_AbstractName_ConnectsAndComesBackAsBytes()
        {
            using Sockets sockets = new Sockets();

            // A name may hold any bytes, NULs at its end as well.
            byte[] name = { 0x61, 0, 0xFF, 0x80, 0 };
            Socket listener = Listener(sockets, UnixEndPoint.Abstract(name));
            Socket client = sockets.ConnectTo(listener);
            byte[] seen = ((UnixEndPoint)client.RemoteEndPoint).GetBytes();
            Expect.Bytes(new byte[] { 0, 0x61, 0, 0xFF, 0x80, 0 }, seen, seen.Length);
            sockets.AcceptFrom(listener);
            Socket other = sockets.Open(AddressFamily.Unix, SocketType.Stream);
            Expect.Fails(Errno.ECONNREFUSED, other.TryConnect(UnixEndPoint.Abstract(new byte[] { 0x61, 0, 0xFF, 0x80 }), 0));
        }

        [TestMethod]
        public void Unix_UndecodablePath_RoundTrips()
        {
            using Sockets sockets = new Sockets();
            byte[] prefix = new UnixEndPoint(StackUnderTest.Capabilities.UnixPrefix).GetBytes();
            byte[] path = new byte[prefix.Length + 5];
            Array.Copy(prefix, 0, path, 0, prefix.Length);
            Array.Copy(new byte[] { 0xFF, 0xC3, 0x28, 0xC3, 0xA9 }, 0, path, prefix.Length, 5);
            Socket socket = sockets.Open(AddressFamily.Unix, SocketType.Stream);
            socket.Bind(new UnixEndPoint(path));
            byte[] seen = ((UnixEndPoint)socket.LocalEndPoint).GetBytes();
            Expect.Bytes(path, seen, seen.Length);
        }

        [TestMethod]
        public void Unix_EmptyAddress_GetsAnAbstractName()
        {
            using Sockets sockets = new Sockets();
            Socket first = sockets.Open(AddressFamily.Unix, SocketType.Stream);
            Socket second = sockets.Open(AddressFamily.Unix, SocketType.Stream);
            Assert.IsTrue(((UnixEndPoint)first.LocalEndPoint).IsUnnamed);
            first.Bind(new UnixEndPoint(""));
            second.Bind(new UnixEndPoint(""));
            UnixEndPoint name = (UnixEndPoint)first.LocalEndPoint;
            byte[] bytes = name.GetBytes();

            // unix(7): a NUL and five hexadecimal digits.
            Assert.AreEqual(6, bytes.Length);
            Assert.AreEqual((byte)0, bytes[0]);
            for (int i = 1; i < 6; i++)
            {
                bool isDigit = (bytes[i] >= '0' && bytes[i] <= '9') || (bytes[i] >= 'a' && bytes[i] <= 'f');
                Assert.IsTrue(isDigit, name.ToString());
            }

            Assert.IsFalse(name.Equals(second.LocalEndPoint));
        }

        [TestMethod]
        public void Unix_NameInUse_FailsWithEADDRINUSE()
        {
            using Sockets sockets = new Sockets();
            UnixEndPoint path = new UnixEndPoint(StackUnderTest.Capabilities.UnixPrefix + "taken");
            UnixEndPoint name = UnixEndPoint.Abstract("taken");
            sockets.Open(AddressFamily.Unix, SocketType.Stream).Bind(path);
            sockets.Open(AddressFamily.Unix, SocketType.Stream).Bind(name);
            Expect.Fails(Errno.EADDRINUSE, sockets.Open(AddressFamily.Unix, SocketType.Stream).TryBind(path.Serialize()));
            Expect.Fails(Errno.EADDRINUSE, sockets.Open(AddressFamily.Unix, SocketType.Stream).TryBind(name.Serialize()));

            // Paths are shared by the types, abstract names are not.
            Expect.Fails(Errno.EADDRINUSE, sockets.Open(AddressFamily.Unix, SocketType.Dgram).TryBind(path.Serialize()));
            sockets.Open(AddressFamily.Unix, SocketType.Dgram).Bind(name);
        }

        [TestMethod]
        public void Unix_Closed_LetsGoOfItsName()
        {
            using Sockets sockets = new Sockets();
            UnixEndPoint name = UnixEndPoint.Abstract("given back");
            Socket first = Listener(sockets, name);
            first.Close();
            Expect.Fails(Errno.ECONNREFUSED, sockets.Open(AddressFamily.Unix, SocketType.Stream).TryConnect(name, 0));
            Listener(sockets, name);
        }

        [TestMethod]
        public void Unix_BindTwice_FailsWithEINVAL()
        {
            using Sockets sockets = new Sockets();
            Socket socket = sockets.Open(AddressFamily.Unix, SocketType.Stream);
            socket.Bind(UnixEndPoint.Abstract("once"));
            Expect.Fails(Errno.EINVAL, socket.TryBind(UnixEndPoint.Abstract("twice").Serialize()));
        }

        [TestMethod]
        public void Unix_NoSuchPath_FailsWithENOENT()
        {
            using Sockets sockets = new Sockets();
            UnixEndPoint path = new UnixEndPoint(StackUnderTest.Capabilities.UnixPrefix + "nobody");
            SocketException e = Expect.Throws(Errno.ENOENT, () => sockets.Open(AddressFamily.Unix, SocketType.Stream).Connect(path));
            Expect.Contains(StackUnderTest.Capabilities.UnixPrefix + "nobody", e.Message);
            Expect.Fails(Errno.ENOENT, sockets.Open(AddressFamily.Unix, SocketType.Dgram).TryConnect(path, 0));
        }

        [TestMethod]
        public void Unix_NobodyListens_FailsWithECONNREFUSED()
        {
            using Sockets sockets = new Sockets();
            UnixEndPoint name = UnixEndPoint.Abstract("deaf");
            Expect.Fails(Errno.ECONNREFUSED, sockets.Open(AddressFamily.Unix, SocketType.Stream).TryConnect(name, 0));
            sockets.Open(AddressFamily.Unix, SocketType.Stream).Bind(name);
            Expect.Fails(Errno.ECONNREFUSED, sockets.Open(AddressFamily.Unix, SocketType.Stream).TryConnect(name, 0));
        }

        [TestMethod]
        public void Unix_NeverConnected_FailsWithENOTCONN()
        {
            using Sockets sockets = new Sockets();
            Socket socket = sockets.Open(AddressFamily.Unix, SocketType.Stream);
            Expect.Fails(Errno.ENOTCONN, socket.TrySend(new byte[1], 0, 1, SocketFlags.None));
            Expect.Fails(Errno.ENOTCONN, socket.TryReceive(new byte[1], 0, 1, SocketFlags.None));
            Expect.Fails(Errno.ENOTCONN, socket.TryShutdown(SocketShutdown.Both));
        }

        [TestMethod]
        public void Unix_OtherType_FailsWithEPROTOTYPE()
        {
            using Sockets sockets = new Sockets();
            UnixEndPoint path = new UnixEndPoint(StackUnderTest.Capabilities.UnixPrefix + "stream");
            Listener(sockets, path);
            Expect.Fails(Errno.EPROTOTYPE, sockets.Open(AddressFamily.Unix, SocketType.Dgram).TryConnect(path, 0));
            Expect.Fails(Errno.EPROTOTYPE, sockets.Open(AddressFamily.Unix, SocketType.Seqpacket).TryConnect(path, 0));
        }

        [TestMethod]
        public void Unix_Unbound_CannotListen()
        {
            using Sockets sockets = new Sockets();
            Expect.Fails(Errno.EINVAL, sockets.Open(AddressFamily.Unix, SocketType.Stream).TryListen(1));
        }

        [TestMethod]
        public void Unix_BacklogFull_TimesOutAndOneAcceptFreesASlot()
        {
            using Sockets sockets = new Sockets();
            UnixEndPoint name = UnixEndPoint.Abstract("full");
            Socket listener = sockets.Open(AddressFamily.Unix, SocketType.Stream);
            listener.Bind(name);
            listener.Listen(1);
            int result = 0;
            for (int i = 0; i < 4 && result == 0; i++)
            {
                result = sockets.Open(AddressFamily.Unix, SocketType.Stream).TryConnect(name, 50);
            }

            Expect.Fails(Errno.ETIMEDOUT, result);

            // connect(2): nothing goes on behind, a Unix socket's connect is done or not.
            Socket late = sockets.Open(AddressFamily.Unix, SocketType.Stream);
            Expect.Fails(Errno.EAGAIN, late.TryConnect(name, 0));
            Background waiter = sockets.Start(() => late.Connect(name, Sockets.PatienceMs));
            waiter.LetBlock();
            sockets.AcceptFrom(listener);
            waiter.Join();
            Assert.IsTrue(late.IsConnected);
        }

        [TestMethod]
        public void Unix_NonBlockingConnect_IsDoneAtOnce()
        {
            using Sockets sockets = new Sockets();
            Socket listener = Listener(sockets, UnixEndPoint.Abstract("at once"));
            Socket client = sockets.Open(AddressFamily.Unix, SocketType.Stream);
            client.Blocking = false;
            client.Connect(listener.LocalEndPoint);
            Assert.IsTrue(client.IsConnected);
            Expect.Fails(Errno.EISCONN, client.TryConnect(listener.LocalEndPoint, 0));
        }

        [TestMethod]
        public void Unix_ClosedWithUnreadData_ResetsThePeer()
        {
            using Sockets sockets = new Sockets();
            sockets.Pair(SocketType.Stream, out Socket first, out Socket second);
            Sockets.Send(first, new byte[] { 1 });
            second.Close();
            Expect.Fails(Errno.ECONNRESET, first.TryReceive(new byte[1], 0, 1, SocketFlags.None));
            Assert.AreEqual(0, first.TryReceive(new byte[1], 0, 1, SocketFlags.None));
        }

        [TestMethod]
        public void Unix_Seqpacket_KeepsRecordsOverAConnection()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Open(AddressFamily.Unix, SocketType.Seqpacket);
            listener.Bind(UnixEndPoint.Abstract("records"));
            listener.Listen(1);
            Socket client = sockets.ConnectTo(listener);
            Socket server = sockets.AcceptFrom(listener);
            Sockets.Send(client, new byte[] { 1, 2, 3 });
            Sockets.Send(client, new byte[] { 4, 5 });
            SocketMessage message = new SocketMessage();
            message.Add(new byte[2]);
            Assert.AreEqual(2, server.ReceiveMsg(message));
            Assert.AreEqual((int)(SocketFlags.EndOfRecord | SocketFlags.Truncated), (int)message.Flags);
            message.Flags = SocketFlags.None;
            Assert.AreEqual(2, server.ReceiveMsg(message));
            Assert.AreEqual((int)SocketFlags.EndOfRecord, (int)message.Flags);
        }

        [TestMethod]
        public void Unix_WrongKind_CannotBeOpened()
        {
            Expect.Throws(Errno.ESOCKTNOSUPPORT, () => new Socket(Sockets.Stacks, AddressFamily.Unix, SocketType.Rdm, ProtocolType.Unspecified));
            Expect.Throws(Errno.EPROTONOSUPPORT, () => new Socket(Sockets.Stacks, AddressFamily.Unix, SocketType.Stream, ProtocolType.Tcp));
        }

        private static Socket Listener(Sockets sockets, UnixEndPoint address)
        {
            Socket listener = sockets.Open(AddressFamily.Unix, SocketType.Stream);
            listener.Bind(address);
            listener.Listen(4);
            return listener;
        }
    }
}
