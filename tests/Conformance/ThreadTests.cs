using System.Threading;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    [TestClass]
    public class ThreadTests
    {
        [TestMethod]
        public void Thread_BothDirectionsAtOnce_DoNotDisturbEachOther()
        {
            const int total = 300000;
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Background[] all =
            {
                sockets.Start(() => Write(client, total)),
                sockets.Start(() => Write(server, total)),
                sockets.Start(() => Read(client, total)),
                sockets.Start(() => Read(server, total)),
            };
            for (int i = 0; i < all.Length; i++)
            {
                all[i].Join();
            }
        }

        [TestMethod]
        public void Thread_TwoReceivers_GetEachByteOnce()
        {
            const int total = 100000;
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            int[] sums = new int[2];
            int[] counts = new int[2];
            Background one = sockets.Start(() => Sum(server, sums, counts, 0));
            Background other = sockets.Start(() => Sum(server, sums, counts, 1));
            byte[] bytes = Pattern.Make(total);
            int expected = 0;
            for (int i = 0; i < total; i++)
            {
                expected += bytes[i];
            }

            for (int at = 0; at < total; at += 1000)
            {
                Assert.AreEqual(1000, client.Send(bytes, at, 1000, SocketFlags.None));
            }

            client.Close();
            one.Join();
            other.Join();
            Assert.AreEqual(total, counts[0] + counts[1]);
            Assert.AreEqual(expected, sums[0] + sums[1]);
        }

        [TestMethod]
        public void Thread_TwoSenders_KeepTheirDatagramsWhole()
        {
            const int each = 50;
            using Sockets sockets = new Sockets();
            DatagramTests.Exchange(sockets, out Socket sender, out Socket receiver);
            EndPoint to = receiver.LocalEndPoint;

            // A board's queue holds few: a thread's next one follows when its last one was received.
            AutoResetEvent[] received = { null, new AutoResetEvent(true), new AutoResetEvent(true) };
            Background one = sockets.Start(() => SendMany(sender, to, 1, each, received[1]));
            Background other = sockets.Start(() => SendMany(sender, to, 2, each, received[2]));
            int[] seen = new int[3];
            byte[] buffer = new byte[600];
            for (int i = 0; i < 2 * each; i++)
            {
                Assert.AreEqual(500, receiver.Receive(buffer));
                Assert.IsTrue(buffer[0] == buffer[250] && buffer[0] == buffer[499], "a mixed datagram");
                seen[buffer[0]]++;
                received[buffer[0]].Set();
            }

            one.Join();
            other.Join();
            Assert.AreEqual(each, seen[1]);
            Assert.AreEqual(each, seen[2]);
        }

        [TestMethod]
        public void Thread_PollWhileAnotherReceives_SeesTheData()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Background waiter = sockets.Start(() =>
            {
                for (int i = 0; i < 100; i++)
                {
                    Expect.Has(PollEvents.In, Sockets.Await(server, PollEvents.In));
                    Assert.AreEqual(1, server.Receive(new byte[1]));
                    Sockets.Send(server, new byte[1]);
                }
            });
            for (int i = 0; i < 100; i++)
            {
                Sockets.Send(client, new byte[1]);
                Assert.AreEqual(1, client.Receive(new byte[1]));
            }

            waiter.Join();
        }

        [TestMethod]
        public void Thread_ManyConnectAndClose_LeaveNothingBehind()
        {
            const int each = 25;
            Expect.NeedsSockets(9);
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener(64);
            EndPoint address = listener.LocalEndPoint;
            Background server = sockets.Start(() =>
            {
                for (int i = 0; i < 4 * each; i++)
                {
                    Assert.IsTrue(listener.Accept(Sockets.PatienceMs, out Socket accepted), "no connection came");
                    sockets.Add(accepted);
                    Assert.AreEqual(1, accepted.Receive(new byte[1]));
                    accepted.Close();
                }
            });
            for (int t = 0; t < 4; t++)
            {
                sockets.Start(() =>
                {
                    for (int i = 0; i < each; i++)
                    {
                        using Socket client = new Socket(Sockets.Stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                        client.Connect(address, Sockets.PatienceMs);
                        client.Send(new byte[1]);
                        Assert.AreEqual(0, client.Receive(new byte[1]));
                    }
                });
            }

            server.Join();
        }

        private static void Write(Socket socket, int total)
        {
            byte[] piece = new byte[5000];
            for (int at = 0; at < total; at += piece.Length)
            {
                Pattern.Fill(piece, 0, piece.Length, at);
                Sockets.Send(socket, piece);
            }
        }

        private static void Read(Socket socket, int total)
        {
            byte[] buffer = new byte[7000];
            for (int at = 0; at < total;)
            {
                int got = socket.Receive(buffer);
                Assert.IsTrue(got > 0, "the stream ended at " + at.ToString());
                Pattern.Check(buffer, 0, got, at);
                at += got;
            }
        }

        private static void Sum(Socket socket, int[] sums, int[] counts, int index)
        {
            byte[] buffer = new byte[700];
            int got;
            while ((got = socket.Receive(buffer)) > 0)
            {
                counts[index] += got;
                for (int i = 0; i < got; i++)
                {
                    sums[index] += buffer[i];
                }
            }
        }

        private static void SendMany(Socket socket, EndPoint to, byte mark, int count, AutoResetEvent received)
        {
            byte[] datagram = new byte[500];
            for (int i = 0; i < datagram.Length; i++)
            {
                datagram[i] = mark;
            }

            for (int i = 0; i < count; i++)
            {
                Assert.IsTrue(received.WaitOne(Sockets.PatienceMs, false), "a datagram was lost");
                Assert.AreEqual(500, socket.SendTo(datagram, to));
            }
        }
    }
}
