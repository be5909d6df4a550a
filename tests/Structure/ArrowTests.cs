using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace IoTNet.Structure.Tests;

[TestClass]
public class ArrowTests
{
    [TestMethod]
    [DataRow("src/IoTNet", "src/IoTNet.Dns", false)]
    [DataRow("src/IoTNet", "boards/common", false)]
    [DataRow("src/IoTNet.Dns", "src/IoTNet", true)]
    [DataRow("src/IoTNet.Loopback", "src/IoTNet", true)]
    [DataRow("src/IoTNet.Loopback", "src/IoTNet.Unix", true)]
    [DataRow("src/IoTNet.Unix", "src/IoTNet.Loopback", false)]
    [DataRow("src/IoTNet", "src/IoTNet.Loopback", false)]
    [DataRow("src/IoTNet.Messaging", "src/IoTNet.Loopback", false)]
    [DataRow("src/IoTNet.Dns", "boards/common", false)]
    [DataRow("src/IoTNet.WebSocket", "src/IoTNet.SocketIO", false)]
    [DataRow("src/IoTNet.SocketIO", "src/IoTNet.WebSocket", true)]
    [DataRow("src/IoTNet.SocketIO.Server", "src/IoTNet.SocketIO.Client", false)]
    [DataRow("src/IoTNet.SocketIO.Client", "src/IoTNet.SocketIO", true)]
    [DataRow("src/IoTNet.Http", "src/IoTNet.WebSocket", false)]
    [DataRow("src/IoTNet.Messaging.Core", "src/IoTNet.Server", false)]
    [DataRow("src/IoTNet.Server", "src/IoTNet.Dns", true)]
    [DataRow("src/IoTNet.Server", "src/IoTNet.WebSocket", false)]
    [DataRow("src/IoTNet.Server", "tools/iotnet", false)]
    [DataRow("boards/common", "src/IoTNet", true)]
    [DataRow("boards/common", "boards/emulator", false)]
    [DataRow("boards/apps/EchoServer", "src/IoTNet.Server", true)]
    [DataRow("boards/apps/EchoServer", "boards/common", false)]
    [DataRow("boards/apps/EchoServer", "boards/apps/Common", true)]
    [DataRow("boards/apps/EchoServer", "boards/apps/Clock", false)]
    [DataRow("boards/apps/Common", "boards/apps/EchoServer", false)]
    [DataRow("boards/emulator", "boards/common", false)]
    [DataRow("boards/esp32/EchoServer", "boards/apps/EchoServer", true)]
    [DataRow("boards/esp32/EchoServer", "boards/stm32/EchoServer", false)]
    [DataRow("boards/esp32/EchoServer", "boards/esp32", true)]
    [DataRow("boards/esp32/EchoServer", "boards/stm32", false)]
    [DataRow("boards/esp32", "boards/apps/EchoServer", false)]
    [DataRow("boards/network", "src/IoTNet", true)]
    [DataRow("boards/network", "boards/common", false)]
    [DataRow("boards/network", "src/IoTNet.Server", false)]
    [DataRow("boards/emulator", "boards/network", true)]
    [DataRow("boards/esp32", "boards/network", true)]
    [DataRow("boards/esp32", "boards/stm32", false)]
    [DataRow("tools/iotnet", "tools/nano-surface", true)]
    [DataRow("tools/bench", "tools/nano-surface", false)]
    [DataRow("tests/Core", "tests/Posix", false)]
    [DataRow("samples/A", "src/IoTNet", false)]
    public void Allows_OfAnArrow_FollowsTheDesign(string from, string to, bool expected)
    {
        Assert.AreEqual(expected, Arrows.Allows(from, to));
    }

    [TestMethod]
    public void Projects_OfTheDesktop_ReferenceOnlyAlongTheArrows()
    {
        AssertNone(House.Desktop.SelectMany(p => p.ProjectReferences.Select(r => (p.Path, r))));
    }

    [TestMethod]
    public void Projects_OfTheDevice_ReferenceOnlyAlongTheArrows()
    {
        AssertNone(House.Nano.SelectMany(p => p.ProjectReferences.Select(r => (p.Path, r.Path))));
    }

    private static void AssertNone(IEnumerable<(string From, string To)> references)
    {
        var wrong = references.Where(r => !Arrows.Allows(Folder(r.From), Folder(r.To)))
            .Select(r => $"{House.Relative(r.From)} -> {House.Relative(r.To)}");

        Assert.AreEqual("", string.Join("\n", wrong), "arrows that the design does not have");
    }

    private static string Folder(string project) => House.Relative(Path.GetDirectoryName(project)!);
}
