#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    [TestClass]
    public class AcceptTests
    {
        private const int TimeoutMs = 200;

        [TestMethod]
        public void Accept_Waiting_TellsThePeer()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            Socket client = sockets.ConnectTo(listener);
            SocketAddress peer = new SocketAddress();
            Expect.Succeeds(listener.TryAccept(Sockets.PatienceMs, peer, out Socket server));
            sockets.Add(server);
            Assert.AreEqual(client.LocalEndPoint.ToString(), peer.ToString());
            Assert.AreEqual(client.LocalEndPoint.ToString(), server.RemoteEndPoint.ToString());
            Assert.IsTrue(server.Connected);
            Assert.IsTrue(server.Blocking);
        }

        [TestMethod]
        public void Accept_ListenerNonBlocking_GivesABlockingSocket()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            listener.Blocking = false;
            sockets.ConnectTo(listener);
            Sockets.Await(listener, PollEvents.In);
            Assert.IsTrue(sockets.Add(listener.Accept()).Blocking);
        }

        [TestMethod]
        public void Accept_NobodyNonBlocking_FailsWithEAGAIN()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            Expect.Fails(Errno.EAGAIN, listener.TryAccept(0, out Socket none));
            Assert.IsNull(none);
            Assert.IsFalse(listener.Accept(0, out none));
            listener.Blocking = false;
            Expect.Throws(Errno.EAGAIN, () => listener.Accept());
        }

        [TestMethod]
        public void Accept_NobodyWithinTimeout_GivesNone()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            Stopwatch stopwatch = new Stopwatch();
            Assert.IsFalse(listener.Accept(TimeoutMs, out Socket none));
            stopwatch.AssertTook(TimeoutMs);
            Assert.IsNull(none);
            Expect.Fails(Errno.EAGAIN, listener.TryAccept(TimeoutMs, out none));
        }

        [TestMethod]
        public void Accept_ReceiveTimeout_ThrowsETIMEDOUTAndStaysUsable()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            listener.ReceiveTimeout = TimeoutMs;
            Stopwatch stopwatch = new Stopwatch();
            Expect.Throws(Errno.ETIMEDOUT, () => listener.Accept());
            stopwatch.AssertTook(TimeoutMs);
            sockets.ConnectTo(listener);
            sockets.Add(listener.Accept());
        }

        [TestMethod]
        public void Accept_Blocking_WaitsForTheConnection()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            Background acceptor = sockets.Start(() => sockets.Add(listener.Accept()));
            acceptor.LetBlock();
            Assert.IsFalse(acceptor.HasEnded, "accept ended without a connection");
            sockets.ConnectTo(listener);
            acceptor.Join();
        }

        [TestMethod]
        public void Accept_Several_GivesTheOldestFirst()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            Socket first = sockets.ConnectTo(listener);
            Socket second = sockets.ConnectTo(listener);
            Assert.AreEqual(first.LocalEndPoint.ToString(), sockets.AcceptFrom(listener).RemoteEndPoint.ToString());
            Assert.AreEqual(second.LocalEndPoint.ToString(), sockets.AcceptFrom(listener).RemoteEndPoint.ToString());
        }

        [TestMethod]
        public void Accept_ClientGone_StillGivesItsBytesAndEnd()
        {
            Expect.NeedsConnectionBeforeAccept();
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            Socket client = sockets.ConnectTo(listener);
            Sockets.Send(client, new byte[] { 1, 2 });
            client.Close();
            Socket server = sockets.AcceptFrom(listener);
            Sockets.Receive(server, new byte[] { 1, 2 });
            Assert.AreEqual(0, server.Receive(new byte[1]));
        }

        [TestMethod]
        public void Accept_NotListening_FailsWithEINVAL()
        {
            using Sockets sockets = new Sockets();
            Socket socket = sockets.Tcp();
            Expect.Fails(Errno.EINVAL, socket.TryAccept(Sockets.PatienceMs, out Socket _));
            Expect.Throws(Errno.EINVAL, () => socket.Accept());
            socket.Bind(Sockets.AnyPort());
            Expect.Fails(Errno.EINVAL, socket.TryAccept(Sockets.PatienceMs, out Socket _));
        }

        [TestMethod]
        public void Accept_Connected_FailsWithEINVAL()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Expect.Fails(Errno.EINVAL, client.TryAccept(0, out Socket _));
            Expect.Fails(Errno.EINVAL, server.TryAccept(0, out Socket _));
        }

        [TestMethod]
        public void Accept_Datagram_FailsWithEOPNOTSUPP()
        {
            using Sockets sockets = new Sockets();
            Expect.Fails(Errno.EOPNOTSUPP, sockets.BoundUdp().TryAccept(0, out Socket _));
        }

        [TestMethod]
        public void Accept_TwoThreads_EachGetsAConnection()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            Background one = sockets.Start(() => sockets.AcceptFrom(listener));
            Background other = sockets.Start(() => sockets.AcceptFrom(listener));
            one.LetBlock();
            sockets.ConnectTo(listener);
            sockets.ConnectTo(listener);
            one.Join();
            other.Join();
            Assert.IsFalse(listener.Accept(0, out Socket _), "a third connection came");
        }

        [TestMethod]
        public void Accept_BacklogFull_FreesASlotForAPendingConnect()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.FullListener(out int waiting);
            Assert.IsTrue(waiting >= 1 && waiting <= 2, "a backlog of 1 took " + waiting.ToString() + " connections");
            Socket pending = sockets.Tcp();
            Expect.Fails(Errno.EINPROGRESS, pending.TryConnect(listener.LocalEndPoint, 0));
            Expect.Events(PollEvents.None, pending.Wait(PollEvents.Out, TimeoutMs));
            sockets.AcceptFrom(listener);
            Expect.Events(PollEvents.Out, Sockets.Await(pending, PollEvents.Out));
            Assert.IsTrue(pending.IsConnected);
        }

        [TestMethod]
        public void Accept_BytesSentBefore_AreThere()
        {
            Expect.NeedsConnectionBeforeAccept();
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            Socket client = sockets.ConnectTo(listener);
            Sockets.Send(client, Pattern.Make(100));
            Sockets.Receive(sockets.AcceptFrom(listener), Pattern.Make(100));
        }
    }
}
