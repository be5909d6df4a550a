using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Interop.Tests;

/// <summary><c>iotnet run</c> with emulated boards, as a user starts it.</summary>
[TestClass]
public class EmulatedRunTests
{
    [TestMethod]
    public void Run_OnTwoBoards_SaysWhatTheyAreAndPutsTheirNamesBeforeTheirLines()
    {
        using var run = Iotnet.Begin("run", "EchoServer", "--board", "stm32", "--boards", "2", "--seed", "7", "--for", "120");

        Assert.AreEqual("", run.ReadLine("seed 7"));
        StringAssert.Contains(run.ReadLine("board board1 stm32 mac 02:49:6f:"), " ip 10.0.2.15; 4 sockets, 5 TCP");
        StringAssert.Contains(run.ReadLine("board board2 stm32 mac 02:49:6f:"), " ip 10.0.2.16;");
        Listening(run, 2);
    }

    [TestMethod]
    [DataRow(Iotnet.SIGINT)]
    [DataRow(Iotnet.SIGTERM)]
    public void Run_OnASignal_StopsAllWithinTwoSecondsAndSumsUp(int signal)
    {
        using var run = Iotnet.Begin("run", "EchoServer", "--board", "esp32", "--boards", "3", "--for", "120");
        Listening(run, 3);

        var time = Stopwatch.StartNew();
        run.Signal(signal);
        var end = run.WaitForEnd();

        Assert.IsLessThan(2000, time.ElapsedMilliseconds, "ms until all had stopped");
        Assert.AreEqual(0, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Error, "[board3] 0 clients");
        StringAssert.Contains(end.Error, "sockets left open");
        StringAssert.Matches(end.Error, new(@"board3 +0 +0 +\d+ +\d+ +0 +0 *\n"));
    }

    [TestMethod]
    public void Run_OnALossyCable_CountsWhatItLost()
    {
        using var run = Iotnet.Begin("run", "EchoServer", "--board", "esp32", "--loss", "100%", "--for", "120");
        Listening(run, 1);
        run.Signal(Iotnet.SIGINT);

        // lwIP announces its address when it gets power (gratuitous ARP)..
        StringAssert.Matches(run.WaitForEnd().Error, new(@"board1 +0 +0 +0 +[1-9]\d* +0 +[1-9]\d* *\n"));
    }

    [TestMethod]
    public void Forwards_ToTheFirstAndToANamedBoard_LeadToTheirApps()
    {
        using var run = Iotnet.Begin("run", "EchoServer", "--board", "esp32", "--boards", "2", "--for", "120",
            "--forward", "tcp:127.0.0.1:0:7", "--forward", "udp:127.0.0.1:0:board2:7");
        var tcp = ForwardTo(run, "tcp", "board1 10.0.2.15:7");
        var udp = ForwardTo(run, "udp", "board2 10.0.2.16:7");
        Listening(run, 2);

        using var stream = new TcpClient();
        stream.Connect(tcp);
        stream.GetStream().Write("hello"u8);
        var echo = new byte[5];
        stream.GetStream().ReadTimeout = 10_000;
        stream.GetStream().ReadExactly(echo);
        using var datagrams = new UdpClient();
        datagrams.Connect(udp);
        datagrams.Send("hello"u8);
        var answer = datagrams.ReceiveAsync();
        Assert.IsTrue(answer.Wait(10_000), "an echo over UDP");
        run.Signal(Iotnet.SIGINT);
        var end = run.WaitForEnd();

        Assert.AreEqual("hello", Encoding.UTF8.GetString(echo));
        Assert.AreEqual(0, end.ExitCode, end.ToString());
        Assert.AreEqual("hello", Encoding.UTF8.GetString(answer.Result.Buffer));
        StringAssert.Contains(end.Error, "[board1] 1 clients, 0 datagrams, 5 bytes in, 5 bytes out");
        StringAssert.Contains(end.Error, "[board2] 0 clients, 1 datagrams, 5 bytes in, 5 bytes out");
        Assert.AreEqual(-1, stream.GetStream().ReadByte(), "the client's end of stream");
    }

