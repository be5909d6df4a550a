using System.Text;

namespace IoTNet.Tests.Messaging.Patterns.Duel;

/// <summary>Makes every call twice, on sockets of ours and of libzmq, over inproc and without waiting, and compares the answers,
/// the frames, and after each call what every socket could do next.</summary>
internal sealed class PatternDuel : IDisposable
{
    private const int MaxLooks = 50;

    private static int s_duels;

    private readonly World _world = new();
    private readonly LibzmqSockets _libzmq = new();
    private readonly string _names = "inproc://duel-" + Interlocked.Increment(ref s_duels) + "-";
    private readonly List<DuelSocket> _sockets = [];
    private readonly List<string> _story = [];
    private readonly Dictionary<string, int> _given = [];
    private int _opened;
    private int _frames;

    // Whether a turn has been taken differently: then it ends.
    public bool IsOver { get; private set; }

    public bool HasMarks { get; set; }

    public IReadOnlyList<DuelSocket> Sockets => _sockets;

    public DuelSocket Open(MessageSocketType type, int side, DuelOptions options)
    {
        DuelSocket socket = new(_opened++, type, side, options, _world.Open(type, options.Set), _libzmq.Open(type));
        options.Set(_libzmq, socket.Theirs);
        _sockets.Add(socket);
        Tell($"open {type} {options} -> #{socket.Id}");
        Settle();
        return socket;
    }

    public void Bind(DuelSocket socket, int name)
    {
        Tell($"bind #{socket.Id} to {name}");
        Compare("bind", socket, _libzmq.Bind(socket.Theirs, _names + name), Try(() => socket.Ours.Bind(_names + name)));
        Settle();
    }

    public void Connect(DuelSocket socket, int name)
    {
        Tell($"connect #{socket.Id} to {name}");
        Compare("connect", socket, _libzmq.Connect(socket.Theirs, _names + name), Try(() => socket.Ours.Connect(_names + name)));
        Settle();
    }

    public void Disconnect(DuelSocket socket, int name)
    {
        Tell($"disconnect #{socket.Id} from {name}");
        Compare("disconnect", socket, _libzmq.Disconnect(socket.Theirs, _names + name), Try(() => socket.Ours.Disconnect(_names + name)));
        Settle();
    }

    public void Close(DuelSocket socket)
    {
        Tell($"close #{socket.Id}");
        _libzmq.Close(socket.Theirs);
        socket.Ours.Close();
        _sockets.Remove(socket);
        Settle();
    }

    public void Subscribe(DuelSocket socket, string prefix, bool add)
    {
        Tell($"{(add ? "subscribe" : "unsubscribe")} #{socket.Id} \"{prefix}\"");
        byte[] bytes = Encoding.ASCII.GetBytes(prefix);
        int option = add ? LibzmqSockets.Subscribe : LibzmqSockets.Unsubscribe;
        int ours = Try(() =>
        {
            if (add)
            {
                socket.Ours.Subscribe(bytes);
            }
            else
            {
                socket.Ours.Unsubscribe(bytes);
            }
        });
        Compare("subscribe", socket, _libzmq.Set(socket.Theirs, option, bytes), ours);
        Settle();
    }

    /// <summary>Sends a message.</summary>
    public void Send(DuelSocket socket, IReadOnlyList<DuelFrame> frames)
    {
        Tell($"send #{socket.Id}: {string.Join(", ", frames.Select(f => Show(f.Ours)))}");
        for (int i = 0; i < frames.Count; i++)
        {
            bool more = i + 1 < frames.Count;
            int theirs = _libzmq.Send(socket.Theirs, frames[i].Theirs, more);
            int ours = socket.Ours.TrySend(frames[i].Ours, 0, frames[i].Ours.Length, more, 0);
            Compare("send", socket, theirs, ours);
            if (ours < 0 || theirs < 0)
            {
                Assert.AreEqual(0, i, Story("a message breaks off"));
                break;
            }
        }

        Settle();
    }

    /// <summary>Receives one frame.</summary>
    public void Receive(DuelSocket socket)
    {
        Tell($"receive #{socket.Id}");
        bool isFirst = !socket.InMessage;
        int theirs = _libzmq.Receive(socket.Theirs, out byte[] theirFrame, out bool theirMore);
        int ours = socket.Receive(out byte[] frame, out bool more);
        string text = Show(frame);
        _story[^1] += ours < 0 ? " = " + Show(ours) : $" = {text}{(more ? " …" : "")}";
        bool isSame = ours == theirs;
        if (isSame && ours == 0)
        {
            socket.InMessage = more;
            isSame = socket.IsSame(isFirst, frame, theirFrame) && more == theirMore;
        }

        // Until now all that is known of the message is that it begins with a delimiter.
        bool mayBeAnother = isFirst || !socket.IsMessageKnown;
        socket.IsMessageKnown = more && (!mayBeAnother || frame.Length > 0);

        if (isSame)
        {
            Settle();
            return;
        }

        string difference = $"receive: libzmq {(theirs < 0 ? Show(theirs) : Show(theirFrame) + (theirMore ? " …" : ""))}";
        if (ours == 0 && theirs == 0 && isFirst && socket.Type == MessageSocketType.XPub && Divergence.UnsubscribesInOrder(frame, theirFrame))
        {
            Count(text, 1);
            Count(Show(theirFrame), -1);
            Settle();
            return;
        }

        if (!mayBeAnother || !Divergence.TakesTurns(_sockets, ours, theirs))
        {
            Assert.Fail(Story(difference));
        }

        if (ours == 0)
        {
            Count(frame, 1);
        }

        if (theirs == 0)
        {
            Count(theirFrame, -1);
        }

        End(difference);
    }

