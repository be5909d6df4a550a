namespace IoTNet.Boards.Tests;

[TestClass]
public class LosingTests
{
    [TestMethod]
    public void Loss_OfTheAccessPoint_TellsDownAndComesUpAgain()
    {
        Bench bench = new Bench().RunUp();

        bench.Link.IsConnected = false;
        bench.Run();
        bench.AssertEvents("Retrying Lost", "down");
        bench.AssertCalls("disconnect");
        Assert.AreEqual(IPAddress.Any, bench.Network.Address);
        Assert.IsFalse(bench.Network.WaitUp(0));
        bench.Link.Address = Bench.Second;
        bench.AfterTheWait();

        bench.AssertEvents("Connecting", "GettingAddress", "Up", $"up {Bench.Second}");
    }

    [TestMethod]
    public void Loss_OfTheCable_IsToldAsSuch()
    {
        Bench bench = new Bench(new ScriptedLink { IsWireless = false }, new NetworkSettings()).RunUp();

        bench.Link.IsConnected = false;
        bench.Run();

        bench.AssertEvents("Retrying CableOut", "down");
    }

    [TestMethod]
    public void Loss_OfTheAddress_WaitsForAnother()
    {
        Bench bench = new Bench().RunUp();

        bench.Link.Address = IPAddress.Any;
        bench.Run();
        bench.AssertEvents("GettingAddress AddressLost", "down");
        bench.Link.Address = Bench.Second;
        bench.Run();

        bench.AssertEvents("Up", $"up {Bench.Second}");
        bench.AssertCalls();
    }

    [TestMethod]
    public void Loss_OfTheAddressForGood_ConnectsAnew()
    {
        Bench bench = new Bench().RunUp();

        bench.Link.Address = IPAddress.Any;
        bench.Run();
        bench.After(15_000);
        bench.AssertEvents("GettingAddress AddressLost", "down", "Retrying DhcpTimeout");
        bench.Link.Address = Bench.First;
        bench.AfterTheWait();

        Assert.IsTrue(bench.Network.IsUp);
    }

    [TestMethod]
    public void Address_ThatChanges_IsToldWithoutGoingDown()
    {
        Bench bench = new Bench().RunUp();

        bench.Link.Address = Bench.Second;
        bench.Run();

        bench.AssertEvents("Up AddressChanged");
        Assert.AreEqual(Bench.Second, bench.Network.Address);
    }

    [TestMethod]
    public void Up_WithoutAChange_TellsNothing()
    {
        Bench bench = new Bench().RunUp();

        bench.AfterTheWait().AfterTheWait();

        bench.AssertEvents();
        bench.AssertCalls();
        Assert.AreEqual(5_000, bench.WaitMs);
    }

    [TestMethod]
    public void Handler_ThatThrows_DoesNotStopTheNetwork()
    {
        Bench bench = new();
        bench.Link.Address = Bench.First;
        bench.Network.StateChanged += (_, _, _) => throw new InvalidOperationException("mine");

        bench.Run();

        bench.AssertEvents("Connecting", "GettingAddress", "Up", $"up {Bench.First}");
        Assert.AreEqual("mine", bench.Network.LastError.Message);
    }
}
