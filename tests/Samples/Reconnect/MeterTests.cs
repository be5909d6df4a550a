using System.Collections.Concurrent;
using IoTNet;
using IoTNet.Boards;
using IoTNet.Emulator;
using MeterFirmware;

[TestClass]
public class MeterTests
{
    private const int PatienceMs = 10_000;

    [TestMethod]
    public void Run_WhenTheAccessPointIsLost_GoesOnWhenItIsBack() => TestNetwork.Run(net =>
    {
        AccessPoint router = net.AddAccessPoint("home", "password");
        EmulatedBoard server = net.AddBoard("server", BoardProfile.Stm32);
        EmulatedBoard board = net.AddBoard(new BoardOptions { Name = "meter", NetworkByFirmware = true });
        BoardNetwork network = board.CreateNetwork(new NetworkSettings { Ssid = "home", Password = "password", RetryInitialMs = 50 });
        using ManualResetEventSlim lost = new();
        network.WentDown += (_, _, reason) => lost.Set();
        using Socket inbox = new(server.Stacks, AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        inbox.Bind(new IPEndPoint(IPAddress.Any, 7000));
        using BlockingCollection<int> sensor = [20];
        BoardProgram firmware = board.Run(() => new Meter(network, new IPEndPoint(server.Options.Address, 7000)).Run(sensor.Take));
        Assert.AreEqual(20, Receive(inbox));

        router.TurnOff();                                       // the firmware hears of it …
        Assert.IsTrue(lost.Wait(PatienceMs));
        sensor.Add(21);                                         // … keeps this one back …
        router.TurnOn();
        Assert.AreEqual(21, Receive(inbox));                    // … and sends it when the router is there again

        sensor.Add(-1);
        net.Wait(firmware);
    });

    private static int Receive(Socket inbox)
    {
        byte[] reading = new byte[1];
        inbox.ReceiveTimeout = PatienceMs;
        inbox.Receive(reading);
        return reading[0];
    }
}