    // README.md's first command, in a Release build of its own.
    [TestMethod]
    public void Hello_ThroughTheRunScript_ComesBackFromTheBoard()
    {
        Command.Need("nc");
        var script = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "tools", "run.sh");
        using var run = Iotnet.BeginThrough(
            "env", "IOTNET_CONFIGURATION=Debug", "bash", script, "EchoServer", "--board", "esp32", "--forward", "tcp:127.0.0.1:0:7", "--for", "120");
        var forward = IPEndPoint.Parse(run.ReadLine("forward tcp ", TimeSpan.FromMinutes(4)).Split(' ')[0]);
        Listening(run, 1);

        var netcat = Command.Run("nc", ["-q1", "127.0.0.1", $"{forward.Port}"], "hello");
        run.Signal(Iotnet.SIGINT);

        Assert.AreEqual("hello", netcat.Output, netcat.ToString());
        Assert.AreEqual(0, run.WaitForEnd().ExitCode);
    }

    [TestMethod]
    public void Forward_FromAPortInUse_EndsWith1AndSaysWhatToDo()
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();

        var end = Iotnet.Run("run", "EchoServer", "--board", "esp32", "--forward", $"tcp:{other.LocalEndPoint}:7");

        Assert.AreEqual(1, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Error, $"{other.LocalEndPoint}");
        StringAssert.Contains(end.Error, "choose another one, or 0");
    }

    [TestMethod]
    public void Run_WithACaptureAndATrace_KeepsTheFirstFrame()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var end = Iotnet.Run("run", "EchoServer", "--board", "esp32", "--pcap", path, "--trace", "--for", "0");

            Assert.AreEqual(0, end.ExitCode, end.ToString());
            StringAssert.Contains(end.Error, "  ARP  ");
            StringAssert.Matches(end.Error, new($@"[1-9]\d* frames are in {path}"));

            // pcapng's section header block, and its byte order.
            CollectionAssert.AreEqual(
                new byte[] { 0x0A, 0x0D, 0x0D, 0x0A }, File.ReadAllBytes(path)[..4]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestMethod]
    public void Run_WithACaptureThatCannotBeWritten_EndsWith1AndSaysWhy()
    {
        var end = Iotnet.Run("run", "EchoServer", "--board", "esp32", "--pcap", "/dev/null/echo.pcapng", "--for", "0");

        Assert.AreEqual(1, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Error, "/dev/null/echo.pcapng");
    }

    [TestMethod]
    public void Run_WithAnAppThatFails_EndsTheOthersWithItsExitCode()
    {
        var end = Iotnet.Run("run", "EchoServer", "--board", "esp32", "--boards", "2", "--listen", "192.0.2.1:7", "--for", "120");

        Assert.AreEqual(1, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Error, "EADDRNOTAVAIL");
        StringAssert.Contains(end.Error, "sockets left open");
    }

    [TestMethod]
    public void Run_WithWrongArgumentsForTheApp_EndsWith2()
    {
        var end = Iotnet.Run("run", "EchoServer", "--board", "esp32", "client=1");

        Assert.AreEqual(2, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Error, "[board1] Expected clients=NUMBER");
    }

    private static IPEndPoint ForwardTo(Iotnet run, string protocol, string board)
    {
        var parts = run.ReadLine($"forward {protocol} ").Split(" -> ");
        Assert.AreEqual(board, parts[1]);
        return IPEndPoint.Parse(parts[0]);
    }

    private static void Listening(Iotnet run, int boards)
    {
        var waiting = Enumerable.Range(1, boards).SelectMany(b => new[] { $"[board{b}] listening tcp 0.0.0.0:7", $"[board{b}] listening udp 0.0.0.0:7" }).ToHashSet();
        while (waiting.Count > 0)
        {
            Assert.IsTrue(waiting.Remove("[" + run.ReadLine("[")), "a line of its own for each");
        }
    }
}