    /// <summary>Receives all that is left.</summary>
    public void Drain()
    {
        bool goesOn = true;
        while (goesOn)
        {
            goesOn = false;
            foreach (DuelSocket socket in _sockets)
            {
                goesOn |= DrainOurs(socket) | DrainTheirs(socket);
            }

            _libzmq.Settle(_ => true);
        }

        // What has gone to a peer that may yet come cannot be received.
        if (_sockets.Any(s => s.Waiting.Count > 0))
        {
            return;
        }

        foreach (var (frame, count) in _given)
        {
            Assert.AreEqual(0, count, Story($"at the end, frame {frame}: received that often more than with libzmq"));
        }
    }

    /// <summary>Whether one of the two says that there is something to receive; with marks libzmq is not asked.</summary>
    public bool MayReceive(DuelSocket socket) =>
        !HasMarks && ((socket.Ours.Events | _libzmq.GetEvents(socket.Theirs)) & PollEvents.In) != 0;

    public string Story(string what) => what + "\n" + string.Join("\n", _story.TakeLast(80));

    public byte[] NextFrame(string start) => Encoding.ASCII.GetBytes(start + _frames++);

    public void Dispose()
    {
        _world.Dispose();
        _libzmq.Dispose();
    }

    private bool DrainOurs(DuelSocket socket)
    {
        bool any = false;
        if (socket.Type == MessageSocketType.Rep)
        {
            _ = socket.Ours.TrySend([(byte)'r'], 0, 1, false, 0);
        }

        while (socket.Receive(out byte[] frame, out bool more) == 0)
        {
            any = true;
            Count(frame, 1);
            if (!more && socket.Type == MessageSocketType.Rep)
            {
                Assert.AreEqual(0, socket.Ours.TrySend([(byte)'r'], 0, 1, false, 0));
            }
        }

        return any;
    }

    private bool DrainTheirs(DuelSocket socket)
    {
        bool any = false;
        if (socket.Type == MessageSocketType.Rep)
        {
            _ = _libzmq.Send(socket.Theirs, [(byte)'r'], false);
        }

        while (_libzmq.Receive(socket.Theirs, out byte[] frame, out bool more) == 0)
        {
            any = true;
            Count(frame, -1);
            if (!more && socket.Type == MessageSocketType.Rep)
            {
                Assert.AreEqual(0, _libzmq.Send(socket.Theirs, [(byte)'r'], false));
            }
        }

        return any;
    }

    // Envelopes depend on who receives.
    private void Count(byte[] frame, int count)
    {
        int start = frame.Length > 0 && frame[0] <= 1 ? 1 : 0;
        if (frame.Length > 0 && frame[0] != 'I' && frame.Skip(start).All(b => b is (byte)'a' or (byte)'b' || char.IsAsciiDigit((char)b)))
        {
            Count(Show(frame), count);
        }
    }

    private void Count(string frame, int count) => _given[frame] = _given.GetValueOrDefault(frame) + count;

    private void Settle()
    {
        _libzmq.Settle(Looks);
        foreach (DuelSocket socket in _sockets)
        {
            // What one socket does in its call may be news to others.
            _ = socket.Ours.Events;
        }

        string? difference = null;
        for (int i = 0; i < MaxLooks; i++)
        {
            difference = FindDifference(out bool isTurn);
            if (difference == null)
            {
                return;
            }

            if (isTurn)
            {
                End(difference);
                return;
            }

            // What libzmq does in a thread of its own may be late.
            Thread.Sleep(1);
            _libzmq.Settle(Looks);
        }

        Assert.Fail(Story(difference!));
    }

    private string? FindDifference(out bool isTurn)
    {
        isTurn = false;
        foreach (DuelSocket socket in _sockets.Where(s => Looks(s.Theirs)))
        {
            PollEvents theirs = _libzmq.GetEvents(socket.Theirs);
            PollEvents ours = socket.Ours.Events;
            if (ours != theirs && !Divergence.AllowsEvents(socket, theirs, ours))
            {
                bool isReceiving = ((ours ^ theirs) & ~PollEvents.In) == PollEvents.None;
                isTurn = isReceiving && Divergence.TakesTurns(_sockets, 0, 0);
                return $"events #{socket.Id}: libzmq {theirs}, ours {ours}";
            }
        }

        return null;
    }

    // From here on the two are in different states: what is left must be the same, in any order.
    private void End(string difference)
    {
        Tell("turn: " + difference);
        IsOver = true;
        Drain();
    }

    private bool Looks(IntPtr theirs)
    {
        DuelSocket? socket = _sockets.Find(s => s.Theirs == theirs);
        return socket == null || !HasMarks || Divergence.LooksWithoutTaking(socket.Type);
    }

    private void Compare(string call, DuelSocket socket, int theirs, int ours)
    {
        _story[^1] += $" = {Show(ours)}";
        if (ours != theirs && !Divergence.Allows(call, socket.Type, theirs, ours))
        {
            Assert.Fail(Story($"{call}: libzmq {Show(theirs)}"));
        }
    }

    private void Tell(string line) => _story.Add(line);

    private static int Try(Action call)
    {
        try
        {
            call();
            return 0;
        }
        catch (SocketException e)
        {
            return -(int)e.Errno;
        }
    }

    private static string Show(int result) => result < 0 ? "-" + (Errno)(-result) : result.ToString();

    private static string Show(byte[] frame) =>
        "\"" + string.Concat(frame.Select(b => b is >= 32 and < 127 ? ((char)b).ToString() : $"\\x{b:X2}")) + "\"";
}
