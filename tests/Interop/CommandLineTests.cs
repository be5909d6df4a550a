using System.Net;
using System.Net.Sockets;

namespace Interop.Tests;

/// <summary>How the command line tool answers and ends.</summary>
[TestClass]
public class CommandLineTests
{
    [TestMethod]
    [DataRow(Iotnet.SIGINT)]
    [DataRow(Iotnet.SIGTERM)]
    public void Run_OnASignal_EndsWith0AndFreesThePort(int signal)
    {
        using var server = Iotnet.Start("EchoServer", "127.0.0.1:0");
        using var client = new TcpClient();
        client.Connect(server.Tcp);
        client.GetStream().WriteByte(1);
        Assert.AreEqual(1, client.GetStream().ReadByte(), "the echo");

        server.Signal(signal);
        var end = server.WaitForEnd();

        Assert.AreEqual(0, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Error, "1 clients", "the summary");
        Assert.AreEqual(-1, client.GetStream().ReadByte(), "the client's end of stream");
        using var next = Iotnet.Start("EchoServer", $"{server.Tcp}");
    }

    [TestMethod]
    public void Run_ForSomeSeconds_EndsWith0()
    {
        var end = Iotnet.Run("run", "EchoServer", "--listen", "127.0.0.1:0", "--for", "0");

        Assert.AreEqual(0, end.ExitCode, end.ToString());
    }

    [TestMethod]
    public void Run_OnTheLoopbackBoard_ServesInMemory()
    {
        var end = Iotnet.Run("run", "EchoServer", "--board", "loopback", "--listen", "127.0.0.1:7", "--for", "1");

        Assert.AreEqual(0, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Output, "listening tcp 127.0.0.1:7");
    }

    [TestMethod]
    public void Run_OnAPortInUse_EndsWith1AndSaysWhatToDo()
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();

        var end = Iotnet.Run("run", "EchoServer", "--listen", $"{other.LocalEndPoint}");

        Assert.AreEqual(1, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Error, $"{other.LocalEndPoint}");
        StringAssert.Contains(end.Error, "EADDRINUSE");
        StringAssert.Contains(end.Error, "choose another port");
    }

    [TestMethod]
    [DataRow("there is no app 'EchoServr'. Did you mean 'EchoServer'?", "run", "EchoServr")]
    [DataRow("there is no board 'hots'. Did you mean 'host'?", "run", "EchoServer", "--board", "hots")]
    [DataRow("--listen expects ADDRESS:PORT", "run", "EchoServer", "--listen", "localhost:7")]
    [DataRow("--listen expects ADDRESS:PORT", "run", "EchoServer", "--listen", "127.0.0.1")]
    [DataRow("--listen expects ADDRESS:PORT", "run", "EchoServer", "--listen", "::1")]
    [DataRow("--listen expects ADDRESS:PORT", "run", "EchoServer", "--listen", "127.0.0.1:65536")]
    [DataRow("--for expects a whole number of seconds; found 'soon'", "run", "EchoServer", "--for", "soon")]
    [DataRow("Expected clients=NUMBER or idle=SECONDS, found 'client=1'", "run", "EchoServer", "client=1")]
    [DataRow("MaxClients is 1 to 1024, not 0", "run", "EchoServer", "clients=0")]
    [DataRow("'APP' missing", "run")]
    [DataRow("'--bord'", "boards", "--bord")]
    [DataRow("--boards expects a number from 1 to 240; found '0'", "run", "EchoServer", "--board", "esp32", "--boards", "0")]
    [DataRow("--loss expects a share of the frames, such as 5% or 0.05; found '5'", "run", "EchoServer", "--board", "esp32", "--loss", "5")]
    [DataRow("--delay expects a time from 0 to 1 minute with its unit, such as 20ms or 1.5s; found '20'", "run", "EchoServer", "--board", "esp32", "--delay", "20")]
    [DataRow("--bandwidth expects bits per second with their unit, such as 9600bit, 250kbit or 1Mbit; found '1MB'", "run", "EchoServer", "--board", "esp32", "--bandwidth", "1MB")]
    [DataRow("--mtu expects the longest payload of a frame in bytes, 68 to 1500; found '9000'", "run", "EchoServer", "--board", "esp32", "--mtu", "9000")]
    [DataRow("--seed expects a whole number of at most 32 bits; found 'x'", "run", "EchoServer", "--board", "esp32", "--seed", "x")]
    [DataRow("--loss needs an emulated board, such as --board esp32; found --board host", "run", "EchoServer", "--loss", "5%")]
    [DataRow("--forward: Forward \"tcp:7007:7\" has 3 parts", "run", "EchoServer", "--board", "esp32", "--forward", "tcp:7007:7")]
    [DataRow("there is no board 'bord1'. Did you mean 'board1'?", "run", "EchoServer", "--board", "esp32", "--forward", "tcp:127.0.0.1:0:bord1:7")]
    [DataRow("--restricted needs an emulated board", "run", "EchoServer", "--restricted")]
    [DataRow("there is no board 'esp23'. Did you mean 'esp32'?", "run", "EchoServer", "--board", "esp23")]
    public void Arguments_ThatAreWrong_EndWith2AndSayWhatIsExpected(string expected, params string[] arguments)
    {
        var end = Iotnet.Run(arguments);

        Assert.AreEqual(2, end.ExitCode, end.ToString());
        Assert.AreEqual("", end.Output, end.ToString());
        StringAssert.Contains(end.Error, expected);
    }

    [TestMethod]
    [DataRow]
    [DataRow("run")]
    [DataRow("net")]
    [DataRow("watch")]
    [DataRow("footprint")]
    [DataRow("boards")]
    [DataRow("apps")]
    public void Help_OfEveryCommand_ShowsExamples(params string[] command)
    {
        var end = Iotnet.Run([.. command, "--help"]);

        Assert.AreEqual(0, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Output, "Examples:\n  iotnet ");
    }

    [TestMethod]
    public void Lists_WithoutATerminal_ArePlainText()
    {
        var boards = Iotnet.Run("boards");
        var apps = Iotnet.Run("apps");

        StringAssert.Contains(boards.Output, "host");
        StringAssert.Contains(boards.Output, "stm32f769i-discovery");
        StringAssert.Contains(apps.Output, "EchoServer");
        Assert.IsFalse((boards.Output + apps.Output).Contains('\u001b'), "colours");
    }
}
