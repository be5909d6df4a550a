namespace IoTNet.Boards.Tests;

[TestClass]
public class AccessPointTests
{
    private static readonly IPAddress s_own = IPAddress.Parse("192.168.4.1");

    [TestMethod]
    public void Start_WithoutCredentials_OpensTheAccessPointForAsLongAsItTakes()
    {
        Bench bench = new(new ScriptedLink { Address = s_own }, Settings());

        bench.Run();

        bench.AssertEvents("AccessPoint NoCredentials");
        bench.AssertCalls("open", "open setup");
        Assert.AreEqual(s_own, bench.Network.Address);
        Assert.AreEqual(-1, bench.WaitMs);
        Assert.IsFalse(bench.Network.IsUp);
    }

    [TestMethod]
    public void Configure_AtTheAccessPoint_StoresClosesAndConnects()
    {
        Bench bench = new(new ScriptedLink(), Settings());
        bench.Run();
        bench.Events.Clear();
        bench.Link.Calls.Clear();
        bench.Link.Address = Bench.First;

        bench.Network.Configure("new", "new-password");
        bench.Run();

        bench.AssertEvents("Connecting Configured", "GettingAddress", "Up", $"up {Bench.First}");
        bench.AssertCalls("store", "close access point", "connect new/new-password");
        Assert.AreEqual("new", bench.Link.Stored!.Ssid);
    }

    [TestMethod]
    public void Configure_WhileUp_LeavesAndConnectsAnew()
    {
        Bench bench = new Bench().RunUp();

        bench.Network.Configure("new", null);
        bench.Run();

        bench.AssertEvents("Connecting Configured", "down", "GettingAddress", "Up", $"up {Bench.First}");
        bench.AssertCalls("store", "disconnect", "connect new/");
    }

    [TestMethod]
    public void Configure_BeforeTheStart_IsUsedAtTheStart()
    {
        Bench bench = new(settings: new NetworkSettings());
        bench.Network.Configure("new", null);

        bench.Run();

        bench.AssertCalls("open", "store", "disconnect", "connect new/");
    }

    [TestMethod]
    public void Configure_OfABoardThatWaitsForCredentials_Connects()
    {
        Bench bench = new(settings: new NetworkSettings());
        bench.Run();

        bench.Network.Configure("new", null);
        bench.Run();

        bench.AssertEvents("Down NoCredentials", "Connecting Configured", "GettingAddress");
    }

    [TestMethod]
    public void Configure_ThatCannotBeStored_IsUsedAllTheSame()
    {
        Bench bench = new(settings: new NetworkSettings());
        bench.Run();
        bench.Link.Throws["store"] = new InvalidOperationException("flash");

        bench.Network.Configure("new", null);
        bench.Run();
        bench.AssertEvents("Down NoCredentials", "Retrying LinkError");
        bench.Link.Calls.Clear();
        bench.AfterTheWait();

        bench.AssertCalls("connect new/");
    }

    [TestMethod]
    [DataRow("", "password", "An SSID has 1 to 31 bytes in UTF-8, not 0.")]
    [DataRow(null, null, "An SSID has 1 to 31 bytes in UTF-8, not 0.")]
    [DataRow("12345678901234567890123456789012", "", "An SSID has 1 to 31 bytes in UTF-8, not 32.")]
    [DataRow("ääääääääääääääää", "", "An SSID has 1 to 31 bytes in UTF-8, not 32.")]
    [DataRow("home", "1234567", "A password has 8 to 63 characters, or none for an open access point, not 7.")]
    public void Configure_WithWhatCannotBe_SaysSo(string? ssid, string? password, string message)
    {
        ArgumentException e = Assert.ThrowsExactly<ArgumentException>(() => new Bench().Network.Configure(ssid, password));

        Assert.AreEqual(message, e.Message);
    }

    [TestMethod]
    public void Configure_OnACable_IsRefused()
    {
        Bench bench = new(new ScriptedLink { IsWireless = false }, new NetworkSettings());

        Assert.AreEqual(
            "Ethernet needs no credentials.",
            Assert.ThrowsExactly<InvalidOperationException>(() => bench.Network.Configure("home", null)).Message);
    }

