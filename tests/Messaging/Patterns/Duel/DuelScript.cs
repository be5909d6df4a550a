namespace IoTNet.Tests.Messaging.Patterns.Duel;

/// <summary>Random calls of a duel. What libzmq and ours do differently on purpose is left out, each by name.</summary>
internal sealed class DuelScript : IDisposable
{
    private const int Names = 3;
    private static readonly string[] s_prefixes = ["", "a", "ab", "b"];

    // Who talks to whom.
    private static readonly Dictionary<string, MessageSocketType[][]> s_families = new()
    {
        ["pipeline"] = [[MessageSocketType.Push], [MessageSocketType.Pull]],
        ["pair"] = [[MessageSocketType.Pair], [MessageSocketType.Pair]],
        ["publish"] = [[MessageSocketType.Pub, MessageSocketType.XPub], [MessageSocketType.Sub, MessageSocketType.XSub]],
        ["request"] = [[MessageSocketType.Req, MessageSocketType.Dealer], [MessageSocketType.Rep, MessageSocketType.Router]],
        ["dealers"] = [[MessageSocketType.Dealer], [MessageSocketType.Dealer]],
        ["routers"] = [[MessageSocketType.Router], [MessageSocketType.Router]],
    };

    private readonly Random _random;
    private readonly PatternDuel _duel = new();
    private readonly MessageSocketType[][] _family;
    private readonly int _maxSockets;
    private readonly bool _marks;
    private readonly bool _conflates;

    public DuelScript(int seed, string family)
    {
        _random = new Random(seed);
        _family = s_families[family];
        _maxSockets = _random.Next(2) == 0 ? 2 : 5;
        // libzmq's ROUTER and REP take a message out of its queue before the first of its frames is received.
        _marks = _random.Next(3) == 0 && family is not ("request" or "routers");
        _duel.HasMarks = _marks;
        _conflates = !_marks && _random.Next(4) == 0 && family is "pipeline" or "dealers";
    }

    public static IEnumerable<object[]> Families => s_families.Keys.Select(f => new object[] { f });

    public void Run(int steps)
    {
        Open(0);
        Open(1);
        if (_random.Next(8) != 0)
        {
            Bind(_duel.Sockets[_random.Next(2)], 0);
            Connect(_duel.Sockets[_random.Next(2)], 0);
        }

        for (int i = 0; i < steps && !_duel.IsOver; i++)
        {
            Step();
        }

        if (!_duel.IsOver)
        {
            _duel.Drain();
        }
    }

    public string Story(string what) => _duel.Story(what);

    public void Dispose() => _duel.Dispose();

    private void Step()
    {
        if (_duel.Sockets.Count < 2 || (_duel.Sockets.Count < _maxSockets && _random.Next(10) == 0))
        {
            Open(_random.Next(2));
            return;
        }

        DuelSocket socket = _duel.Sockets[_random.Next(_duel.Sockets.Count)];
        int name = _random.Next(Names);
        switch (_random.Next(24))
        {
            case 0 when _random.Next(3) == 0:
                Close(socket);
                break;
            case 1:
                Bind(socket, name);
                break;
            case 2 or 3:
                Connect(socket, name);
                break;
            case 4:
                Disconnect(socket, name);
                break;
            case 5 or 6 or 7 when socket.Type == MessageSocketType.Sub:
                Subscribe(socket);
                break;
            case < 14:
                Send(socket);
                break;
            default:
                _duel.Receive(socket);
                break;
        }
    }

    private void Open(int side)
    {
        MessageSocketType[] types = _family[side];
        MessageSocketType type = types[_random.Next(types.Length)];
        DuelOptions options = new()
        {
            Identity = type != MessageSocketType.Pub && _random.Next(3) == 0 ? "ID" + _duel.NextFrame("").Length + _random.Next(1 << 20) : "",

            // A SUB of libzmq loses subscriptions for which there is no room; an XPUB of ours holds up those that nobody receives.
            Mark = _marks && type is not (MessageSocketType.Sub or MessageSocketType.XSub) ? 1 : null,
            ReceiveMark = _marks && type is not (MessageSocketType.Pub or MessageSocketType.XPub) ? 1 : null,
            Mandatory = type == MessageSocketType.Router && _random.Next(2) == 0,
            Verbose = type == MessageSocketType.XPub && _random.Next(2) == 0,
            Correlate = type == MessageSocketType.Req && _random.Next(3) == 0,
            Conflate = _conflates,
        };
        _duel.Open(type, side, options);
    }

    private void Bind(DuelSocket socket, int name)
    {
        // What is both bound and connected is given back in two steps there, and in one here.
        if (socket.Connected.Contains(name))
        {
            return;
        }

        // Over inproc libzmq joins any two kinds of sockets.
        List<DuelSocket> waiting = [.. _duel.Sockets.Where(s => s.Waiting.Contains(name))];
        DuelSocket? binder = Binder(name);
        if (binder == null && waiting.Any(s => s.Side == socket.Side || !MayJoin(socket, s)))
        {
            return;
        }

        _duel.Bind(socket, name);
        if (binder == null)
        {
            socket.Bound.Add(name);
            foreach (DuelSocket other in waiting)
            {
                other.Waiting.RemoveAll(n => n == name);
                Join(socket, other);
            }
        }
    }

