using IoTNet.Emulator;

namespace IoTNet.Tests.Messaging.Boards;

/// <summary>A board with four sockets in all, which others hold.</summary>
[TestClass]
public class SocketPoolTests
{
    private const int Sockets = 4;

    [TestMethod]
    public void Bind_WithoutAFreeSocket_FailsWithENFILEAndWorksAfterwards() => TestNetwork.Run(net =>
    {
        EmulatedBoard board = net.AddBoard("board", BoardProfile.Stm32);
        net.Wait(board.Run(() =>
        {
            Socket[] others = Take();
            MessageSocket pull = BoardSockets.Open(MessageSocketType.Pull);
            SocketException error = Assert.ThrowsExactly<SocketException>(() => pull.Bind($"tcp://*:{BoardSockets.Port}"));
            Assert.AreEqual(Errno.ENFILE, error.Errno);
            Assert.Contains($"tcp://0.0.0.0:{BoardSockets.Port}", error.Message);
            Assert.Contains("4", error.Message.Replace($"tcp://0.0.0.0:{BoardSockets.Port}", ""), "the limit");

            others[0].Close();
            pull.Bind($"tcp://*:{BoardSockets.Port}");
            Assert.AreEqual($"tcp://0.0.0.0:{BoardSockets.Port}", pull.LastEndpoint);
            Close(others);
            MessageContext.Current.Close();
        }));
    });

    [TestMethod]
    public void Connect_WithoutAFreeSocket_GetsOnWhenThereIsOne() => TestNetwork.Run(net =>
    {
        net.Patience = BoardSockets.Patience;
        EmulatedBoard collector = net.AddBoard("collector", BoardProfile.Esp32);
        EmulatedBoard board = net.AddBoard("board", BoardProfile.Stm32);
        using ManualResetEventSlim bound = new();
        using ManualResetEventSlim first = new();
        BoardProgram collecting = collector.Run(() =>
        {
            MessageSocket pull = BoardSockets.Open(MessageSocketType.Pull);
            pull.Bind($"tcp://*:{BoardSockets.Port}");
            bound.Set();
            for (int i = 1; i <= 3; i++)
            {
                Assert.AreEqual("reading " + i, pull.ReceiveText());
            }

            MessageContext.Current.Close();
        });
        Assert.IsTrue(bound.Wait(BoardSockets.Patience));
        BoardProgram pushing = board.Run(() =>
        {
            Socket[] others = Take();
            MessageSocket push = BoardSockets.Open(MessageSocketType.Push);
            push.Connect(BoardSockets.EndpointOf(collector));
            push.SendText("reading 1");
            push.SendText("reading 2");
            // It has tried, and tries again.
            Thread.Sleep(200);
            Assert.AreEqual(Sockets, board.GetState().OpenSockets);
            others[0].Close();
            push.SendText("reading 3");
            push.Options.LingerMs = -1;
            Close(others);
            MessageContext.Current.Close();
        });
        net.Wait(collecting, pushing);
    });

    [TestMethod]
    public void Collector_WithAllSocketsInUse_TakesTheNextSensorWhenOneLeaves() => TestNetwork.Run(net =>
    {
        net.Patience = BoardSockets.Patience;
        EmulatedBoard collector = net.AddBoard("collector", BoardProfile.Stm32);
        // One socket listens, three are connections, and the fourth sensor waits.
        EmulatedBoard[] boards = [.. Enumerable.Range(1, Sockets).Select(i => net.AddBoard("sensor" + i, BoardProfile.Esp32))];
        HashSet<string> heard = [];
        using ManualResetEventSlim bound = new();
        using CountdownEvent three = new(Sockets - 1);
        using ManualResetEventSlim leave = new();
        BoardProgram collecting = collector.Run(() =>
        {
            MessageSocket pull = BoardSockets.Open(MessageSocketType.Pull);
            pull.Bind($"tcp://*:{BoardSockets.Port}");
            bound.Set();
            for (int i = 0; i < Sockets; i++)
            {
                Assert.IsTrue(heard.Add(pull.ReceiveText()));
                Assert.IsLessThanOrEqualTo(Sockets, collector.GetState().OpenSockets);
                if (heard.Count < Sockets)
                {
                    three.Signal();
                }
            }

            MessageContext.Current.Close();
        });
        Assert.IsTrue(bound.Wait(BoardSockets.Patience));
        BoardProgram[] sensors = [.. boards.Select(board => board.Run(() =>
        {
            MessageSocket push = BoardSockets.Open(MessageSocketType.Push);
            push.Options.LingerMs = (int)BoardSockets.Patience.TotalMilliseconds;
            push.Connect(BoardSockets.EndpointOf(collector));
            push.SendText(board.Name);
            Assert.IsTrue(leave.Wait(BoardSockets.Patience));
            MessageContext.Current.Close();
        }))];
        Assert.IsTrue(three.Wait(BoardSockets.Patience), "the first three sensors are heard");
        leave.Set();
        net.Wait([collecting, .. sensors]);
        CollectionAssert.AreEquivalent(boards.Select(b => b.Name).ToArray(), heard.ToArray());
    });

    private static Socket[] Take() =>
        [.. Enumerable.Range(0, Sockets).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))];

    private static void Close(Socket[] sockets) => Array.ForEach(sockets, s => s.Close());
}
