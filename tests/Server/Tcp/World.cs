using System.Text;
using IoTNet.Boards;
using IoTNet.Emulator;

namespace IoTNet.Tests.Server;

/// <summary>A server's loop, run by the test's own thread, and clients beside it: on one stack, or each on an emulated
/// board.</summary>
internal sealed class World : IDisposable
{
    private readonly List<Socket> _clients = [];
    private readonly List<TcpServer> _servers = [];

    private World(NetworkStack server, NetworkStack clients, string host)
    {
        ServerStack = server;
        ClientStack = clients;
        Host = host;
        Loop = new EventLoop(server);
        Loop.Error += (_, error) => LoopErrors.Add(error.Message);
    }

    public static IEnumerable<object[]> Kinds => [["loopback"], ["host"], ["lwip"]];

    public EventLoop Loop { get; }

    /// <summary>What reached the loop's event: nothing, unless the test says otherwise.</summary>
    public List<string> LoopErrors { get; } = [];

    public NetworkStack ServerStack { get; }

    public NetworkStack ClientStack { get; }

    public string Host { get; }

    /// <summary>Runs a test on a kind of stack.</summary>
    public static void Run(string kind, Action<World> test, string name)
    {
        if (kind == "lwip")
        {
            TestNetwork.Run(net =>
            {
                EmulatedBoard server = net.AddBoard("server", BoardProfile.Esp32);
                EmulatedBoard client = net.AddBoard("client", BoardProfile.Unlimited);
                On(net, server, client, test);
            }, name + "_lwip");
        }
        else
        {
            LoopbackStack local = new();
            NetworkStack stacks = new(kind == "host" ? new SystemNetStack() : local, local);
            using World world = new(stacks, stacks, "127.0.0.1");
            test(world);
        }
    }

    /// <summary>Runs a test on a stack in memory of one's own limits.</summary>
    public static void RunIn(LoopbackLimits limits, Action<World> test)
    {
        LoopbackStack local = new(limits);
        RunOn(new NetworkStack(local, local), test);
    }

    /// <summary>Runs a test on stacks of one's own.</summary>
    public static void RunOn(NetworkStack stacks, Action<World> test)
    {
        using World world = new(stacks, stacks, "127.0.0.1");
        test(world);
    }

    /// <summary>Runs a test between two emulated boards.</summary>
    public static void On(TestNetwork net, EmulatedBoard server, EmulatedBoard client, Action<World> test)
    {
        using World world = new(server.Stacks, client.Stacks, server.Options.Address.ToString());
        test(world);
    }

    public TcpServer Serve(TcpServerOptions? options = null) => Keep(new TcpServer(Loop, Host + ":0", options ?? new()));

    public TcpServer Keep(TcpServer server)
    {
        _servers.Add(server);
        return server;
    }

    /// <summary>A server that sends back what comes.</summary>
    public TcpServer ServeEcho(TcpServerOptions? options = null)
    {
        TcpServer server = Serve(options);
        ConnectionDataHandler echo = static (connection, buffer, offset, count) => connection.Write(buffer, offset, count);
        server.Connection += connection => connection.Data += echo;
        return server;
    }

    /// <summary>Begins to connect; the loop need not have accepted yet.</summary>
    public Socket Connect(TcpServer server)
    {
        Socket client = new(ClientStack, server.Socket.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        _clients.Add(client);
        EndPoint address = server.Socket.LocalEndPoint;
        int result = client.TryConnect(address, 0);
        Assert.IsTrue(result == 0 || result == -(int)Errno.EINPROGRESS, "connect: " + result);
        return client;
    }

    /// <summary>Connects, and waits until the server has told of it.</summary>
    public Socket Connect(TcpServer server, out Connection connection)
    {
        Connection? told = null;
        ConnectionHandler handler = c => told = c;
        server.Connection += handler;
        Socket client = Connect(server);
        Until(() => told != null, "the server told of no connection");
        server.Connection -= handler;
        connection = told!;
        return client;
    }

    /// <summary>Runs the loop until something is so.</summary>
    public void Until(Func<bool> isSo, string orElse)
    {
        long end = Environment.TickCount64 + Stacks.PatienceMs;
        while (!isSo())
        {
            Loop.RunOnce(5);
            Assert.IsTrue(Environment.TickCount64 < end, orElse);
        }
    }

    /// <summary>Runs the loop until it has nothing to do, for as long as a stack in memory needs.</summary>
    public void Settle()
    {
        while (Loop.RunOnce(0) > 0)
        {
        }
    }

    public void Send(Socket client, string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        int sent = 0;
        Until(() =>
        {
            int result = client.TrySend(bytes, sent, bytes.Length - sent, SocketFlags.DontWait);
            Assert.IsTrue(result >= 0 || result == -(int)Errno.EAGAIN || result == -(int)Errno.ENOTCONN || result == -(int)Errno.EPIPE, "send: " + result);
            sent += Math.Max(result, 0);
            return sent == bytes.Length;
        }, "the stack does not take what is sent");
    }

    /// <summary>Receives exactly so many bytes.</summary>
    public string Receive(Socket client, int count)
    {
        byte[] bytes = new byte[count];
        int got = 0;
        Until(() =>
        {
            int result = client.TryReceive(bytes, got, count - got, SocketFlags.DontWait);
            Assert.IsTrue(result > 0 || result == -(int)Errno.EAGAIN || result == -(int)Errno.ENOTCONN, "receive: " + result);
            got += Math.Max(result, 0);
            return got == count;
        }, "no answer came");
        return Encoding.ASCII.GetString(bytes);
    }

    /// <summary>Waits for the end of what the server sends; what comes before is dropped.</summary>
    /// <returns>0, or the error as a negative number.</returns>
    public int End(Socket client)
    {
        byte[] bytes = new byte[4096];
        int result = 1;
        Until(() =>
        {
            result = client.TryReceive(bytes, 0, bytes.Length, SocketFlags.DontWait);
            return result <= 0 && result != -(int)Errno.EAGAIN;
        }, "the connection does not end");
        return result;
    }

    public void Dispose()
    {
        foreach (TcpServer server in _servers)
        {
            server.Close();
            server.CloseConnections();
        }

        foreach (Socket client in _clients)
        {
            client.Close();
        }

        Loop.Close();
    }
}
