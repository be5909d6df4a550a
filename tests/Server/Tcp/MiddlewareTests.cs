using System.Text;

namespace IoTNet.Tests.Server;

[TestClass]
public sealed class MiddlewareTests
{
    [TestMethod]
    public void Use_OfSeveral_RunsInOrderBeforeTheConnectionIsTold() => Run(world =>
    {
        List<string> calls = [];
        object key = new();
        TcpServer server = world.Serve();
        server.Use((connection, next) =>
        {
            calls.Add("one");
            connection.Attach(key, "attached");
            next(connection);
        }).Use((connection, next) =>
        {
            calls.Add("two " + connection.GetAttached(key));
            next(connection);
            next(connection);
        });
        server.Connection += _ => calls.Add("connection");
        world.Connect(server, out _);
        CollectionAssert.AreEqual(new[] { "one", "two attached", "connection" }, calls);
    });

    [TestMethod]
    public void Next_CalledLater_ThenTellsOfTheConnection() => Run(world =>
    {
        Connection? waiting = null;
        MiddlewareNext? later = null;
        int told = 0;
        TcpServer server = world.Serve();
        server.Use((connection, next) =>
        {
            waiting = connection;
            later = next;
        });
        string text = "";
        server.Connection += connection =>
        {
            told++;
            connection.Data += (_, buffer, offset, count) => text += Encoding.ASCII.GetString(buffer, offset, count);
        };
        Socket client = world.Connect(server);
        world.Send(client, "early");
        world.Until(() => waiting != null, "the middleware was not called");
        world.Settle();
        Assert.AreEqual(0, told);

        // From another thread: by a post.
        Thread other = new(() => world.Loop.Post(_ => later!(waiting!), null));
        other.Start();
        world.Until(() => text == "early", "what came before was lost");
        other.Join();
        later!(waiting!);
        Assert.AreEqual(1, told);
    });

