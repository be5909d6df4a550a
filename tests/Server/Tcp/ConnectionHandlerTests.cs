namespace IoTNet.Tests.Server;

/// <summary>What a handler does within the event that it is told of.</summary>
[TestClass]
public sealed class ConnectionHandlerTests
{
    [TestMethod]
    [DataRow("connection")]
    [DataRow("data")]
    [DataRow("end")]
    [DataRow("drain")]
    [DataRow("error")]
    [DataRow("closed")]
    public void Close_WithinACallback_IsTheLastEvent(string which) => Provoke(which, connection => connection.Close(), (world, server, events) =>
    {
        int at = events.IndexOf(which);
        Assert.IsGreaterThanOrEqualTo(0, at, string.Join(",", events));
        CollectionAssert.AreEqual(which == "closed" ? [] : new[] { "closed" }, events[(at + 1)..]);
        Assert.IsEmpty(world.LoopErrors);
    });

    [TestMethod]
    [DataRow("connection")]
    [DataRow("data")]
    [DataRow("end")]
    [DataRow("drain")]
    [DataRow("error")]
    [DataRow("closed")]
    public void Exception_OfAHandler_IsToldAndClosesTheConnection(string which)
    {
        List<string> told = [];
        Provoke(which, connection => throw new FormatException("thrown in " + which), (world, server, events) =>
        {
            Assert.AreEqual("closed", events[^1]);
            CollectionAssert.AreEqual(new[] { "thrown in " + which }, told);
            Assert.IsEmpty(world.LoopErrors);
            Socket next = world.Connect(server);
            world.Until(() => server.ConnectionCount == 1, "the server does not live");
            next.Close();
        }, told);
    }

    [TestMethod]
    public void Exception_OfAHandlerThatNobodyHearsAtTheServer_IsTheLoops() =>
        Provoke("data", connection => throw new FormatException("thrown"), (world, server, events) =>
        {
            Assert.AreEqual("closed", events[^1]);
            CollectionAssert.AreEqual(new[] { "thrown" }, world.LoopErrors);
        });

    // Lets one event of a connection happen, in which something is done; then the test looks.
    private static void Provoke(
        string which, Action<Connection> inHandler, Action<World, TcpServer, List<string>> check, List<string>? told = null) =>
        World.RunIn(new LoopbackLimits { StreamBufferBytes = 256 }, world =>
        {
            TcpServer server = world.Serve(new() { LowWaterBytes = 0, HighWaterBytes = 0 });
            List<string> events = [];
            if (told != null)
            {
                server.Error += (source, error) =>
                {
                    Assert.IsInstanceOfType<Connection>(source);
                    told.Add(error.Message);
                };
            }

            Connection? connection = null;
            bool again = false;
            void On(string name)
            {
                events.Add(name);
                if (name == which && !again)
                {
                    again = true;
                    inHandler(connection!);
                }
            }

            ConnectionHandler handler = null!;
            handler = c =>
            {
                server.Connection -= handler;
                connection = c;
                c.Data += (_, _, _, _) => On("data");
                c.Ended += _ => On("end");
                c.Drain += _ => On("drain");
                c.Error += (_, _) => On("error");
                c.Closed += (_, _) => On("closed");
                On("connection");
            };
            server.Connection += handler;
            Socket client = world.Connect(server);
            world.Until(() => events.Count > 0, "no connection");
            switch (which)
            {
                case "data":
                    client.Send([1]);
                    break;
                case "end":
                    client.Shutdown(SocketShutdown.Send);
                    break;
                case "drain":
                    Assert.IsFalse(connection!.Write(new byte[1000], 0, 1000));
                    world.Receive(client, 1000);
                    break;
                case "error":
                    client.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Linger, 0);
                    client.Close();
                    break;
                case "closed":
                    client.Close();
                    break;
            }

            world.Until(() => connection!.IsClosed, "the connection stays");
            world.Settle();
            check(world, server, events);
        });
}
