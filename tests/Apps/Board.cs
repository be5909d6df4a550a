using System.Collections.Concurrent;

namespace IoTNet.Apps.Tests;

/// <summary>A board in memory with an echo server on it, and the calls that a client makes. When it is disposed, the server
/// must have ended and no socket may be open.</summary>
internal sealed class Board : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);
    private readonly LoopbackStack _stack;
    private readonly List<Socket> _clients = [];
    private readonly BlockingCollection<string> _log = [];
    private readonly Thread _thread;

    public Board(Action<EchoServerOptions>? change = null, int maxSockets = 64)
    {
        _stack = new LoopbackStack(new LoopbackLimits { MaxSockets = maxSockets });
        NetworkStack.Use(_stack);
        var options = new EchoServerOptions { Log = line => _log.Add(line) };
        change?.Invoke(options);
        Server = new EchoServer(options);
        Server.Open();
        _thread = new Thread(() =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Server.Run();
            AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;
        });
        _thread.Start();
    }

    public EchoServer Server { get; }

    /// <summary>What the server's thread allocated from its begin to its end.</summary>
    public long AllocatedBytes { get; private set; }

    public Socket Connect()
    {
        var client = Track(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        client.Connect(Loopback(Server.LocalEndPoint.Port));
        return client;
    }

    public Socket OpenUdp(int port = 0)
    {
        var client = Track(new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        client.Bind(Loopback(port));
        client.Connect(Loopback(Server.UdpEndPoint.Port));
        return client;
    }

    /// <summary>Waits for a line of the server's log.</summary>
    public void WaitForLog(string part)
    {
        while (_log.TryTake(out var line, s_limit))
        {
            if (line.Contains(part, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"no line with '{part}' came");
    }

    /// <summary>Stops the server and waits for its thread.</summary>
    public void Stop()
    {
        Server.Stop();
        Assert.IsTrue(_thread.Join(s_limit), "the server did not stop");
    }

    public void Dispose()
    {
        Stop();
        foreach (var client in _clients)
        {
            client.Close();
        }

        Assert.AreEqual(0, _stack.OpenSockets, "sockets left open");
    }

    private static IPEndPoint Loopback(int port) => new(IPAddress.Loopback, port);

    private Socket Track(Socket client)
    {
        client.ReceiveTimeout = (int)s_limit.TotalMilliseconds;
        client.SendTimeout = (int)s_limit.TotalMilliseconds;
        _clients.Add(client);
        return client;
    }
}
