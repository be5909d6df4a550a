namespace IoTNet.Boards.Tests;

[TestClass]
public class ConnectingTests
{
    [TestMethod]
    public void Start_WithGivenCredentials_ConnectsAndComesUpWithTheAddress()
    {
        Bench bench = new();

        bench.Run();
        Assert.AreEqual(NetworkState.GettingAddress, bench.Network.State);
        bench.Link.Address = Bench.First;
        bench.AfterTheWait();

        bench.AssertEvents("Connecting", "GettingAddress", "Up", $"up {Bench.First}");
        bench.AssertCalls("open", "connect home/password");
        Assert.AreEqual(Bench.First, bench.Network.Address);
        Assert.IsTrue(bench.Network.WaitUp(0));
    }

    [TestMethod]
    public void Start_WithStoredCredentials_ConnectsWithThem()
    {
        Bench bench = new(new ScriptedLink { Stored = new NetworkCredentials("stored", "secret!!") }, new NetworkSettings());

        bench.Run();

        bench.AssertCalls("open", "connect stored/secret!!");
    }

    [TestMethod]
    public void Start_WithoutCredentials_StaysDownAndSaysWhy()
    {
        Bench bench = new(settings: new NetworkSettings());

        bench.Run();
        bench.Run();

        bench.AssertEvents("Down NoCredentials");
        Assert.AreEqual(-1, bench.WaitMs);
        Assert.AreEqual("down (no credentials)", bench.Network.ToString());
    }

    [TestMethod]
    public void Start_OnACable_NeedsNoCredentials()
    {
        Bench bench = new(new ScriptedLink { IsWireless = false, Address = Bench.First }, new NetworkSettings());

        bench.Run();

        bench.AssertEvents("Connecting", "GettingAddress", "Up", $"up {Bench.First}");
        bench.AssertCalls("open", "connect");
    }

    [TestMethod]
    [DataRow(NetworkReason.WrongPassword)]
    [DataRow(NetworkReason.NotFound)]
    [DataRow(NetworkReason.Refused)]
    [DataRow(NetworkReason.UnsupportedSecurity)]
    [DataRow(NetworkReason.ConnectTimeout)]
    [DataRow(NetworkReason.ConnectFailed)]
    public void Connect_ThatFails_IsTriedAgainAfterTheWait(NetworkReason reason)
    {
        Bench bench = new(new ScriptedLink { Address = Bench.First }.Answers(reason));

        bench.Run();
        bench.AssertEvents("Connecting", $"Retrying {reason}");
        bench.AssertCalls("open", "connect home/password", "disconnect");
        Assert.AreEqual(1, bench.Network.Failures);
        bench.AfterTheWait();

        bench.AssertEvents("Connecting", "GettingAddress", "Up", $"up {Bench.First}");
    }

    [TestMethod]
    public void Connect_ThatThrows_IsTriedAgainAndTheErrorKept()
    {
        Bench bench = new(new ScriptedLink { Address = Bench.First });
        bench.Link.Throws["connect"] = new InvalidOperationException("no radio");

        bench.Run();
        bench.AssertEvents("Connecting", "Retrying LinkError");
        Assert.AreEqual("no radio", bench.Network.LastError.Message);
        bench.AfterTheWait();

        Assert.IsTrue(bench.Network.IsUp);
    }

    [TestMethod]
    [DataRow("open")]
    [DataRow("load")]
    public void Start_WhenTheLinkThrows_BeginsAnewAfterTheWait(string member)
    {
        Bench bench = new(
            new ScriptedLink { Address = Bench.First, Stored = new NetworkCredentials("stored", "") }, new NetworkSettings());
        bench.Link.Throws[member] = new InvalidOperationException("not ready");

        bench.Run();
        bench.AssertEvents("Retrying LinkError");
        bench.AfterTheWait();

        Assert.IsTrue(bench.Network.IsUp);
        Assert.AreEqual(1 + (member == "open" ? 1 : 0), bench.Link.Calls.Count(c => c == "open"));
    }

    [TestMethod]
    public void GettingAddress_WithoutAnAnswer_EndsInTimeAndIsTriedAgain()
    {
        Bench bench = new(settings: new NetworkSettings { Ssid = "home", AddressTimeoutMs = 1_000 });

        bench.Run();
        bench.After(999);
        Assert.AreEqual(NetworkState.GettingAddress, bench.Network.State);
        Assert.AreEqual(1, bench.WaitMs);
        bench.After(1);

        bench.AssertEvents("Connecting", "GettingAddress", "Retrying DhcpTimeout");
        bench.AssertCalls("open", "connect home/", "disconnect");
    }

    [TestMethod]
    public void GettingAddress_WhenTheAccessPointGoes_IsTriedAgain()
    {
        Bench bench = new();
        bench.Run();

        bench.Link.IsConnected = false;
        bench.Run();

        bench.AssertEvents("Connecting", "GettingAddress", "Retrying Lost");
    }

    [TestMethod]
    public void Connect_WithoutACable_WaitsForItWithoutTrying()
    {
        Bench bench = new(new ScriptedLink { IsWireless = false }.Answers(NetworkReason.CableOut), new NetworkSettings());

        bench.Run();
        bench.AssertEvents("Connecting", "Retrying CableOut");
        bench.After(3_600_000);
        bench.After(3_600_000);
        bench.AssertEvents();
        bench.AssertCalls("open", "connect", "disconnect");

        bench.Link.IsConnected = true;
        bench.Link.Address = Bench.First;
        bench.Run();

        bench.AssertEvents("Connecting", "GettingAddress", "Up", $"up {Bench.First}");
    }
}
