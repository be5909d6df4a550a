#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    // A call that waits ends with EINTR or EBADF when its socket is closed under it; it never hangs.
    [TestClass]
    public class CloseWakesTests
    {
        [TestMethod]
        public void Close_DuringReceive_EndsIt()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket _);
            CloseUnder(sockets, client, () => Expect.EndsByClose(client.TryReceive(new byte[1], 0, 1, SocketFlags.None)));
        }

        [TestMethod]
        public void Close_DuringReceiveWithTimeout_EndsIt()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket _);
            client.ReceiveTimeout = 2 * Sockets.PatienceMs;
            CloseUnder(sockets, client, () => Expect.EndsByClose(client.TryReceive(new byte[1], 0, 1, SocketFlags.None)));
        }

        [TestMethod]
        public void Close_DuringReceiveOfADatagram_EndsIt()
        {
            using Sockets sockets = new Sockets();
            Socket socket = sockets.BoundUdp();
            SocketFlags flags = SocketFlags.None;
            CloseUnder(sockets, socket, () =>
                Expect.EndsByClose(socket.TryReceiveFrom(new byte[1], 0, 1, ref flags, new SocketAddress())));
        }

        [TestMethod]
        public void Close_DuringThrowingReceive_ThrowsSocketException()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket _);
            CloseUnder(sockets, client, () =>
            {
                try
                {
                    client.Receive(new byte[1]);
                    Assert.IsTrue(false, "receive gave data");
                }
                catch (SocketException e)
                {
                    Expect.EndsByClose(-(int)e.Errno);
                }
            });
        }

        [TestMethod]
        public void Close_DuringWaitAll_EndsIt()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Sockets.Send(server, new byte[] { 1 });

            // What came before counts, as before any other error.
            CloseUnder(sockets, client, () => Assert.AreEqual(1, client.TryReceive(new byte[4], 0, 4, SocketFlags.WaitAll)));
        }

        [TestMethod]
        public void Close_DuringReceiveMsg_EndsIt()
        {
            using Sockets sockets = new Sockets();
            Socket socket = sockets.BoundUdp();
            SocketMessage message = new SocketMessage();
            message.Add(new byte[4]);
            CloseUnder(sockets, socket, () => Expect.EndsByClose(socket.TryReceiveMsg(message)));
        }

        [TestMethod]
        public void Close_DuringAccept_EndsIt()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            CloseUnder(sockets, listener, () => Expect.EndsByClose(listener.TryAccept(-1, out Socket _)));
        }

        [TestMethod]
        public void Close_DuringConnect_EndsIt()
        {
            using Sockets sockets = new Sockets();
            EndPoint blackhole = sockets.FullListener(out int _).LocalEndPoint;
            Socket client = sockets.Tcp();
            CloseUnder(sockets, client, () => Expect.EndsByClose(client.TryConnect(blackhole, -1)));
        }

        [TestMethod]
        public void Close_DuringConnectWithTimeout_EndsIt()
        {
            using Sockets sockets = new Sockets();
            EndPoint blackhole = sockets.FullListener(out int _).LocalEndPoint;
            Socket client = sockets.Tcp();
            CloseUnder(sockets, client, () => Expect.EndsByClose(client.TryConnect(blackhole, 2 * Sockets.PatienceMs)));
        }

        [TestMethod]
        public void Close_DuringSend_EndsIt()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket _);
            Sockets.Fill(client);
            CloseUnder(sockets, client, () => Expect.EndsByClose(Sockets.SendUntilFailure(client, out int _)));
        }

        [TestMethod]
        public void Close_DuringWait_GivesNval()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket _);
            CloseUnder(sockets, client, () => Expect.Has(PollEvents.Nval, client.Wait(PollEvents.In, -1)));
        }

        [TestMethod]
        public void Close_DuringPoll_EndsIt()
        {
            using Sockets sockets = new Sockets();
            Socket socket = sockets.BoundUdp();
            CloseUnder(sockets, socket, () => socket.Poll(-1, SelectMode.SelectRead));
        }

        [TestMethod]
        public void Close_DuringPollerWait_GivesNval()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Poller poller = new Poller();
            int other = poller.Add(server, PollEvents.In);
            int index = poller.Add(client, PollEvents.In);
            CloseUnder(sockets, client, () =>
            {
                Assert.IsTrue(poller.Wait(-1) >= 1, "the wait saw nothing");
                Expect.Has(PollEvents.Nval, poller.GetEvents(index));
                Expect.Events(PollEvents.None, poller.GetEvents(other) & PollEvents.Nval);
            });
        }

        [TestMethod]
        public void Close_DuringSeveralCalls_EndsAll()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket _);
            Background[] receivers = new Background[3];
            for (int i = 0; i < receivers.Length; i++)
            {
                receivers[i] = sockets.Start(() => Expect.EndsByClose(client.TryReceive(new byte[1], 0, 1, SocketFlags.None)));
            }

            receivers[receivers.Length - 1].LetBlock();
            client.Close();
            for (int i = 0; i < receivers.Length; i++)
            {
                receivers[i].Join();
            }
        }

        [TestMethod]
        public void Close_RacingReceive_NeverHangs()
        {
            using Sockets sockets = new Sockets();
            for (int i = 0; i < 30; i++)
            {
                sockets.Connected(out Socket client, out Socket server);
                Background receiver = Background.Start(() =>
                    Expect.EndsByClose(client.TryReceive(new byte[1], 0, 1, SocketFlags.None)));
                client.Close();
                receiver.Join();
                server.Close();
            }
        }

        private static void CloseUnder(Sockets sockets, Socket socket, Body waits)
        {
            Background waiter = sockets.Start(waits);
            waiter.LetBlock();
            Assert.IsFalse(waiter.HasEnded, "the call did not wait");
            socket.Close();
            waiter.Join();
        }
    }
}
