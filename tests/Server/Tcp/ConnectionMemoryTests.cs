using System.Reflection;

namespace IoTNet.Tests.Server.Tcp;

/// <summary>What a connection that does nothing holds: on a device each object takes 12 bytes, and 12 more for each field.</summary>
[TestClass]
public sealed class ConnectionMemoryTests
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly;

    [TestMethod]
    public void Connection_ThatIsIdle_IsOneObjectOf144Bytes() => Run(world =>
    {
        TcpServer server = world.ServeEcho();
        world.Connect(server, out Connection connection);
        int fields = 0;
        for (Type type = typeof(Connection); type != typeof(object); type = type.BaseType!)
        {
            fields += type.GetFields(Fields).Length;
        }

        Assert.IsLessThanOrEqualTo(144, 12 + (12 * fields), fields + " fields");
        Assert.AreEqual("_handlers _set", Referred(connection));
    });

    [TestMethod]
    public void Handlers_ThatAreEqual_AreHeldOnceForAllConnections() => Run(world =>
    {
        TcpServer server = world.Serve();
        server.Connection += connection =>
        {
            connection.Data += OnData;
            connection.Closed += OnClosed;
        };
        world.Connect(server, out Connection one);
        world.Connect(server, out Connection other);
        Assert.AreSame(Handlers(one), Handlers(other));
        other.Data -= OnData;
        Assert.AreNotSame(Handlers(one), Handlers(other));
        other.Data += OnData;
        Assert.AreSame(Handlers(one), Handlers(other));
    });

    [TestMethod]
    public void Handlers_OfManyConnections_AreTheirOwn() => Run(world =>
    {
        string[] told = new string[20];
        TcpServer server = world.Serve(new TcpServerOptions { MaxConnections = told.Length });
        Socket[] clients = new Socket[told.Length];
        for (int i = 0; i < told.Length; i++)
        {
            int mine = i;
            clients[i] = world.Connect(server, out Connection connection);
            ConnectionDataHandler dropped = (_, _, _, _) => told[mine] += "dropped";
            connection.Data += dropped;
            connection.Data += (_, _, _, count) => told[mine] += "data" + count;
            connection.Data += (_, _, _, _) => told[mine] += " again";
            connection.Data -= dropped;
            connection.Closed += (_, _) => told[mine] += " closed";
        }

        foreach (Socket client in clients)
        {
            world.Send(client, "xy");
            world.Settle();
            client.Close();
        }

        world.Until(() => server.ConnectionCount == 0, "connections stay");
        foreach (string text in told)
        {
            Assert.AreEqual("data2 again closed", text);
        }
    });

    private static void Run(Action<World> test) => World.Run("loopback", test, "");

    private static void OnData(Connection connection, byte[] buffer, int offset, int count)
    {
    }

    private static void OnClosed(Connection connection, bool hadError)
    {
    }

    private static object? Handlers(Connection connection) => typeof(Connection).GetField("_handlers", Fields)!.GetValue(connection);

    // The objects that it holds beside its socket, which may be its own.
    private static string Referred(Connection connection) => string.Join(' ', typeof(Connection).GetFields(Fields)
        .Where(f => !f.FieldType.IsValueType && f.GetValue(connection) != null).Select(f => f.Name).Order());
}
