using IoTNet;
using IoTNet.Emulator;
using SensorFirmware;

[TestClass]
public class SensorTests
{
    [TestMethod]
    public void Send_OverALossyLink_DeliversEachReadingOnce() => TestNetwork.Run(net =>
    {
        EmulatedBoard collector = net.AddBoard("collector", BoardProfile.Stm32);
        EmulatedBoard sensor = net.AddBoard("sensor", BoardProfile.Esp32);
        net.SetLink(sensor, new LinkConditions { Loss = 0.2 });     // both ways
        Collector firmware = new Collector();
        collector.Run(() => firmware.Run(port: 7000));
        byte[] readings = [20, 21, 21, 22, 24];
        net.Wait(sensor.Run(() => Sensor.Send(new IPEndPoint(collector.Options.Address, 7000), readings)));
        CollectionAssert.AreEqual(readings, firmware.Readings);
        collector.PowerOff();                                       // its firmware runs for ever
    });
}
