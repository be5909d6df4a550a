#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    [TestClass]
    public class ConnectTests
    {
        private const int TimeoutMs = 300;

        [TestMethod]
        public void Connect_ToListener_JoinsBothEnds()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            Socket client = sockets.ConnectTo(listener);
            Socket server = sockets.AcceptFrom(listener);
            Assert.AreEqual(listener.LocalEndPoint.ToString(), client.RemoteEndPoint.ToString());
            Assert.AreEqual(client.LocalEndPoint.ToString(), server.RemoteEndPoint.ToString());
            Assert.AreEqual(listener.LocalEndPoint.ToString(), server.LocalEndPoint.ToString());
            Assert.IsTrue(client.Connected);
            Assert.IsTrue(server.Connected);
        }

        [TestMethod]
        public void Connect_BeforeAccept_Succeeds()
        {
            Expect.NeedsConnectionBeforeAccept();
            using Sockets sockets = new Sockets();
            Socket client = sockets.ConnectTo(sockets.Listener());
            Sockets.Send(client, new byte[] { 1 });
        }

        [TestMethod]
        public void Connect_ToAnyAddress_ReachesLoopback()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            Socket client = sockets.Tcp();
            client.Connect(new IPEndPoint(IPAddress.Any, ((IPEndPoint)listener.LocalEndPoint).Port));
            Assert.AreEqual(listener.LocalEndPoint.ToString(), client.RemoteEndPoint.ToString());
        }

        [TestMethod]
        public void Connect_BoundBefore_ComesFromThatAddress()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            Socket client = sockets.Tcp();
            client.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.3"), 0));
            string local = client.LocalEndPoint.ToString();
            client.Connect(listener.LocalEndPoint);
            Assert.AreEqual(local, client.LocalEndPoint.ToString());
            Assert.AreEqual(local, sockets.AcceptFrom(listener).RemoteEndPoint.ToString());
        }

        [TestMethod]
        public void Connect_Refused_FailsWithECONNREFUSED()
        {
            using Sockets sockets = new Sockets();
            EndPoint nobody = sockets.RefusingAddress();
            Expect.Throws(Errno.ECONNREFUSED, () => sockets.Tcp().Connect(nobody));
            Expect.Fails(Errno.ECONNREFUSED, sockets.Tcp().TryConnect(nobody, -1));
        }

        [TestMethod]
        public void Connect_RefusedWithTimeout_FailsWithECONNREFUSEDAtOnce()
        {
            using Sockets sockets = new Sockets();
            EndPoint nobody = sockets.RefusingAddress();
            Stopwatch stopwatch = new Stopwatch();
            Expect.Throws(Errno.ECONNREFUSED, () => sockets.Tcp().Connect(nobody, Sockets.PatienceMs));
            Expect.Fails(Errno.ECONNREFUSED, sockets.Tcp().TryConnect(nobody, Sockets.PatienceMs));
            stopwatch.AssertBelow(Sockets.PatienceMs);
        }

        [TestMethod]
        public void Connect_RefusedNonBlocking_IsToldByErrorOnce()
        {
            using Sockets sockets = new Sockets();
            Socket client = sockets.Tcp();
            client.Blocking = false;
            Expect.Fails(Errno.EINPROGRESS, client.TryConnect(sockets.RefusingAddress(), 0));
            Expect.Has(PollEvents.Out | PollEvents.Err, Sockets.Await(client, PollEvents.Out));
            Assert.AreEqual((int)Errno.ECONNREFUSED, (int)client.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error));
            Assert.AreEqual(0, (int)client.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error));
            Assert.IsFalse(client.IsConnected);
        }

        [TestMethod]
        public void Connect_PortZero_IsRefused()
        {
            using Sockets sockets = new Sockets();
            Expect.FailsEither(Errno.ECONNREFUSED, Errno.EADDRNOTAVAIL, sockets.Tcp().TryConnect(Sockets.AnyPort(), Sockets.PatienceMs));
        }

        [TestMethod]
        public void Connect_NonBlocking_IsInProgressThenWritable()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            Socket client = sockets.Tcp();
            Socket server = null;
            Background acceptor = sockets.Start(() => server = sockets.AcceptFrom(listener));
            client.Blocking = false;
            Expect.Throws(Errno.EINPROGRESS, () => client.Connect(listener.LocalEndPoint));
            Expect.Events(PollEvents.Out, Sockets.Await(client, PollEvents.Out));
            Assert.AreEqual(0, (int)client.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error));
            Assert.IsTrue(client.IsConnected);
            acceptor.Join();
            Sockets.Send(client, new byte[] { 7 });
            Sockets.Receive(server, new byte[] { 7 });
        }

        [TestMethod]
        public void Connect_NonBlockingTwice_EndsWithEISCONN()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            Socket client = sockets.Tcp();
            EndPoint address = listener.LocalEndPoint;
            Background acceptor = sockets.AcceptBehind(listener);
            Expect.Fails(Errno.EINPROGRESS, client.TryConnect(address, 0));
            Sockets.Await(client, PollEvents.Out);

            // Linux answers 0 once, to the caller that asks how its connect ended.
            int second = client.TryConnect(address, 0);
            Assert.IsTrue(second == 0 || second == -(int)Errno.EISCONN, "second connect: " + second.ToString());
            Expect.Fails(Errno.EISCONN, client.TryConnect(address, 0));
            acceptor.Join();
        }

        [TestMethod]
        public void Connect_WithTimeoutOnNonBlockingSocket_Waits()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            Socket client = sockets.Tcp();
            client.Blocking = false;
            client.Connect(listener.LocalEndPoint, Sockets.PatienceMs);
            Assert.IsTrue(client.IsConnected);
        }

        [TestMethod]
        public void Connect_Connected_FailsWithEISCONN()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            Socket client = sockets.ConnectTo(listener);
            Expect.Throws(Errno.EISCONN, () => client.Connect(listener.LocalEndPoint));
            Expect.Fails(Errno.EISCONN, sockets.AcceptFrom(listener).TryConnect(listener.LocalEndPoint, 0));
        }

        [TestMethod]
        public void Connect_Listening_FailsWithEISCONN()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            Expect.Fails(Errno.EISCONN, listener.TryConnect(sockets.Listener().LocalEndPoint, Sockets.PatienceMs));
        }

        [TestMethod]
        public void Connect_WhilePending_FailsWithEALREADY()
        {
            using Sockets sockets = new Sockets();
            EndPoint blackhole = sockets.FullListener(out int _).LocalEndPoint;
            Socket client = sockets.Tcp();
            Expect.Fails(Errno.EINPROGRESS, client.TryConnect(blackhole, 0));
            Expect.Fails(Errno.EALREADY, client.TryConnect(blackhole, 0));
            Expect.Events(PollEvents.None, client.Wait(PollEvents.Out, 0));
            Assert.IsFalse(client.IsConnected);
        }

        [TestMethod]
        public void Connect_NobodyAnswers_TimesOut()
        {
            using Sockets sockets = new Sockets();
            EndPoint blackhole = sockets.FullListener(out int _).LocalEndPoint;
            int openBefore = StackUnderTest.OpenSockets(Sockets.Stacks);
            Socket client = sockets.Tcp();
            Stopwatch stopwatch = new Stopwatch();
            Expect.Fails(Errno.ETIMEDOUT, client.TryConnect(blackhole, TimeoutMs));
            stopwatch.AssertTook(TimeoutMs);
            Assert.IsFalse(client.IsConnected);
            client.Close();
            Assert.AreEqual(openBefore, StackUnderTest.OpenSockets(Sockets.Stacks), "open sockets");
        }

        [TestMethod]
        public void Connect_NobodyAnswers_ThrowsETIMEDOUTWithTheLimit()
        {
            using Sockets sockets = new Sockets();
            EndPoint blackhole = sockets.FullListener(out int _).LocalEndPoint;
            Stopwatch stopwatch = new Stopwatch();
            SocketException e = Expect.Throws(Errno.ETIMEDOUT, () => sockets.Tcp().Connect(blackhole, TimeoutMs));
            stopwatch.AssertTook(TimeoutMs);
            Expect.Contains("300 ms", e.Message);
        }

        [TestMethod]
        public void Connect_ConnectTimeoutOption_TimesOut()
        {
            using Sockets sockets = new Sockets();
            EndPoint blackhole = sockets.FullListener(out int _).LocalEndPoint;
            Socket client = sockets.Tcp();
            client.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ConnectTimeout, TimeoutMs);
            Stopwatch stopwatch = new Stopwatch();
            Expect.Throws(Errno.ETIMEDOUT, () => client.Connect(blackhole));
            stopwatch.AssertTook(TimeoutMs);
        }

        [TestMethod]
        public void Connect_TimedOutThenClosed_IsNotAccepted()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.FullListener(out int waiting);
            for (int i = 0; i < waiting; i++)
            {
                sockets.AcceptFrom(listener);
            }

            Assert.IsFalse(listener.Accept(0, out Socket _), "the closed socket's connection was accepted");
        }

        [TestMethod]
        public void Connect_OtherFamily_FailsWithEAFNOSUPPORT()
        {
            using Sockets sockets = new Sockets();
            Expect.Fails(Errno.EAFNOSUPPORT, sockets.Tcp().TryConnect(new IPEndPoint(IPAddress.IPv6Loopback, 9), Sockets.PatienceMs));
            Expect.Fails(Errno.EAFNOSUPPORT, sockets.Udp().TryConnect(new IPEndPoint(IPAddress.IPv6Loopback, 9), Sockets.PatienceMs));
            Expect.Fails(Errno.EAFNOSUPPORT, sockets.Tcp().TryConnect(new UnixEndPoint("x"), Sockets.PatienceMs));
        }

        [TestMethod]
        public void Connect_ManyAtOnce_AllArrive()
        {
            const int count = 8;
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener(count);
            for (int i = 0; i < count; i++)
            {
                Socket client = sockets.Tcp();
                Expect.Fails(Errno.EINPROGRESS, client.TryConnect(listener.LocalEndPoint, 0));
            }

            for (int i = 0; i < count; i++)
            {
                sockets.AcceptFrom(listener);
            }
        }
    }
}