    [TestMethod]
    public void Failures_InARow_OpenTheAccessPointAndThenTryAgain()
    {
        Bench bench = new(
            new ScriptedLink().Answers([.. Enumerable.Repeat(NetworkReason.WrongPassword, 3)]), Settings(ssid: "home", after: 3));
        bench.Run().AfterTheWait();
        bench.Events.Clear();
        bench.Link.Calls.Clear();

        bench.AfterTheWait();
        bench.AssertEvents("Connecting", "AccessPoint WrongPassword");
        bench.AssertCalls("connect home/", "disconnect", "open setup");
        Assert.AreEqual(60_000, bench.WaitMs);
        bench.After(59_999);
        bench.AssertEvents();
        bench.Link.Address = Bench.First;
        bench.After(1);

        bench.AssertEvents("Connecting AccessPointTimeout", "GettingAddress", "Up", $"up {Bench.First}");
        bench.AssertCalls("close access point", "connect home/");
    }

    [TestMethod]
    public void Failures_WithTheFallbackTakenAway_OpenNothing()
    {
        Bench bench = new(
            new ScriptedLink().Answers([.. Enumerable.Repeat(NetworkReason.WrongPassword, 30)]), Settings(ssid: "home", after: 0));
        bench.Run();

        for (int i = 0; i < 25; i++)
        {
            bench.AfterTheWait();
        }

        Assert.DoesNotContain("open setup", bench.Link.Calls);
    }

    [TestMethod]
    public void Failures_OfABoardWhoseAccessPointFails_GoOnTrying()
    {
        Bench bench = new(new ScriptedLink().Answers(NetworkReason.NotFound), Settings(ssid: "home", after: 1));
        bench.Link.Throws["access point"] = new InvalidOperationException("radio");
        bench.Link.Address = Bench.First;

        bench.Run();
        bench.AssertEvents("Connecting", "Retrying LinkError");
        bench.AfterTheWait();

        Assert.IsTrue(bench.Network.IsUp);
    }

    [TestMethod]
    public void Start_WithoutCredentialsWhenTheAccessPointFails_TriesItAgain()
    {
        Bench bench = new(settings: Settings());
        bench.Link.Throws["access point"] = new InvalidOperationException("radio");

        bench.Run();
        bench.AssertEvents("Retrying LinkError");
        bench.AfterTheWait();

        bench.AssertEvents("Connecting", "AccessPoint NoCredentials");
        Assert.AreEqual(1, bench.Link.Calls.Count(c => c == "open"), "the link is opened once");
    }

    [TestMethod]
    public void AccessPoint_ThatNeedsARestart_RestartsTheBoard()
    {
        Bench bench = new(new ScriptedLink { NeedsRestart = true }, Settings());

        bench.Run();
        bench.Run();

        bench.AssertEvents("Restarting NoCredentials");
        bench.AssertCalls("open", "open setup", "restart");
    }

    [TestMethod]
    public void Start_AfterTheRestart_ServesTheAccessPoint()
    {
        Bench bench = new(
            new ScriptedLink { NeedsRestart = true, IsAccessPointOpen = true, Address = s_own, Stored = new NetworkCredentials("old", "") },
            Settings());

        bench.Run();
        bench.AssertEvents("AccessPoint");
        bench.AssertCalls("open", "open setup");
        bench.AfterTheWait();

        bench.AssertEvents("Restarting AccessPointTimeout");
        bench.AssertCalls("close access point", "restart");
    }

    [TestMethod]
    public void Configure_WhereClosingNeedsARestart_StoresFirst()
    {
        Bench bench = new(new ScriptedLink { NeedsRestart = true, IsAccessPointOpen = true }, Settings());
        bench.Run();
        bench.Events.Clear();
        bench.Link.Calls.Clear();

        bench.Network.Configure("new", "new-password");
        bench.Run();

        bench.AssertEvents("Restarting Configured");
        bench.AssertCalls("store", "close access point", "restart");
    }

    private static NetworkSettings Settings(string? ssid = null, int after = 10) => new()
    {
        Ssid = ssid,
        AccessPointSsid = "setup",
        AccessPointAfterFailures = after,
        AccessPointMs = 60_000,
    };
}
