using IoTNet.Emulator;

namespace IoTNet.Tests.Server;

/// <summary>Datagrams between emulated boards, with the real lwIP.</summary>
[TestClass]
public sealed class LwipTests
{
    private const int Port = 4000;

    [TestMethod]
    public void LoopOn_UnderLoss_AnswersEachFromItsOwnAddress() => TestNetwork.Run(net =>
    {
        net.Patience = TimeSpan.FromSeconds(60);
        EmulatedBoard server = net.AddBoard("server", BoardProfile.Stm32), client = net.AddBoard("client", BoardProfile.Esp32);
        net.SetLink(server, new LinkConditions { Loss = 0.3 });
        using ManualResetEventSlim ready = new();
        Socket[] sockets = [];
        List<string> errors = [];
        BoardProgram serving = server.Run(() =>
        {
            sockets = UdpServer.Sockets(null, Port);
            Assert.AreEqual(2, sockets.Length, "127.0.0.1 and the board's address");
            ready.Set();
            UdpServer.LoopOn(sockets, (buffer, offset, count, source) =>
            {
                source.Reply(buffer, offset, count);
                if (buffer[offset] == 7)
                {
                    throw new FormatException("seven");
                }
            }, (_, error) => errors.Add(error.Message));
        });
        net.Wait(client.Run(() =>
        {
            Assert.IsTrue(ready.Wait(Stacks.PatienceMs));
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 50 };
            IPEndPoint asked = new(server.Address, Port);
            byte[] answer = new byte[4];
            for (byte i = 0; i < 20; i++)
            {
                int count;
                SocketFlags flags;
                SocketAddress sender = new();
                do
                {
                    socket.SendTo([i], asked);
                    flags = SocketFlags.None;
                    count = socket.TryReceiveFrom(answer, 0, answer.Length, ref flags, sender);
                }
                while (count != 1 || answer[0] != i);
                Assert.AreEqual(asked, IPEndPoint.FromSocketAddress(sender));
            }
        }));
        Array.ForEach(sockets, s => s.Close());
        net.Wait(serving);
        Assert.IsTrue(errors.Count > 0 && errors.All(e => e == "seven"));
    });

    [TestMethod]
    public void DatagramSocket_ThroughAPartition_IsHeardAgainAfterwards() => TestNetwork.Run(net =>
    {
        net.Patience = TimeSpan.FromSeconds(60);
        EmulatedBoard a = net.AddBoard("a", BoardProfile.Esp32), b = net.AddBoard("b", BoardProfile.Esp32);
        using ManualResetEventSlim ready = new();
        EventLoop? hearing = null;
        int heard = 0;
        BoardProgram listener = b.Run(() =>
        {
            using EventLoop loop = new();
            hearing = loop;
            using DatagramSocket socket = new(loop);
            socket.Message += (s, buffer, offset, count, from) =>
            {
                heard++;
                s.Send(buffer, offset, count, from, null);
            };
            socket.Bind(Port, null, _ => ready.Set());
            loop.Run();
        });
        net.Wait(a.Run(() =>
        {
            Assert.IsTrue(ready.Wait(Stacks.PatienceMs));
            using EventLoop loop = new();
            using DatagramSocket socket = new(loop);
            byte phase = 0;
            int before = 0, sent = 0;
            byte[] data = new byte[1];
            socket.Error += (_, error) => Assert.AreEqual("EHOSTUNREACH", error.Code);
            socket.Message += (_, buffer, offset, _, _) =>
            {
                if (buffer[offset] == phase && phase == 0)
                {
                    phase = 1;
                    net.Partition(a, b);
                    before = sent;
                }
                else if (buffer[offset] == 2)
                {
                    loop.Stop();
                }
            };
            LoopTimer beat = new(loop, _ =>
            {
                // Ten unanswered ones, then the cable is back.
                if (phase == 1 && sent - before == 10)
                {
                    net.Heal(a, b);
                    phase = 2;
                }

                data[0] = phase;
                socket.Send(data, 0, 1, Port, b.Address.ToString(), (_, _) => sent++);
            }, null);
            beat.Start(0, 10);
            loop.Run();
            Assert.AreEqual(2, phase);
        }));
        hearing!.Stop();
        net.Wait(listener);
        Assert.IsTrue(heard >= 2);
    });

    [TestMethod]
    public void Broadcast_AndMulticast_ReachEveryBoard() => TestNetwork.Run(net =>
    {
        EmulatedBoard[] boards = [net.AddBoard("a"), net.AddBoard("b"), net.AddBoard("c")];
        using CountdownEvent ready = new(boards.Length - 1);
        BoardProgram[] members = [.. boards[1..].Select(board => board.Run(() =>
        {
            HashSet<byte> heard = [];
            using EventLoop loop = new();
            using DatagramSocket socket = new(loop);
            socket.Message += (_, buffer, offset, _, _) =>
            {
                heard.Add(buffer[offset]);
                if (heard.Count == 2)
                {
                    loop.Stop();
                }
            };
            socket.Bind(Port, null, s =>
            {
                s.AddMembership("239.1.2.3");
                ready.Signal();
            });
            loop.Run();
        }))];
        net.Wait(boards[0].Run(() =>
        {
            Assert.IsTrue(ready.Wait(Stacks.PatienceMs));
            using EventLoop loop = new();
            using DatagramSocket socket = new(loop);
            int sent = 0;
            DatagramCallback onSent = (error, _) =>
            {
                Assert.IsNull(error);
                if (++sent == 2)
                {
                    loop.Stop();
                }
            };
            socket.Bind(0, null, s =>
            {
                s.SetBroadcast(true);
                s.Send([1], 0, 1, Port, "255.255.255.255", onSent);
                s.Send([2], 0, 1, Port, "239.1.2.3", onSent);
            });
            loop.Run();
        }));
        net.Wait(members);
    });

    [TestMethod]
    public void GetLocalAddresses_OfABoard_AreItsOwnAndLoopback() => TestNetwork.Run(net =>
    {
        EmulatedBoard board = net.AddBoard("board", BoardProfile.Esp32);
        net.Wait(board.Run(() =>
        {
            IPAddress[] addresses = new IPAddress[4];
            Assert.AreEqual(2, ((ILocalAddresses)NetworkStack.Current.Network).GetLocalAddresses(addresses));
            CollectionAssert.AreEqual(new[] { board.Address, IPAddress.Loopback }, addresses[..2]);
        }));
    });
}
