namespace IoTNet.Tests.Server;

/// <summary>Datagram sockets on one loop, what came to them, and the errors of those without a callback.</summary>
internal sealed class Dgram : IDisposable
{
    private readonly Stacks? _board;
    private readonly bool _isQuiet;
    private readonly List<DatagramSocket> _sockets = [];

    public Dgram(string stack, bool isQuiet = false)
    {
        _board = new Stacks(stack);
        _isQuiet = isQuiet;
        Loop = new EventLoop(_board.Stack);
    }

    public Dgram(NetworkStack stacks)
    {
        Loop = new EventLoop(stacks);
    }

    public EventLoop Loop { get; }

    /// <summary>Each message: its bytes and the sender's port.</summary>
    public List<string> Messages { get; } = [];

    public List<string> Errors { get; } = [];

    public DatagramSocket Make(int datagramBytes = 1472)
    {
        DatagramSocket socket = new(Loop, AddressFamily.InterNetwork, datagramBytes);
        if (!_isQuiet)
        {
            socket.Message += (_, buffer, offset, count, from) =>
                Messages.Add(string.Join(',', buffer.Skip(offset).Take(count)) + " from " + from.Port);
        }

        socket.Error += (_, error) => Errors.Add(error.Message);
        _sockets.Add(socket);
        return socket;
    }

    /// <summary>A socket on 127.0.0.1.</summary>
    public DatagramSocket Bound(int datagramBytes = 1472)
    {
        DatagramSocket socket = Make(datagramBytes);
        bool isBound = false;
        socket.Bind(0, "127.0.0.1", _ => isBound = true);
        Until(() => isBound);
        return socket;
    }

    /// <summary>Makes a socket and brings about one of its callbacks, which then does something.</summary>
    public DatagramSocket Provoke(string where, Action<DatagramSocket> action, out List<string> events)
    {
        List<string> seen = events = [];
        DatagramSocket socket = Make();
        bool isDone = false;
        void At(string name)
        {
            seen.Add(name);
            if (name == where && !isDone)
            {
                isDone = true;
                action(socket);
            }
        }

        socket.Listening += _ => At("listening");
        socket.Connected += _ => At("connected");
        socket.Message += (_, _, _, _, _) => At("message");
        socket.Error += (_, _) => At("error");
        socket.Closed += _ => At("closed");
        socket.Bind(0, where == "error" ? "192.0.2.1" : "127.0.0.1", _ => At("bind"));
        switch (where)
        {
            case "message":
                Until(() => seen.Contains("bind"));
                socket.Send([1], 0, 1, socket.Address().Port, null, null);
                socket.Send([2], 0, 1, socket.Address().Port, null, null);
                break;
            case "send":
                socket.Send([1], 0, 1, 7, null, (_, _) => At("send"));
                break;
            case "connect":
            case "connected":
                socket.Connect(7, null, (error, _) => At(error == null ? "connect" : error.Code));
                break;
            case "closed":
                Until(() => seen.Contains("bind"));
                socket.Close();
                break;
        }

        return socket;
    }

    public string? CodeOf(Action call)
    {
        try
        {
            call();
            return null;
        }
        catch (DatagramException e)
        {
            return e.Code;
        }
    }

    public void Until(Func<bool> isSo)
    {
        while (!isSo())
        {
            Assert.AreNotEqual(0, Loop.RunOnce(Stacks.PatienceMs), "nothing happened; errors: " + string.Join(", ", Errors));
        }
    }

    public void Drain()
    {
        while (Loop.RunOnce(0) > 0)
        {
        }
    }

    public void Dispose()
    {
        foreach (DatagramSocket socket in _sockets)
        {
            socket.Dispose();
        }

        Loop.Close();
        _board?.Dispose();
    }
}
