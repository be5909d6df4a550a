using System;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    [TestClass]
    public class SendTests
    {
        private const int TimeoutMs = 200;

        [TestMethod]
        public void Send_Connected_ArrivesInOrder()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Sockets.Send(client, new byte[] { 1, 2, 3 });
            Sockets.Send(client, new byte[] { 4 });
            Sockets.Receive(server, new byte[] { 1, 2, 3, 4 });
            Sockets.Send(server, new byte[] { 5, 6 });
            Sockets.Receive(client, new byte[] { 5, 6 });
        }

        [TestMethod]
        public void Send_PartOfABuffer_SendsThatPart()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            byte[] buffer = { 0, 1, 2, 3, 4 };
            Assert.AreEqual(2, client.Send(buffer, 1, 2, SocketFlags.None));
            Assert.AreEqual(2, client.Send(buffer, 2, SocketFlags.None));
            Assert.AreEqual(5, client.Send(buffer, SocketFlags.None));
            Sockets.Receive(server, new byte[] { 1, 2, 0, 1, 0, 1, 2, 3, 4 });
        }

        [TestMethod]
        public void Send_NoBytes_SendsNothing()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Assert.AreEqual(0, client.Send(new byte[0]));
            Expect.Fails(Errno.EAGAIN, server.TryReceive(new byte[1], 0, 1, SocketFlags.DontWait));
        }

        [TestMethod]
        public void Send_NeverConnected_FailsWithEPIPE()
        {
            using Sockets sockets = new Sockets();
            Expect.Throws(Errno.EPIPE, () => sockets.Tcp().Send(new byte[1]));
            Expect.Fails(Errno.EPIPE, sockets.Listener().TrySend(new byte[1], 0, 1, SocketFlags.None));
        }

        [TestMethod]
        public void Send_AfterShutdown_FailsWithEPIPE()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket _);
            if (!StackUnderTest.Capabilities.HasHalfClose)
            {
                Expect.Fails(Errno.EOPNOTSUPP, client.TryShutdown(SocketShutdown.Send));
                return;
            }

            client.Shutdown(SocketShutdown.Send);
            Expect.Fails(Errno.EPIPE, client.TrySend(new byte[1], 0, 1, SocketFlags.None));
            Expect.Throws(Errno.EPIPE, () => client.Send(new byte[1]));
        }

        [TestMethod]
        public void Send_PeerClosed_SecondFailsWithEPIPE()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            server.Close();
            Assert.AreEqual(0, client.Receive(new byte[1]));

            // The first send learns nothing: the peer's reset is its answer.
            Assert.AreEqual(1, client.Send(new byte[1]));
            Expect.Has(PollEvents.Hup, Sockets.Await(client, PollEvents.None));
            Expect.Fails(Errno.EPIPE, client.TrySend(new byte[1], 0, 1, SocketFlags.None));
            Expect.Fails(Errno.EPIPE, client.TrySend(new byte[1], 0, 1, SocketFlags.None));
        }

        [TestMethod]
        public void Send_AfterReset_FailsWithECONNRESETThenEPIPE()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Sockets.Reset(server);
            Expect.Has(PollEvents.Err | PollEvents.Hup, Sockets.Await(client, PollEvents.None));
            Expect.Fails(Errno.ECONNRESET, client.TrySend(new byte[1], 0, 1, SocketFlags.None));
            Expect.Fails(Errno.EPIPE, client.TrySend(new byte[1], 0, 1, SocketFlags.None));
            Assert.AreEqual(0, client.TryReceive(new byte[1], 0, 1, SocketFlags.None));
        }

        [TestMethod]
        public void Send_NoRoomNonBlocking_FailsWithEAGAINUntilThePeerReads()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            int sent = Sockets.Fill(client);
            Expect.Events(PollEvents.None, client.Wait(PollEvents.Out, 0));
            Drain(server, sent);
            Expect.Events(PollEvents.Out, Sockets.Await(client, PollEvents.Out));
            Assert.IsTrue(client.TrySend(new byte[1], 0, 1, SocketFlags.DontWait) == 1);
        }

        [TestMethod]
        public void Send_NoRoomWithTimeout_FailsWithETIMEDOUT()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            int filled = Sockets.Fill(client);
            client.SendTimeout = TimeoutMs;
            Expect.Fails(Errno.ETIMEDOUT, Sockets.SendUntilFailure(client, out int sent));
            Stopwatch stopwatch = new Stopwatch();
            Expect.Throws(Errno.ETIMEDOUT, () => client.Send(new byte[1000]));
            stopwatch.AssertTook(TimeoutMs);

            // It stays usable.
            Drain(server, filled);
            if (sent > 0)
            {
                Sockets.Receive(server, new byte[sent]);
            }

            Sockets.Send(client, new byte[] { 8 });
            Sockets.Receive(server, new byte[] { 8 });
        }

        [TestMethod]
        public void Send_TimeoutAfterSome_GivesWhatWasTaken()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            int sent = Sockets.Fill(client);
            client.SendTimeout = TimeoutMs;
            byte[] more = new byte[500000];
            Pattern.Fill(more, 0, more.Length, sent);
            Background reader = sockets.Start(() => Drain(server, sent / 2));
            int taken = 0;
            int result = 1;
            while (taken < more.Length && (result = client.TrySend(more, taken, more.Length - taken, SocketFlags.None)) > 0)
            {
                taken += result;
            }

            Assert.IsTrue(taken == more.Length || result == -(int)Errno.ETIMEDOUT, "the send ended with " + result.ToString());
            reader.Join();
            Check(server, sent / 2, sent + taken);
        }

        [TestMethod]
        public void Send_MoreThanTheBuffers_WaitsForThePeer()
        {
            const int total = 700000;
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Background reader = sockets.Start(() => Drain(server, total));
            Assert.AreEqual(total, client.Send(Pattern.Make(total)));
            reader.Join();
        }

        [TestMethod]
        public void Send_RandomPieces_ArriveWholeAndInOrder()
        {
            const int total = 1 << 20;
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Random random = Pattern.NewRandom();
            Background writer = sockets.Start(() =>
            {
                byte[] piece = new byte[20000];
                for (int at = 0; at < total;)
                {
                    int count = 1 + random.Next(piece.Length);
                    count = count < total - at ? count : total - at;
                    Pattern.Fill(piece, 0, count, at);
                    Assert.AreEqual(count, client.Send(piece, 0, count, SocketFlags.None));
                    at += count;
                }

                client.Close();
            });
            Random sizes = Pattern.NewRandom();
            byte[] buffer = new byte[30000];
            int got;
            int place = 0;
            while ((got = server.Receive(buffer, 0, 1 + sizes.Next(buffer.Length), SocketFlags.None)) > 0)
            {
                Pattern.Check(buffer, 0, got, place);
                place += got;
            }

            writer.Join();
            Assert.AreEqual(total, place);
        }

        [TestMethod]
        public void Send_StreamWithAddress_IgnoresIt()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            SocketAddress other = new IPEndPoint(IPAddress.Loopback, 9).Serialize();
            Assert.AreEqual(1, client.TrySendTo(new byte[] { 3 }, 0, 1, SocketFlags.None, other));
            Sockets.Receive(server, new byte[] { 3 });
        }

        [TestMethod]
        public void Send_DontRoute_ReachesLoopback()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Assert.AreEqual(1, client.Send(new byte[] { 4 }, SocketFlags.DontRoute));
            Sockets.Receive(server, new byte[] { 4 });
        }

        [TestMethod]
        public void Send_OutOfBand_ArrivesOrIsNotSupported()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            byte[] buffer = { 6 };
            if (!StackUnderTest.Capabilities.HasOutOfBand)
            {
                Expect.Fails(Errno.EOPNOTSUPP, client.TrySend(buffer, 0, 1, SocketFlags.OutOfBand));
                return;
            }

            Assert.AreEqual(1, client.Send(buffer, SocketFlags.OutOfBand));
            Expect.Has(PollEvents.Pri, Sockets.Await(server, PollEvents.Pri));
            Assert.AreEqual(1, server.Receive(buffer, SocketFlags.OutOfBand));
            Assert.AreEqual((byte)6, buffer[0]);
        }

        // Reads what Sockets.Fill and Pattern sent from place 0 on.
        private static void Drain(Socket server, int count)
        {
            Check(server, 0, count);
        }

        private static void Check(Socket server, int from, int to)
        {
            byte[] buffer = new byte[16384];
            while (from < to)
            {
                int got = server.Receive(buffer, 0, buffer.Length < to - from ? buffer.Length : to - from, SocketFlags.None);
                Assert.IsTrue(got > 0, "the stream ended at " + from.ToString());
                Pattern.Check(buffer, 0, got, from);
                from += got;
            }
        }
    }
}