    private void Connect(DuelSocket socket, int name)
    {
        DuelSocket? binder = Binder(name);
        if (binder != null ? binder.Side == socket.Side || !MayJoin(binder, socket)
            : _marks || _conflates || _duel.Sockets.Any(s => s.Waiting.Contains(name) && (s.Side != socket.Side || s == socket)))
        {
            return;
        }

        // What a PAIR of libzmq connects in vain goes on to wait, and then takes the place of who could be connected.
        if (binder == null && socket.Type == MessageSocketType.Pair && socket.Peers.Count + socket.Connected.Count > 0)
        {
            return;
        }

        _duel.Connect(socket, name);
        socket.Connected.Add(name);
        if (binder != null)
        {
            Join(binder, socket);
        }
        else
        {
            socket.Waiting.Add(name);
        }
    }

    // A second peer of one name: libzmq goes on to wait for its name, and takes its next message for it.
    private static bool MayJoin(DuelSocket one, DuelSocket other) =>
        !one.Peers.Contains(other) || (one.Options.Identity.Length == 0 && other.Options.Identity.Length == 0);

    private static void Join(DuelSocket one, DuelSocket other)
    {
        one.Peers.Add(other);
        other.Peers.Add(one);
    }

    private DuelSocket? Binder(int name) => _duel.Sockets.FirstOrDefault(s => s.Bound.Contains(name));

    private void Disconnect(DuelSocket socket, int name)
    {
        // A PAIR of libzmq is not free again before its last peer has read all. What waits for who binds the name goes on to.
        // An XPUB of libzmq hears of the end when the subscriber has read what is left.
        bool isToldLate = _marks && socket.Type == MessageSocketType.XPub;
        if (isToldLate || IsAwaited(socket) || socket.Type == MessageSocketType.Pair || _conflates || socket.Waiting.Contains(name) || HasTaken(socket) || HasLost(socket, name))
        {
            return;
        }

        _duel.Disconnect(socket, name);
        if (!socket.Bound.Remove(name))
        {
            socket.Connected.RemoveAll(n => n == name);
        }
    }

    private void Close(DuelSocket socket)
    {
        // libzmq loses the message that is kept. What waits for who binds the name goes on to, and gives it its messages.
        if (_conflates || socket.Waiting.Count > 0 || IsAwaited(socket))
        {
            return;
        }

        _duel.Close(socket);
    }

    private void Subscribe(DuelSocket socket)
    {
        // Asked whether there is something to receive, libzmq's SUB keeps it, also when it is unsubscribed then.
        bool add = _random.Next(3) != 0;
        if (!TellsLater(socket) && (add || (socket.Ours.Events & PollEvents.In) == 0))
        {
            _duel.Subscribe(socket, Pick(s_prefixes), add);
        }
    }

    // What a subscriber sends to publishers that may yet come is kept by libzmq; here it is told then what counts then.
    private static bool TellsLater(DuelSocket socket) => socket.Type is MessageSocketType.Sub or MessageSocketType.XSub &&
        socket.Waiting.Count > 0;

    // What a peer that is gone has left can still be received from libzmq.
    private bool HasLost(DuelSocket socket, int name) =>
        socket.Connected.Contains(name) && socket.Peers.Any(p => !_duel.Sockets.Contains(p));

    // When the peer that it asked is gone, a REQ of libzmq takes the reply of any other.
    private static bool IsAwaited(DuelSocket socket) => socket.Peers.Append(socket).Any(peer =>
        peer.Type == MessageSocketType.Req && (peer.Ours.Events & (PollEvents.Out | PollEvents.Nval)) == 0);

    // In the midst of a message libzmq stops the program; one that it has looked at can still be received.
    private bool HasTaken(DuelSocket socket) =>
        socket.InMessage || (!Divergence.LooksWithoutTaking(socket.Type) && _duel.MayReceive(socket));

    private void Send(DuelSocket socket)
    {
        List<DuelFrame> frames = [];
        if (TellsLater(socket))
        {
            return;
        }

        if (socket.Type == MessageSocketType.XSub && _random.Next(2) == 0)
        {
            frames.Add(new DuelFrame((char)_random.Next(2) + Pick(s_prefixes)));
            _duel.Send(socket, frames);
            return;
        }

        if (socket.Type == MessageSocketType.Router)
        {
            frames.Add(Pick([.. Targets(socket)]));
            if (socket.Numbers.Count > 0 && _random.Next(2) == 0)
            {
                frames.Add(_random.Next(3) != 0 ? socket.Numbers[^1] : Pick([.. socket.Numbers]));
            }
        }

        if (socket.Type is MessageSocketType.Router or MessageSocketType.Dealer && !_conflates && _random.Next(3) != 0)
        {
            frames.Add(new DuelFrame(""));
        }

        // libzmq keeps one frame, not one message.
        int count = _conflates ? 1 : _random.Next(1, 4);
        if (socket.Type == MessageSocketType.Router && _random.Next(8) == 0)
        {
            count = 0;
        }

        for (int i = 0; i < count; i++)
        {
            frames.Add(!_conflates && _random.Next(6) == 0 ? new DuelFrame("") : new DuelFrame(_duel.NextFrame(Pick(s_prefixes))));
        }

        _duel.Send(socket, frames);
    }

    private IEnumerable<DuelFrame> Targets(DuelSocket router) =>
    [
        .. router.Known,
        new DuelFrame("nobody"),
        .. _duel.Sockets.Where(s => s.Options.Identity.Length > 0).Select(s => new DuelFrame(s.Options.Identity)),
    ];

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}
