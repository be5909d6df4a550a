namespace IoTNet.Tests.Messaging.Patterns.Duel;

/// <summary>A socket of ours, and the one of libzmq that goes through the same.</summary>
internal sealed class DuelSocket(int id, MessageSocketType type, int side, DuelOptions options, MessageSocket ours, IntPtr theirs)
{
    private const int NumberBytes = 4;

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

    /// <summary>Whether more of that message has been received than empty frames.</summary>
    public bool IsMessageKnown { get; set; }

    public List<int> Bound { get; } = [];

    public List<int> Connected { get; } = [];

    /// <summary>Those of them that nobody has bound yet.</summary>
    public List<int> Waiting { get; } = [];

    /// <summary>All that it was ever joined to.</summary>
    public List<DuelSocket> Peers { get; } = [];

    /// <summary>ROUTER: who sent something; a name that the router chose is another one for libzmq's.</summary>
    public List<DuelFrame> Known { get; } = [];

    /// <summary>ROUTER: the numbers that stand before requests (ReqCorrelate); each REQ begins with one by chance.</summary>
    public List<DuelFrame> Numbers { get; } = [];

    public int Receive(out byte[] frame, out bool more)
    {
        int count = ours.TryReceive(_buffer, 0, _buffer.Length, out more, 0);
        frame = count < 0 ? [] : _buffer[..count];
        return count < 0 ? count : 0;
    }

    /// <summary>Whether two frames are the same, or stand for the same.</summary>
    public bool IsSame(bool isFirst, byte[] ours, byte[] theirs)
    {
        if (Type == MessageSocketType.Router && isFirst)
        {
            return IsSameIdentity(ours, theirs);
        }

        bool isSame = ours.SequenceEqual(theirs);
        if (Type == MessageSocketType.Router && !isSame && ours.Length == NumberBytes && theirs.Length == NumberBytes)
        {
            Numbers.Add(new DuelFrame(ours, theirs));
            return true;
        }

        return isSame;
    }

    private bool IsSameIdentity(byte[] identity, byte[] theirs)
    {
        foreach (DuelFrame known in Known)
        {
            if (known.Ours.SequenceEqual(identity) || known.Theirs.SequenceEqual(theirs))
            {
                return known.Ours.SequenceEqual(identity) && known.Theirs.SequenceEqual(theirs);
            }
        }

        Known.Add(new DuelFrame(identity, theirs));
        bool isChosen = identity.Length == 5 && identity[0] == 0 && theirs.Length == 5 && theirs[0] == 0;
        return isChosen || identity.SequenceEqual(theirs);
    }
}

/// <summary>A frame for ours, and what stands for it with libzmq.</summary>
internal sealed record DuelFrame(byte[] Ours, byte[] Theirs)
{
    public DuelFrame(byte[] both)
        : this(both, both)
    {
    }

    public DuelFrame(string both)
        : this(System.Text.Encoding.ASCII.GetBytes(both))
    {
    }
}

/// <summary>Options of both.</summary>
internal sealed record DuelOptions
{
    public string Identity { get; init; } = "";

    /// <summary>The high-water mark of what is sent; null for the default.</summary>
    public int? Mark { get; init; }

    /// <summary>The same for what is received.</summary>
    public int? ReceiveMark { get; init; }

    public bool Mandatory { get; init; }

    public bool Verbose { get; init; }

    public bool Correlate { get; init; }

    public bool Relaxed { get; init; }

    public bool Conflate { get; init; }

    public void Set(MessageSocketOptions options)
    {
        options.Identity = System.Text.Encoding.ASCII.GetBytes(Identity);
        options.SendHighWaterMark = Mark ?? options.SendHighWaterMark;
        options.ReceiveHighWaterMark = ReceiveMark ?? options.ReceiveHighWaterMark;
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
        }

        if (ReceiveMark != null)
        {
            libzmq.Set(socket, LibzmqSockets.ReceiveMark, BitConverter.GetBytes(ReceiveMark.Value));
        }

        Switch(libzmq, socket, LibzmqSockets.RouterMandatory, Mandatory);
        Switch(libzmq, socket, LibzmqSockets.XPubVerbose, Verbose);
        Switch(libzmq, socket, LibzmqSockets.ReqCorrelate, Correlate);
        Switch(libzmq, socket, LibzmqSockets.ReqRelaxed, Relaxed);
        Switch(libzmq, socket, LibzmqSockets.Conflate, Conflate);
    }

    public override string ToString()
    {
        string text = Identity + (Mark != null ? " mark " + Mark : "");
        text += (Mandatory ? " mandatory" : "") + (Verbose ? " verbose" : "") + (Correlate ? " correlate" : "");
        return text + (Relaxed ? " relaxed" : "") + (Conflate ? " conflate" : "");
    }

    private static void Switch(LibzmqSockets libzmq, IntPtr socket, int option, bool on)
    {
        if (on)
        {
            Assert.AreEqual(0, libzmq.Set(socket, option, BitConverter.GetBytes(1)), "option " + option);
        }
    }
}
