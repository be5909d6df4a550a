using System.Net;
using System.Net.Sockets;

namespace Interop.Tests;

/// <summary><c>iotnet watch</c>, attached to a run in another process.</summary>
[TestClass]
public class WatchTests
{
    [TestMethod]
    public void Watch_OfARun_ShowsItsSocketsAndEndsWithIt()
    {
        using var run = Iotnet.Begin("run", "EchoServer", "--board", "esp32", "--dhcp", "--forward", "tcp:127.0.0.1:0:7", "--for", "120");
        var forward = IPEndPoint.Parse(run.ReadLine("forward tcp ").Split(' ')[0]);
        run.ReadLine("[board1] listening udp ");
        using var client = new TcpClient();
        client.Connect(forward);
        client.GetStream().WriteByte(1);
        Assert.AreEqual(1, client.GetStream().ReadByte(), "the echo");

        using var watch = Iotnet.Begin("watch", $"{run.ProcessId}");
        var line = watch.ReadLine("");
        run.Signal(Iotnet.SIGINT);
        var end = watch.WaitForEnd();

        StringAssert.Contains(line, " board1 10.0.2.15  sockets 3 of 16  tcp 1 of 16 ");
        StringAssert.Contains(line, "tcp 0.0.0.0:7 Listen; ");
        StringAssert.Contains(line, "Established");
        Assert.AreEqual(0, end.ExitCode, end.ToString());
        Assert.AreEqual(0, run.WaitForEnd().ExitCode);
    }

    [TestMethod]
    public void Watch_OfAProcessThatIsNoRun_EndsWith1AndSaysHowToStartOne()
    {
        // Linux gives no process this number (PID_MAX_LIMIT is 4,194,304).
        var end = Iotnet.Run("watch", "4194305");

        Assert.AreEqual(1, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Error, "iotnet run EchoServer --board esp32");
    }
}
