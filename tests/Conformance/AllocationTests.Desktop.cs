#if !NANOFRAMEWORK_1_0
using System;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace IoTNet.Tests
{
    // Send, receive and poll allocate nothing in the steady state. Only .NET can count; the device runs the same code.
    [TestClass]
    public class AllocationTests
    {
        private const int Rounds = 1000;

        [TestMethod]
        public void Allocation_SendAndReceive_IsZero()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            byte[] buffer = new byte[64];
            AssertZero(() =>
            {
                client.TrySend(buffer, 0, 64, SocketFlags.None);
                server.TryReceive(buffer, 0, 64, SocketFlags.None);
            });
        }

        [TestMethod]
        public void Allocation_Refusals_AreZero()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Socket udp = sockets.BoundUdp();
            Socket listener = sockets.Listener();
            server.Close();
            byte[] buffer = new byte[64];
            client.ReceiveTimeout = Sockets.PatienceMs;
            Assert.AreEqual(0, client.TryReceive(buffer, 0, 64, SocketFlags.None));
            AssertZero(() =>
            {
                client.TryReceive(buffer, 0, 64, SocketFlags.None);
                udp.TryReceive(buffer, 0, 64, SocketFlags.DontWait);
                listener.TryAccept(0, out Socket _);
            });
        }

        [TestMethod]
        public void Allocation_Datagrams_IsZero()
        {
            using Sockets sockets = new Sockets();
            DatagramTests.Exchange(sockets, out Socket sender, out Socket receiver);
            SocketAddress to = receiver.LocalEndPoint.Serialize();
            SocketAddress from = new SocketAddress();
            byte[] buffer = new byte[64];
            AssertZeroUnless(StackUnderTest.Capabilities.AllocatesForAddresses, () =>
            {
                SocketFlags flags = SocketFlags.None;
                sender.TrySendTo(buffer, 0, 64, SocketFlags.None, to);
                receiver.TryReceiveFrom(buffer, 0, 64, ref flags, from);
            });
        }

        [TestMethod]
        public void Allocation_Messages_IsZero()
        {
            using Sockets sockets = new Sockets();
            DatagramTests.Exchange(sockets, out Socket sender, out Socket receiver);
            SocketMessage sent = new SocketMessage();
            sent.Address = receiver.LocalEndPoint.Serialize();
            sent.Add(new byte[10]);
            sent.Add(new byte[20]);
            SocketMessage received = new SocketMessage();
            received.Address = new SocketAddress();
            received.Add(new byte[15]);
            received.Add(new byte[15]);
            AssertZeroUnless(StackUnderTest.Capabilities.AllocatesForAddresses, () =>
            {
                received.Flags = SocketFlags.None;
                sender.TrySendMsg(sent);
                receiver.TryReceiveMsg(received);
            });
        }

        [TestMethod]
        public void Allocation_Waits_AreZero()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Socket idle = sockets.BoundUdp();
            Poller poller = new Poller();
            poller.Add(client, PollEvents.In | PollEvents.Out);
            poller.Add(server, PollEvents.In);
            poller.Add(idle, PollEvents.In);
            AssertZero(() =>
            {
                client.Wait(PollEvents.Out, -1);
                idle.Poll(0, SelectMode.SelectRead);
                poller.TryWait(-1);
            });
        }

        [TestMethod]
        public void Allocation_BlockedReceive_IsZero()
        {
            const int rounds = 200;
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Background echo = sockets.Start(() =>
            {
                byte[] bytes = new byte[8];
                while (server.TryReceive(bytes, 0, 8, SocketFlags.None) == 8)
                {
                    server.TrySend(bytes, 0, 8, SocketFlags.None);
                }
            });
            byte[] buffer = new byte[8];
            AssertZero(rounds, () =>
            {
                client.TrySend(buffer, 0, 8, SocketFlags.None);
                client.TryReceive(buffer, 0, 8, SocketFlags.None);
            });
            client.Close();
            echo.Join();
        }

        private static void AssertZero(Body body)
        {
            AssertZero(Rounds, body);
        }

        private static void AssertZeroUnless(bool allocates, Body body)
        {
            if (!allocates)
            {
                AssertZero(Rounds, body);
                return;
            }

            Assert.IsTrue(Count(Rounds, body) > 0, "the stack says that it allocates, and does not");
        }

        private static void AssertZero(int rounds, Body body)
        {
            long bytes = Count(rounds, body);
            Assert.IsTrue(bytes == 0, bytes.ToString() + " bytes in " + rounds.ToString() + " rounds");
        }

        // The first rounds may fill caches, and the runtime compiles hot code again, elsewhere.
        private static long Count(int rounds, Body body)
        {
            for (int i = 0; i < rounds; i++)
            {
                body();
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < rounds; i++)
            {
                body();
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
#endif
