using IoTNet.Cli;

namespace IoTNet.Footprint.Tests;

/// <summary>The figures come from the board's own code, run here.</summary>
[TestClass]
public class MemoryFigureTests
{
    [TestMethod]
    public void MeasureAll_OfTheBoardsCode_NamesWhatASocketIsMadeOf()
    {
        var figures = MemoryFigure.MeasureAll().ToDictionary(f => f.Name);

        CollectionAssert.AreEquivalent(
            new[] { "tcpSocket", "udpSocket", "idleConnection", "messageConnection", "webSocket", "socketIOConnection" }, figures.Keys);
        foreach (var (name, figure) in figures)
        {
            Assert.IsTrue(figure.Use.ContainsKey("IoTNet.Socket"), name);
            Assert.AreEqual(MemoryFigure.Further, figure.Use["System.Net.Sockets.Socket"].Objects, name);
            Assert.AreEqual(figure.Bytes, Math.Ceiling(figure.Use.Values.Sum(u => u.Bytes) / (double)MemoryFigure.Further), name);
        }
        Assert.AreEqual(MemoryFigure.Further, figures["idleConnection"].Use["IoTNet.Connection"].Objects);
        Assert.AreEqual(MemoryFigure.Further, figures["messageConnection"].Use["IoTNet.ZmtpSession"].Objects);
        Assert.AreEqual(MemoryFigure.Further, figures["webSocket"].Use["IoTNet.WebSocket"].Objects);
        Assert.AreEqual(MemoryFigure.Further, figures["socketIOConnection"].Use["IoTNet.SocketIOSocket"].Objects);
        Assert.IsGreaterThan(figures["tcpSocket"].Bytes, figures["idleConnection"].Bytes);
    }

    [TestMethod]
    public void MeasureAll_Twice_GivesTheSame()
    {
        var first = MemoryFigure.MeasureAll().Select(f => (f.Name, f.Bytes, f.BufferBytes)).ToArray();
        var second = MemoryFigure.MeasureAll().Select(f => (f.Name, f.Bytes, f.BufferBytes)).ToArray();

        CollectionAssert.AreEqual(first, second);
    }
}
