#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    [TestClass]
    public class ReceiveTests
    {
        private const int TimeoutMs = 200;

        [TestMethod]
        public void Receive_PartOfABuffer_TouchesThatPartOnly()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Sockets.Send(client, new byte[] { 1, 2, 3, 4 });
            byte[] buffer = { 9, 9, 9, 9, 9 };
            Assert.AreEqual(2, server.Receive(buffer, 1, 2, SocketFlags.None));
            Expect.Bytes(new byte[] { 9, 1, 2, 9, 9 }, buffer, 5);
            Assert.AreEqual(1, server.Receive(buffer, 1, SocketFlags.None));
            Assert.AreEqual(1, server.Receive(buffer, SocketFlags.None));
            Expect.Bytes(new byte[] { 4, 1, 2, 9, 9 }, buffer, 5);
        }

        [TestMethod]
        public void Receive_CountZeroWithData_GivesZeroAndKeepsTheData()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Sockets.Send(client, new byte[] { 1 });
            Sockets.Await(server, PollEvents.In);
            Assert.AreEqual(0, server.Receive(new byte[0]));
            Sockets.Receive(server, new byte[] { 1 });
        }

        [TestMethod]
        public void Receive_CountZeroWithoutData_WaitsAsAnyOther()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Expect.Fails(Errno.EAGAIN, server.TryReceive(new byte[0], 0, 0, SocketFlags.DontWait));
            server.ReceiveTimeout = TimeoutMs;
            Stopwatch stopwatch = new Stopwatch();
            Expect.Fails(Errno.ETIMEDOUT, server.TryReceive(new byte[0], 0, 0, SocketFlags.None));
            stopwatch.AssertTook(TimeoutMs);
            server.ReceiveTimeout = 0;
            Background receiver = sockets.Start(() => Assert.AreEqual(0, server.Receive(new byte[0])));
            receiver.LetBlock();
            Sockets.Send(client, new byte[] { 1 });
            receiver.Join();
            Sockets.Receive(server, new byte[] { 1 });
            client.Close();
            Assert.AreEqual(0, server.Receive(new byte[0]));
        }

        [TestMethod]
        public void Receive_AfterPeerClose_ReturnsZeroAgainAndAgain()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Sockets.Send(client, new byte[] { 1, 2 });
            client.Close();
            Sockets.Receive(server, new byte[] { 1, 2 });
            for (int i = 0; i < 3; i++)
            {
                Assert.AreEqual(0, server.Receive(new byte[4]));
                Assert.AreEqual(0, server.TryReceive(new byte[4], 0, 4, SocketFlags.DontWait));
            }
        }

        [TestMethod]
        public void Receive_NeverConnected_FailsWithENOTCONN()
        {
            using Sockets sockets = new Sockets();
            Expect.Throws(Errno.ENOTCONN, () => sockets.Tcp().Receive(new byte[1]));
            Expect.Fails(Errno.ENOTCONN, sockets.Listener().TryReceive(new byte[1], 0, 1, SocketFlags.None));
            Expect.Fails(Errno.ENOTCONN, sockets.Tcp().TryReceive(new byte[1], 0, 1, SocketFlags.DontWait));
        }

        [TestMethod]
        public void Receive_NothingThere_FailsWithEAGAIN()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket _);
            Expect.Fails(Errno.EAGAIN, client.TryReceive(new byte[1], 0, 1, SocketFlags.DontWait));
            Expect.Throws(Errno.EAGAIN, () => client.Receive(new byte[1], SocketFlags.DontWait));
            client.Blocking = false;
            Expect.Fails(Errno.EAGAIN, client.TryReceive(new byte[1], 0, 1, SocketFlags.None));
            Expect.Throws(Errno.EAGAIN, () => client.Receive(new byte[1]));
        }

        [TestMethod]
        public void Receive_Timeout_FailsWithETIMEDOUTAndStaysUsable()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            server.ReceiveTimeout = TimeoutMs;
            Stopwatch stopwatch = new Stopwatch();
            Expect.Fails(Errno.ETIMEDOUT, server.TryReceive(new byte[1], 0, 1, SocketFlags.None));
            stopwatch.AssertTook(TimeoutMs);
            SocketException e = Expect.Throws(Errno.ETIMEDOUT, () => server.Receive(new byte[1]));
            Assert.AreEqual(10060, e.ErrorCode);
            Sockets.Send(client, new byte[] { 1 });
            Sockets.Receive(server, new byte[] { 1 });
        }

        [TestMethod]
        public void Receive_TimeoutOfOneMs_IsNotForEver()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket _);
            client.ReceiveTimeout = 1;
            Expect.Fails(Errno.ETIMEDOUT, client.TryReceive(new byte[1], 0, 1, SocketFlags.None));
        }

        [TestMethod]
        public void Receive_Blocking_WaitsForTheData()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Background receiver = sockets.Start(() => Sockets.Receive(server, new byte[] { 1 }));
            receiver.LetBlock();
            Assert.IsFalse(receiver.HasEnded, "receive ended without data");
            Sockets.Send(client, new byte[] { 1 });
            receiver.Join();
        }

        [TestMethod]
        public void Receive_Peek_LeavesTheData()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Sockets.Send(client, new byte[] { 1, 2, 3 });
            byte[] buffer = new byte[8];
            for (int i = 0; i < 2; i++)
            {
                int got = server.Receive(buffer, 2, SocketFlags.Peek);
                Expect.Bytes(new byte[] { 1, 2 }, buffer, got);
            }

            Sockets.Receive(server, new byte[] { 1, 2, 3 });
            Expect.Fails(Errno.EAGAIN, server.TryReceive(buffer, 0, 1, SocketFlags.Peek | SocketFlags.DontWait));
            client.Close();
            Assert.AreEqual(0, server.Receive(buffer, SocketFlags.Peek));
            Assert.AreEqual(0, server.Receive(buffer));
        }

        [TestMethod]
        public void Receive_WaitAll_WaitsForAllPieces()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Background receiver = sockets.Start(() => Sockets.Receive(server, new byte[] { 1, 2, 3, 4 }));
            Sockets.Send(client, new byte[] { 1 });
            receiver.LetBlock();
            Sockets.Send(client, new byte[] { 2, 3 });
            Assert.IsFalse(receiver.HasEnded, "receive ended before all was there");
            Sockets.Send(client, new byte[] { 4 });
            receiver.Join();
        }

        [TestMethod]
        public void Receive_WaitAllAtEnd_GivesWhatCame()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Sockets.Send(client, new byte[] { 1, 2 });
            client.Close();
            Assert.AreEqual(2, server.Receive(new byte[8], SocketFlags.WaitAll));
            Assert.AreEqual(0, server.Receive(new byte[8], SocketFlags.WaitAll));
        }

        [TestMethod]
        public void Receive_WaitAllTimeout_GivesWhatCame()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            server.ReceiveTimeout = TimeoutMs;
            Sockets.Send(client, new byte[] { 1, 2 });
            Stopwatch stopwatch = new Stopwatch();
            Assert.AreEqual(2, server.Receive(new byte[8], SocketFlags.WaitAll));
            stopwatch.AssertTook(TimeoutMs);
            Expect.Fails(Errno.ETIMEDOUT, server.TryReceive(new byte[8], 0, 8, SocketFlags.WaitAll));
        }

        [TestMethod]
        public void Receive_WaitAllDontWait_GivesWhatIsThere()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Sockets.Send(client, new byte[] { 1, 2 });
            Sockets.Await(server, PollEvents.In);
            Assert.AreEqual(2, server.Receive(new byte[8], SocketFlags.WaitAll | SocketFlags.DontWait));
        }

        [TestMethod]
        public void Receive_AfterReset_FailsWithECONNRESETThenGivesZero()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Sockets.Reset(server);
            client.ReceiveTimeout = Sockets.PatienceMs;
            Expect.Fails(Errno.ECONNRESET, client.TryReceive(new byte[1], 0, 1, SocketFlags.None));
            Assert.AreEqual(0, client.TryReceive(new byte[1], 0, 1, SocketFlags.None));
            Expect.Fails(Errno.EPIPE, client.TrySend(new byte[1], 0, 1, SocketFlags.None));
        }

        [TestMethod]
        public void Receive_Blocked_IsWokenByAReset()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Background receiver = sockets.Start(() =>
                Expect.Fails(Errno.ECONNRESET, client.TryReceive(new byte[1], 0, 1, SocketFlags.None)));
            receiver.LetBlock();
            Sockets.Reset(server);
            receiver.Join();
        }

        [TestMethod]
        public void Receive_Available_TellsHowMuch()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Assert.AreEqual(0, server.Available);
            Sockets.Send(client, new byte[] { 1, 2 });
            Sockets.Await(server, PollEvents.In);
            Assert.AreEqual(2, server.Available);
            server.Receive(new byte[1]);
            Assert.AreEqual(1, server.Available);
            server.Receive(new byte[1]);
            Assert.AreEqual(0, server.Available);
        }

        [TestMethod]
        public void Receive_ByteByByte_KeepsTheOrder()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Sockets.Send(client, Pattern.Make(1000));
            byte[] one = new byte[1];
            for (int i = 0; i < 1000; i++)
            {
                Assert.AreEqual(1, server.Receive(one));
                Pattern.Check(one, 0, 1, i);
            }
        }

        [TestMethod]
        public void Receive_FromOnAStream_ReceivesAndNeedsNoAddress()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Sockets.Send(client, new byte[] { 1, 2 });
            SocketFlags flags = SocketFlags.None;
            Assert.AreEqual(1, server.TryReceiveFrom(new byte[1], 0, 1, ref flags, null));
            EndPoint from = Sockets.AnyPort();
            Assert.AreEqual(1, server.ReceiveFrom(new byte[1], ref from));
            Assert.IsNotNull(from);
        }

        [TestMethod]
        public void Receive_OutOfBandWithout_FailsWithEINVALOrIsNotSupported()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket _);
            Expect.Fails(StackUnderTest.Capabilities.HasOutOfBand ? Errno.EINVAL : Errno.EOPNOTSUPP,
                client.TryReceive(new byte[1], 0, 1, SocketFlags.OutOfBand | SocketFlags.DontWait));
        }
    }
}
