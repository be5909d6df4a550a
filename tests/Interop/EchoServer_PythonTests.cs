namespace Interop.Tests;

/// <summary>The echo server and a client in another language: Peers/echo_client.py says what each case does.</summary>
[TestClass]
public class EchoServer_PythonTests
{
    [TestMethod]
    [DataRow("127.0.0.1:0")]
    [DataRow("[::1]:0")]
    public void Stream_InOddPieces_ComesBackWhole(string listen) => RunPeer("odd_pieces", listen);

    [TestMethod]
    public void Stream_AfterHalfClose_ComesBackThenEnds() => RunPeer("half_close");

    [TestMethod]
    public void Client_BeyondTheLimit_WaitsForAPlace() => RunPeer("beyond_the_limit", arguments: "clients=2");

    [TestMethod]
    public void Clients_MoreThanTheLimitAtOnce_AreAllServed() => RunPeer("crowd", arguments: "clients=3");

    [TestMethod]
    public void Client_ThatResets_HarmsNobodyElse() => RunPeer("reset");

    [TestMethod]
    public void Client_ThatNeverReads_IsNotReadFrom() => RunPeer("never_reads");

    [TestMethod]
    public void Client_ThatIsSilent_IsDisconnected() => RunPeer("idle", arguments: "idle=1");

    [TestMethod]
    [DataRow("127.0.0.1:0")]
    [DataRow("[::1]:0")]
    public void Datagrams_OfEverySize_ComeBackWhole(string listen) => RunPeer("datagrams", listen);

    private static void RunPeer(string name, string listen = "127.0.0.1:0", params string[] arguments)
    {
        Command.Need("python3");
        Host.NeedFamilyOf(listen);
        using var server = Iotnet.Start("EchoServer", listen, arguments);
        var seed = Random.Shared.Next();
        var peer = Command.Run("python3",
        [
            Path.Combine(AppContext.BaseDirectory, "Peers", "echo_client.py"),
            name, server.Tcp.Address.ToString(), $"{server.Tcp.Port}", $"{seed}",
        ]);

        Assert.AreEqual(0, peer.ExitCode, $"seed {seed}: {peer}");
    }
}
