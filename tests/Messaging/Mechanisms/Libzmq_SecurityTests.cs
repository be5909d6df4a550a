using System.Text;

namespace IoTNet.Tests.Messaging;

/// <summary>PLAIN and CURVE against libzmq's, each side in each role.</summary>
[TestClass]
[DoNotParallelize]
public class Libzmq_SecurityTests
{
    // Long enough for a handshake that goes wrong to go right if it could; nothing waits for less.
    private const int RefusedMs = 400;

    private static readonly int[] s_lengths = [0, 1, 221, 222, 223, 254, 255, 256, 4096, 8192, 65_536, 100_000];

    private readonly CurveKeyPair _serverKeys = CurveKeyPair.Generate();
    private readonly CurveKeyPair _clientKeys = CurveKeyPair.Generate();
    private readonly World _world = new();

    [TestInitialize]
    public void NeedLibzmq() => Libzmq.Need();

    [TestCleanup]
    public void CloseWorld() => _world.Dispose();

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Curve_WithOurServer_CarriesMessages(bool serverBinds)
    {
        byte[]? seen = null;
        MessageSocket ours = Open(MessageSocketType.Dealer, new CurveServerSecurity(_serverKeys, key => (seen = key) != null));
        using Libzmq theirs = CurveClient(Libzmq.Dealer, _clientKeys);
        Join(ours, theirs, serverBinds);
        Exchange(ours, theirs);
        Bytes.AssertEqual(_clientKeys.PublicKey, seen!);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Curve_WithTheirServer_CarriesMessages(bool clientBinds)
    {
        string[] seen = [];
        using IDisposable handler = Libzmq.Authenticate(credentials => (seen = credentials) != null);
        MessageSocket ours = Open(MessageSocketType.Dealer, new CurveClientSecurity(_serverKeys.PublicKey, _clientKeys));
        using Libzmq theirs = CurveServer(Libzmq.Dealer);
        Join(ours, theirs, clientBinds);
        Exchange(ours, theirs);
        Bytes.AssertEqual(_clientKeys.PublicKey, Encoding.Latin1.GetBytes(seen[0]));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Curve_OfAPublisher_CarriesSubscriptions(bool weServe)
    {
        using Libzmq theirs = weServe ? CurveClient(Libzmq.Sub, _clientKeys) : CurveServer(Libzmq.Pub);
        if (weServe)
        {
            MessageSocket ours = Open(MessageSocketType.Pub, new CurveServerSecurity(_serverKeys));
            theirs.SetSubscription("wind");
            Join(ours, theirs, true);
            byte[][]? received = null;
            for (int i = 0; i < World.PatienceMs / 10 && received == null; i++)
            {
                ours.Send(Encoding.UTF8.GetBytes("rain 1"));
                ours.Send(Encoding.UTF8.GetBytes("wind 2"));
                received = theirs.TryReceive(10);
            }

            Assert.AreEqual("wind 2", Encoding.UTF8.GetString(received![0]));
        }
        else
        {
            MessageSocket ours = Open(MessageSocketType.Sub, new CurveClientSecurity(_serverKeys.PublicKey, _clientKeys));
            ours.Subscribe("wind");
            Join(ours, theirs, false);
            byte[] buffer = new byte[100];
            int count = -1;
            for (int i = 0; i < World.PatienceMs / 10 && count < 0; i++)
            {
                theirs.Send(Encoding.UTF8.GetBytes("rain 1"));
                theirs.Send(Encoding.UTF8.GetBytes("wind 2"));
                count = ours.TryReceive(buffer, 0, buffer.Length, out _, 10);
            }

            Assert.AreEqual("wind 2", Encoding.UTF8.GetString(buffer, 0, count));
        }
    }

    [TestMethod]
    public void Curve_OfAClientThatIsNotLetIn_CarriesNothing()
    {
        MessageSocket ours = Open(MessageSocketType.Dealer, new CurveServerSecurity(_serverKeys, _ => false));
        using Libzmq theirs = CurveClient(Libzmq.Dealer, _clientKeys);
        Join(ours, theirs, true);
        AssertNothing(ours, theirs);
    }

    [TestMethod]
    public void Curve_OfOurClientThatIsNotLetIn_CarriesNothing()
    {
        using IDisposable handler = Libzmq.Authenticate(_ => false);
        MessageSocket ours = Open(MessageSocketType.Dealer, new CurveClientSecurity(_serverKeys.PublicKey, _clientKeys));
        using Libzmq theirs = CurveServer(Libzmq.Dealer);
        Join(ours, theirs, false);
        AssertNothing(ours, theirs);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Curve_WithAnotherServersKey_CarriesNothing(bool weServe)
    {
        byte[] other = CurveKeyPair.Generate().PublicKey;
        MessageSocket ours = Open(
            MessageSocketType.Dealer, weServe ? new CurveServerSecurity(_serverKeys) : new CurveClientSecurity(other, _clientKeys));
        using Libzmq theirs = weServe ? CurveClient(Libzmq.Dealer, _clientKeys, other) : CurveServer(Libzmq.Dealer);
        Join(ours, theirs, weServe);
        AssertNothing(ours, theirs);
    }

    [TestMethod]
    public void Plain_WithOurServer_CarriesMessages()
    {
        MessageSocket ours = Open(
            MessageSocketType.Dealer, new PlainServerSecurity((name, password) => name == "admin" && password == "sésame"));
        using Libzmq theirs = PlainClient("sésame");
        Join(ours, theirs, true);
        Exchange(ours, theirs);
    }

    [TestMethod]
    public void Plain_WithTheirServer_CarriesMessages()
    {
        string[] seen = [];
        using IDisposable handler = Libzmq.Authenticate(credentials => (seen = credentials) != null);
        MessageSocket ours = Open(MessageSocketType.Dealer, new PlainClientSecurity("admin", "sesame"));
        using Libzmq theirs = PlainServer();
        Join(ours, theirs, false);
        Exchange(ours, theirs);
        CollectionAssert.AreEqual(new[] { "admin", "sesame" }, seen);
    }

    [TestMethod]
    public void Plain_WithAnotherPassword_CarriesNothing()
    {
        MessageSocket ours = Open(MessageSocketType.Dealer, new PlainServerSecurity((_, password) => password == "sesame"));
        using Libzmq theirs = PlainClient("open");
        Join(ours, theirs, true);
        AssertNothing(ours, theirs);

        using IDisposable handler = Libzmq.Authenticate(credentials => credentials[1] == "sesame");
        MessageSocket client = Open(MessageSocketType.Dealer, new PlainClientSecurity("admin", "open"));
        using Libzmq server = PlainServer();
        Join(client, server, false);
        AssertNothing(client, server);
    }

    private static void Join(MessageSocket ours, Libzmq theirs, bool weBind)
    {
        if (weBind)
        {
            ours.Bind("tcp://127.0.0.1:*");
            theirs.Connect(ours.LastEndpoint);
        }
        else
        {
            ours.Connect(theirs.Bind());
        }
    }

    private static void Exchange(MessageSocket ours, Libzmq theirs)
    {
        foreach (int length in s_lengths)
        {
            byte[][] message = [Bytes.Random(length), [], Bytes.Random(3)];
            theirs.Send(message);
            AssertEqual(message, ours.ReceiveFrames());
            ours.Send(message);
            AssertEqual(message, theirs.TryReceive(World.PatienceMs));
        }
    }

    private static void AssertEqual(byte[][] expected, byte[][]? actual)
    {
        Assert.IsNotNull(actual);
        CollectionAssert.AreEqual(expected.Select(Convert.ToHexString).ToArray(), actual.Select(Convert.ToHexString).ToArray());
    }

    // libzmq queues what is sent for whom it connects to.
    private static void AssertNothing(MessageSocket ours, Libzmq theirs)
    {
        theirs.Set(28, 0);
        ours.TrySend([1], 0, 1, false, 0);
        byte[] buffer = new byte[10];
        Assert.AreEqual(-(int)Errno.EAGAIN, ours.TryReceive(buffer, 0, buffer.Length, out _, RefusedMs));
        Assert.IsNull(theirs.TryReceive(0));
    }

    private MessageSocket Open(MessageSocketType type, MessageSecurity security) => _world.Open(type, options => options.Security = security);

    private Libzmq CurveClient(int type, CurveKeyPair keys, byte[]? serverKey = null)
    {
        Libzmq socket = new(type);
        socket.Set(Libzmq.CurveServerKey, serverKey ?? _serverKeys.PublicKey);
        socket.Set(Libzmq.CurvePublicKey, keys.PublicKey);
        socket.Set(Libzmq.CurveSecretKey, keys.SecretKey);
        return socket;
    }

    private Libzmq CurveServer(int type)
    {
        Libzmq socket = new(type);
        socket.SetDomain();
        socket.Set(Libzmq.CurveServer, 1);
        socket.Set(Libzmq.CurveSecretKey, _serverKeys.SecretKey);
        return socket;
    }

    private static Libzmq PlainClient(string password)
    {
        Libzmq socket = new(Libzmq.Dealer);
        socket.Set(Libzmq.PlainUserName, "admin");
        socket.Set(Libzmq.PlainPassword, password);
        return socket;
    }

    private static Libzmq PlainServer()
    {
        Libzmq socket = new(Libzmq.Dealer);
        socket.SetDomain();
        socket.Set(Libzmq.PlainServer, 1);
        return socket;
    }
}
