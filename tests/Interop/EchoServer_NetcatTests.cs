namespace Interop.Tests;

/// <summary>The main job: netcat gets an echo from a board's app.</summary>
[TestClass]
public class EchoServer_NetcatTests
{
    [TestMethod]
    [DataRow("127.0.0.1:0")]
    [DataRow("[::1]:0")]
    public void Hello_OverTcp_ComesBack(string listen)
    {
        Host.NeedFamilyOf(listen);
        using var server = Iotnet.Start("EchoServer", listen);

        var netcat = Netcat("-q1", server.Tcp.Address.ToString(), $"{server.Tcp.Port}");

        Assert.AreEqual("hello", netcat.Output, netcat.ToString());
    }

    [TestMethod]
    [DataRow("127.0.0.1:0")]
    [DataRow("[::1]:0")]
    public void Hello_OverUdp_ComesBack(string listen)
    {
        Host.NeedFamilyOf(listen);
        using var server = Iotnet.Start("EchoServer", listen);

        // Not -q1: that makes netcat close a UDP socket as soon as its input ends.
        var netcat = Netcat("-u", "-w1", server.Udp.Address.ToString(), $"{server.Udp.Port}");

        Assert.AreEqual("hello", netcat.Output, netcat.ToString());
    }

    // The two commands of README.md, in a Release build of its own.
    [TestMethod]
    public void Hello_ThroughTheRunScript_ComesBack()
    {
        var script = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "tools", "run.sh");
        using var server = Iotnet.StartThrough("env", TimeSpan.FromMinutes(4),
            "IOTNET_CONFIGURATION=Debug", "bash", script, "EchoServer", "--board", "host", "--listen", "127.0.0.1:0", "--for", "120");

        var netcat = Netcat("-q1", "127.0.0.1", $"{server.Tcp.Port}");
        server.Signal(Iotnet.SIGINT);
        var end = server.WaitForEnd();

        Assert.AreEqual("hello", netcat.Output, netcat.ToString());
        Assert.AreEqual(0, end.ExitCode, end.ToString());
    }

    private static Outcome Netcat(params string[] arguments)
    {
        Command.Need("nc");
        return Command.Run("nc", arguments, "hello");
    }
}
