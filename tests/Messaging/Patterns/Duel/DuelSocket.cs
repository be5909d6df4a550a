namespace IoTNet.Tests.Messaging.Patterns.Duel;

/// <summary>A socket of ours, and the one of libzmq that goes through the same.</summary>
internal sealed class DuelSocket(int id, MessageSocketType type, int side, DuelOptions options, MessageSocket ours, IntPtr theirs)
{
    private readonly byte[] _buffer = new byte[1000];

    public int Id => id;

    public MessageSocketType Type => type;

    /// <summary>Those of side 0 talk to those of side 1.</summary>
    public int Side => side;

    public DuelOptions Options => options;

    public MessageSocket Ours => ours;

    public IntPtr Theirs => theirs;

    /// <summary>Whether the first frames of a message have been received, and the last one not.</summary>
    public bool InMessage { get; set; }

    public List<int> Bound { get; } = [];

    public List<int> Connected { get; } = [];

    /// <summary>All that it was ever joined to.</summary>
    public List<DuelSocket> Peers { get; } = [];

    /// <summary>ROUTER: who sent something; a name that the router chose is another one for libzmq's.</summary>
    public List<DuelIdentity> Known { get; } = [];

    public int Receive(out byte[] frame, out bool more)
    {
        int count = ours.TryReceive(_buffer, 0, _buffer.Length, out more, 0);
        frame = count < 0 ? [] : _buffer[..count];
        return count < 0 ? count : 0;
    }

    /// <summary>Whether two identities stand for the same peer.</summary>
    public bool IsSame(byte[] identity, byte[] theirs)
    {
        foreach (DuelIdentity known in Known)
        {
            if (known.Ours.SequenceEqual(identity) || known.Theirs.SequenceEqual(theirs))
            {
                return known.Ours.SequenceEqual(identity) && known.Theirs.SequenceEqual(theirs);
            }
        }

        Known.Add(new DuelIdentity(identity, theirs));
        bool isChosen = identity.Length == 5 && identity[0] == 0 && theirs.Length == 5 && theirs[0] == 0;
        return isChosen || identity.SequenceEqual(theirs);
    }
}

/// <summary>A peer's name at a ROUTER of ours, and at that of libzmq.</summary>
internal sealed record DuelIdentity(byte[] Ours, byte[] Theirs)
{
    public override string ToString() => Convert.ToHexString(Ours);
}

/// <summary>Options of both.</summary>
internal sealed record DuelOptions
{
    public string Identity { get; init; } = "";

    /// <summary>The high-water marks of both ways; null for the defaults.</summary>
    public int? Mark { get; init; }

    public bool Mandatory { get; init; }

    public bool Verbose { get; init; }

    public bool Correlate { get; init; }

    public bool Relaxed { get; init; }

    public bool Conflate { get; init; }

    public void Set(MessageSocketOptions options)
    {
        options.Identity = System.Text.Encoding.ASCII.GetBytes(Identity);
        options.SendHighWaterMark = Mark ?? options.SendHighWaterMark;
        options.ReceiveHighWaterMark = Mark ?? options.ReceiveHighWaterMark;
        options.RouterMandatory = Mandatory;
        options.XPubVerbose = Verbose;
        options.ReqCorrelate = Correlate;
        options.ReqRelaxed = Relaxed;
        options.Conflate = Conflate;
    }

    public void Set(LibzmqSockets libzmq, IntPtr socket)
    {
        if (Identity.Length > 0)
        {
            libzmq.Set(socket, LibzmqSockets.Identity, System.Text.Encoding.ASCII.GetBytes(Identity));
        }

        if (Mark != null)
        {
            libzmq.Set(socket, LibzmqSockets.SendMark, BitConverter.GetBytes(Mark.Value));
            libzmq.Set(socket, LibzmqSockets.ReceiveMark, BitConverter.GetBytes(Mark.Value));
        }

        Switch(libzmq, socket, LibzmqSockets.RouterMandatory, Mandatory);
        Switch(libzmq, socket, LibzmqSockets.XPubVerbose, Verbose);
        Switch(libzmq, socket, LibzmqSockets.ReqCorrelate, Correlate);
        Switch(libzmq, socket, LibzmqSockets.ReqRelaxed, Relaxed);
        Switch(libzmq, socket, LibzmqSockets.Conflate, Conflate);
    }

    private static void Switch(LibzmqSockets libzmq, IntPtr socket, int option, bool on)
    {
        if (on)
        {
            Assert.AreEqual(0, libzmq.Set(socket, option, BitConverter.GetBytes(1)), "option " + option);
        }
    }
}
