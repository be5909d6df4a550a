using IoTNet.Emulator;

namespace IoTNet.Tests.Messaging.Boards;

/// <summary>What a board's context takes of it: a thread for connections, nothing for inproc.</summary>
[TestClass]
public class ContextTests
{
    private const int Cycles = 100;

    [TestMethod]
    public void Thread_OfTheContext_EndsWithThePowerAndSoDoCallsThatWait() => TestNetwork.Run(net =>
    {
        net.Patience = BoardSockets.Patience;
        EmulatedBoard server = net.AddBoard("server", BoardProfile.Esp32);
        EmulatedBoard client = net.AddBoard("client", BoardProfile.Esp32);
        TaskCompletionSource<Thread> loop = new();
        MessageContext? context = null;
        int received = 0;
        using ManualResetEventSlim bound = new();
        BoardProgram program = server.Run(() =>
        {
            context = MessageContext.Current;
            MessageSocket pull = BoardSockets.Open(MessageSocketType.Pull);
            // The loop's thread checks who comes.
            pull.Options.Security = new PlainServerSecurity((_, _) => loop.TrySetResult(Thread.CurrentThread));
            pull.Bind($"tcp://*:{BoardSockets.Port}");
            bound.Set();
            received = pull.TryReceive(new byte[1], 0, 1, out _, -1);
        });
        Assert.IsTrue(bound.Wait(BoardSockets.Patience));
        BoardProgram connecting = client.Run(() =>
        {
            MessageSocket push = BoardSockets.Open(MessageSocketType.Push, o => o.Security = new PlainClientSecurity("client", ""));
            push.Connect(BoardSockets.EndpointOf(server));
            Assert.IsTrue(loop.Task.Wait(BoardSockets.Patience), "no client came");
            MessageContext.Current.Close();
        });
        net.Wait(connecting);
        Thread thread = loop.Task.Result;
        Assert.IsTrue(thread.IsAlive);

        server.PowerOff();

        Assert.IsTrue(thread.Join(BoardSockets.Patience), "the context's thread outlives the board's power");
        Assert.IsTrue(program.Join((int)BoardSockets.Patience.TotalMilliseconds), "a receive outlives the board's power");
        Assert.IsNull(program.Failure);
        Assert.AreEqual(-(int)Errno.EBADF, received);
        Assert.ThrowsExactly<ObjectDisposedException>(() => new MessageSocket(context!, MessageSocketType.Pull));
        context!.Close();
    });

    // On a thread of its own, an exception that nobody catches would end the process.
    [TestMethod]
    public void PowerOff_WhileConnectionsAreMade_EndsTheContextQuietly() => TestNetwork.Run(net =>
    {
        net.Patience = BoardSockets.Patience;
        EmulatedBoard peer = net.AddBoard("peer", BoardProfile.Esp32);
        EmulatedBoard board = net.AddBoard("board", BoardProfile.Esp32);
        using ManualResetEventSlim bound = new();
        peer.Run(() =>
        {
            MessageSocket pull = BoardSockets.Open(MessageSocketType.Pull);
            pull.Bind($"tcp://*:{BoardSockets.Port}");
            bound.Set();
            pull.TryReceive(new byte[1], 0, 1, out _, -1);
        });
        Assert.IsTrue(bound.Wait(BoardSockets.Patience));
        for (int cycle = 0; cycle < Cycles; cycle++)
        {
            using ManualResetEventSlim begun = new();
            BoardProgram program = board.Run(() =>
            {
                MessageSocket push = BoardSockets.Open(MessageSocketType.Push);
                begun.Set();
                for (int i = 0; i < 10; i++)
                {
                    push.Connect(BoardSockets.EndpointOf(peer));
                }
            });
            Assert.IsTrue(begun.Wait(BoardSockets.Patience));
            Thread.SpinWait(cycle * 2000);
            board.Reset();
            Assert.IsTrue(program.Join((int)BoardSockets.Patience.TotalMilliseconds), "the program outlives the power");
        }

        peer.PowerOff();
    });

    [TestMethod]
    public void InprocPair_OfTwoThreads_NeedsNoNetwork() => TestNetwork.Run(net =>
    {
        const int messages = 1000;
        net.Patience = BoardSockets.Patience;
        EmulatedBoard board = net.AddBoard("board", BoardProfile.Stm32);
        net.Wait(board.Run(() =>
        {
            Socket[] others = [.. Enumerable.Range(0, 4).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))];
            long frames = board.GetState().FramesOut;
            using ManualResetEventSlim ended = new();
            Exception? failure = null;
            Thread worker = new(() =>
            {
                try
                {
                    MessageSocket pair = BoardSockets.Open(MessageSocketType.Pair);
                    pair.Connect("inproc://worker");
                    for (int i = 0; i < messages; i++)
                    {
                        pair.SendText("answer to " + pair.ReceiveText());
                    }
                }
                catch (Exception e)
                {
                    failure = e;
                }
                finally
                {
                    ended.Set();
                }
            });
            worker.Start();
            MessageSocket main = BoardSockets.Open(MessageSocketType.Pair);
            main.Bind("inproc://worker");
            for (int i = 0; i < messages; i++)
            {
                main.SendText("question " + i);
                Assert.AreEqual("answer to question " + i, main.ReceiveText());
            }

            Assert.IsTrue(ended.Wait(BoardSockets.Patience));
            Assert.IsNull(failure, failure?.ToString());
            Assert.IsNull(MessageContext.Current.Loop, "a loop, and its thread");
            Assert.AreEqual(frames, board.GetState().FramesOut);
            MessageContext.Current.Close();
            Array.ForEach(others, s => s.Close());
        }));
    });
}
