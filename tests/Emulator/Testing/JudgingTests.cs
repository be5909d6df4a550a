namespace IoTNet.Emulator.Tests;

/// <summary>What fails a test, and what does not.</summary>
[TestClass]
public sealed class JudgingTests
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(50);

    [TestMethod]
    public void Run_WithProgramsThatCloseTheirSockets_Passes()
    {
        // One of the ends comes into TIME_WAIT, which is no leak.
        TestNetwork.Run(net =>
        {
            Nets.Echo(net);
            Assert.IsTrue(SpinWait.SpinUntil(() => net.Boards.Any(board => board.GetState().TcpTimeWaiting > 0), Nets.PatienceMs));
        });
    }

    [TestMethod]
    public void Run_WithALeakedSocket_FailsAndNamesIt()
    {
        TestNetworkException failure = Nets.Fails(net =>
        {
            net.Patience = s_short;
            EmulatedBoard board = net.AddBoard("sensor");
            _ = net.AddBoard("other");
            board.Run(() => Nets.Udp(7000));
        });
        StringAssert.StartsWith(failure.Message, "sensor: left open: udp 0.0.0.0:7000" + Environment.NewLine);
        Assert.DoesNotContain("other", failure.Message);
    }

    [TestMethod]
    public void Run_WithALeakedConnection_NamesBothEndsAndStates()
    {
        TestNetworkException failure = Nets.Fails(net =>
        {
            net.Patience = s_short;
            EmulatedBoard board = net.AddBoard("server"), client = net.AddBoard("client");
            Socket listener = new(board.Stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(board.Options.Address, 7));
            listener.Listen(1);
            Socket connection = new(client.Stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            connection.Bind(new IPEndPoint(IPAddress.Any, 5000));
            connection.Connect(listener.LocalEndPoint, Nets.PatienceMs);
            Assert.IsTrue(listener.Accept(Nets.PatienceMs, out Socket _));
            listener.Close();
        });
        Assert.Contains("server: left open: tcp 10.0.2.15:7 -> 10.0.2.16:5000 Established", failure.Message);
        Assert.Contains("client: left open: tcp 10.0.2.16:5000 -> 10.0.2.15:7 Established", failure.Message);
    }

    [TestMethod]
    public void Run_WithALeakedPair_Fails()
    {
        TestNetworkException failure = Nets.Fails(net =>
        {
            net.Patience = s_short;
            net.AddBoard("sensor").Run(
                () => Socket.Pair(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified, out _, out _));
        });
        StringAssert.StartsWith(failure.Message, "sensor: left open: 2 in memory");
    }

    [TestMethod]
    public void Run_WithASocketThatAThreadClosesSoon_Passes()
    {
        TestNetwork.Run(net =>
        {
            ManualResetEventSlim mainEnded = new();
            BoardProgram main = net.AddBoard("sensor").Run(() =>
            {
                Socket socket = Nets.Udp();
                new Thread(() =>
                {
                    mainEnded.Wait();
                    socket.Close();
                }).Start();
            });
            net.Wait(main);
            mainEnded.Set();
        });
    }

    [TestMethod]
    public void Run_WithAProgramThatThrows_FailsWithItsException()
    {
        InvalidOperationException cause = new("no readings");
        TestNetworkException failure = Nets.Fails(net => net.AddBoard("sensor").Run(() => throw cause, "sampler"));

        StringAssert.StartsWith(failure.Message, "sensor: program sampler threw InvalidOperationException: no readings");
        Assert.AreSame(cause, failure.InnerException);
    }

    [TestMethod]
    public void Run_WithAFailedAssertionAndAProgramThatThrew_TellsBoth()
    {
        TestNetworkException failure = Nets.Fails(net =>
        {
            Assert.IsTrue(net.AddBoard("sensor").Run(() => throw new InvalidOperationException("no readings")).Join(Nets.PatienceMs));
            Assert.Fail("nothing came");
        });
        Assert.IsInstanceOfType<AssertFailedException>(failure.InnerException);
        Assert.Contains("nothing came", failure.Message);
        Assert.Contains("sensor: program main threw InvalidOperationException: no readings", failure.Message);
    }

    [TestMethod]
    public void Run_WithAProgramThatStillRuns_FailsAndTellsItsSockets()
    {
        using ManualResetEventSlim end = new();
        BoardProgram? program = null;
        TestNetworkException failure = Nets.Fails(net =>
        {
            net.Patience = s_short;
            program = net.AddBoard("sensor").Run(() =>
            {
                using Socket socket = Nets.Udp(7000);
                end.Wait();
            });
        });
        StringAssert.StartsWith(failure.Message, "sensor: program main still runs after 0.05 s");
        Assert.Contains("sensor: left open: udp 0.0.0.0:7000", failure.Message);
        end.Set();
        Assert.IsTrue(program!.Join(Nets.PatienceMs));
    }

    [TestMethod]
    public void Run_WithAProgramThatLostPower_DoesNotJudgeIt()
    {
        TestNetwork.Run(net =>
        {
            EmulatedBoard board = net.AddBoard("server");
            using ManualResetEventSlim bound = new();
            BoardProgram server = board.Run(() =>
            {
                Socket socket = Nets.Udp(7);
                bound.Set();
                for (;;)
                {
                    socket.Receive(new byte[1]);
                }
            });
            Assert.IsTrue(bound.Wait(Nets.PatienceMs));
            board.PowerOff();
            Assert.IsTrue(server.Join(Nets.PatienceMs));
            Assert.IsTrue(server.LostPower);
            Assert.IsInstanceOfType<SocketException>(server.Failure);
        });
    }

    [TestMethod]
    public void Run_WithAProgramThatThrewBeforeItsBoardLostPower_Fails()
    {
        TestNetworkException failure = Nets.Fails(net =>
        {
            EmulatedBoard board = net.AddBoard("sensor");
            Assert.IsTrue(board.Run(() => throw new InvalidOperationException("no readings")).Join(Nets.PatienceMs));
            board.PowerOff();
        });
        Assert.Contains("no readings", failure.Message);
    }

    [TestMethod]
    public void Wait_WhileAnotherProgramThrows_FailsAtOnce()
    {
        using ManualResetEventSlim end = new();
        TestNetworkException failure = Nets.Fails(net =>
        {
            net.Patience = TimeSpan.FromHours(1);
            BoardProgram waiting = net.AddBoard("collector").Run(end.Wait);
            net.AddBoard("sensor").Run(() => throw new InvalidOperationException("no readings"));
            net.Wait(waiting);
        });
        end.Set();

        // Once: it is the test's own failure and the program's in one.
        Assert.AreEqual(2, failure.Message.Split("no readings").Length);
        StringAssert.StartsWith(failure.Message, "sensor: ");
    }

    [TestMethod]
    public void Wait_ForNothingNamed_WaitsForAllPrograms()
    {
        TestNetwork.Run(net =>
        {
            BoardProgram[] programs = [.. Enumerable.Range(0, 5).Select(i => net.AddBoard("board " + i).Run(() => Nets.Udp().Close()))];
            net.Wait();
            Assert.IsTrue(programs.All(program => program.HasEnded));
        });
    }

    [TestMethod]
    public void Run_WithATestThatIsInconclusive_LetsTheFrameworkKnow()
    {
        Assert.ThrowsExactly<AssertInconclusiveException>(() => TestNetwork.Run(_ => Assert.Inconclusive("not here")));
    }

    [TestMethod]
    public void Run_WithAnAsyncTest_RefusesIt()
    {
        ArgumentException refusal = Assert.ThrowsExactly<ArgumentException>(() => TestNetwork.Run(async net => await Task.Yield()));
        Assert.Contains("RunAsync", refusal.Message);
    }

    [TestMethod]
    public async Task RunAsync_WithATestThatFailsLater_Fails()
    {
        TestNetworkException failure = await Assert.ThrowsExactlyAsync<TestNetworkException>(() => TestNetwork.RunAsync(async net =>
        {
            BoardProgram program = net.AddBoard("sensor").Run(() => Nets.Udp().Close());
            await program.Ended;
            Assert.Fail("nothing came");
        }));
        Assert.Contains("nothing came", failure.Message);
    }
}