    [TestMethod]
    public void Next_WithAReason_RefusesTheClient() => Run(world =>
    {
        Exception reason = new("not you");
        List<Exception> refused = [];
        bool reached = false;
        TcpServer server = world.Serve();
        server.Use((connection, next) => next(connection, reason));
        server.Use((connection, next) => reached = true);
        server.Connection += _ => reached = true;
        server.Refused += (connection, why) =>
        {
            StringAssert.StartsWith(connection.RemoteAddress, "tcp://127.0.0.1:");
            connection.Write(Encoding.ASCII.GetBytes("go"), 0, 2);
            refused.Add(why);
        };
        Socket client = world.Connect(server);
        Assert.AreEqual("go", world.Receive(client, 2));
        Assert.AreEqual(0, world.End(client));
        CollectionAssert.AreEqual(new[] { reason }, refused);
        Assert.IsFalse(reached);
        Assert.AreEqual(0, server.ConnectionCount);
    });

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Client_GoneWhileItWaits_DropsTheChain(bool reset) => Run(world =>
    {
        Connection? waiting = null;
        MiddlewareNext? later = null;
        bool told = false;
        TcpServer server = world.Serve();
        server.Use((connection, next) =>
        {
            waiting = connection;
            later = next;
        });
        server.Connection += _ => told = true;
        Socket client = world.Connect(server);
        world.Until(() => waiting != null, "the middleware was not called");
        if (reset)
        {
            client.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Linger, 0);
        }

        client.Close();
        world.Until(() => waiting!.IsClosed, "nobody noticed");
        later!(waiting!);
        Assert.IsFalse(told);
        Assert.AreEqual(0, server.ConnectionCount);
    });

    [TestMethod]
    public void Middleware_ThatNeverDecides_IsBounded() => Run(world =>
    {
        Exception? why = null;
        TcpServer server = world.Serve(new() { MiddlewareTimeoutMs = 30 });
        server.Use((connection, next) => { });
        server.Refused += (_, reason) => why = reason;
        Socket client = world.Connect(server);
        Assert.AreEqual(0, world.End(client));
        Assert.AreEqual(Errno.ETIMEDOUT, ((SocketException)why!).Errno);
    });

    [TestMethod]
    public void Middleware_ThatThrows_ClosesTheClientOnly() => Run(world =>
    {
        List<string> errors = [];
        int calls = 0;
        TcpServer server = world.ServeEcho();
        server.Use((connection, next) => next(connection));
        server.Use((connection, next) =>
        {
            if (calls++ == 0)
            {
                throw new FormatException("thrown");
            }

            next(connection);
        });
        server.Error += (_, error) => errors.Add(error.Message);
        Assert.AreEqual(0, world.End(world.Connect(server)));
        CollectionAssert.AreEqual(new[] { "thrown" }, errors);
        Socket second = world.Connect(server);
        world.Send(second, "x");
        Assert.AreEqual("x", world.Receive(second, 1));
    });

    [TestMethod]
    [DataRow(true, "10.0.0.0/8", true)]
    [DataRow(false, "10.0.0.0/8", false)]
    [DataRow(false, "127.0.0.0/8", true)]
    [DataRow(false, "127.0.0.1", true)]
    [DataRow(false, "127.0.0.2", false)]
    [DataRow(false, "127.0.0.2/30", true)]
    [DataRow(false, "127.0.0.2/31", false)]
    [DataRow(false, "0.0.0.0/0", true)]
    [DataRow(false, "::/0", false)]
    public void AddressRules_OfANetwork_DecideByIt(bool others, string allowed, bool passes) => Run(world =>
    {
        Assert.AreEqual(passes, Passes(world, new AddressRules(others).Allow(allowed).Check));
        Assert.AreEqual(others, Passes(world, new AddressRules(others).Deny("10.0.0.0/8").Check));
        Assert.IsFalse(Passes(world, new AddressRules(true).Deny("127.0.0.0/31").Allow("127.0.0.1").Check));
    });

    [TestMethod]
    [DataRow("10.0.0/8", "\"10.0.0\"")]
    [DataRow("10.0.0.0/33", "0 to 32 bits, not \"33\"")]
    [DataRow("::1/129", "0 to 128 bits")]
    [DataRow("::1/x", "not \"x\"")]
    public void AddressRules_OfNoNetwork_NameWhatIsWrong(string network, string part) =>
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => new AddressRules(true).Allow(network)).Message, part);

    [TestMethod]
    public void RateLimit_OfABurst_LetsOnePassPerInterval()
    {
        RateLimit limit = new(3, 100, 2);
        long now = 1000;
        Assert.IsTrue(limit.Take(1, now) && limit.Take(1, now) && limit.Take(1, now));
        Assert.IsFalse(limit.Take(1, now));
        Assert.IsTrue(limit.Take(2, now));
        Assert.IsFalse(limit.Take(1, now + 99));
        Assert.IsTrue(limit.Take(1, now + 100));
        Assert.IsFalse(limit.Take(1, now + 100));

        // A third address takes the place of the one that has been good longest.
        Assert.IsTrue(limit.Take(3, now + 100));
        Assert.IsFalse(limit.Take(1, now + 100));
        Assert.IsTrue(limit.Take(1, now + 1000) && limit.Take(1, now + 1000) && limit.Take(1, now + 1000));
        Assert.IsFalse(limit.Take(1, now + 1000));
    }

    [TestMethod]
    public void RateLimit_OnAServer_RefusesWhatIsTooMuch() => Run(world =>
    {
        RateLimit limit = new(1, int.MaxValue, 8);
        Assert.IsTrue(Passes(world, limit.Check));
        Assert.IsFalse(Passes(world, limit.Check));
    });

    [TestMethod]
    public void ConnectionLimit_OfAnAddress_CountsThoseThatAreThere() => Run(world =>
    {
        List<string> refused = [];
        TcpServer server = world.ServeEcho();
        server.Use(new ConnectionLimit(2, 4).Check);
        server.Refused += (_, reason) => refused.Add(reason.Message);
        Socket first = world.Connect(server, out Connection connection);
        world.Connect(server, out _);
        Assert.AreEqual(0, world.End(world.Connect(server)));
        Assert.HasCount(1, refused);
        first.Close();
        world.Until(() => connection.IsClosed, "the connection stays");
        world.Connect(server, out _);
        Assert.HasCount(1, refused);
    });

    [TestMethod]
    public void ConnectionLog_OfAClient_WritesItsComingAndGoing() => Run(world =>
    {
        List<string> lines = [];
        TcpServer server = world.ServeEcho();
        server.Use(new ConnectionLog(lines.Add).Note);
        Socket client = world.Connect(server, out Connection connection);
        string name = connection.RemoteAddress;
        client.Close();
        world.Until(() => connection.IsClosed, "the connection stays");
        CollectionAssert.AreEqual(new[] { name + " connected", name + " closed" }, lines);
    });

    private static void Run(Action<World> test) => World.Run("loopback", test, "");

    // Whether a middleware lets a client pass.
    private static bool Passes(World world, Middleware middleware)
    {
        bool? passed = null;
        TcpServer server = world.Serve();
        server.Use(middleware);
        server.Connection += _ => passed = true;
        server.Refused += (_, _) => passed = false;
        world.Connect(server);
        world.Until(() => passed != null, "nothing was decided");
        server.CloseConnections();
        server.Close();
        return passed!.Value;
    }
}
