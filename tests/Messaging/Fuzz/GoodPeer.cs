using System.Text;

namespace IoTNet.Tests.Messaging.Fuzz;

/// <summary>A bound socket, the application that serves it, and a good peer that talks with it now and then.</summary>
internal sealed class GoodPeer
{
    private const int MaxFrameBytes = 100_000;

    private readonly MemoryWorld _world;
    private readonly MessageSocketType _type;
    private readonly MessageSecurity _security = MessageSecurity.Null;
    private readonly byte[] _buffer = new byte[MaxFrameBytes];
    private int _talks;

    public GoodPeer(MemoryWorld world, MessageSocketType type, string mechanism)
    {
        _world = world;
        _type = type;
        MessageSecurity server = MessageSecurity.Null;
        if (mechanism == "PLAIN")
        {
            server = new PlainServerSecurity((name, password) => name == "admin" && password == "sesame");
            _security = new PlainClientSecurity("admin", "sesame");
        }
        else if (mechanism == "CURVE")
        {
            server = new CurveServerSecurity(Curves.ServerKeys);
            _security = new CurveClientSecurity(Curves.ServerKeys.PublicKey, Curves.ClientKeys);
        }

        Bound = world.Bind(type, options =>
        {
            options.Security = server;
            options.MaxFrameBytes = MaxFrameBytes;
            options.SendHighWaterMark = 10;
            options.ReceiveHighWaterMark = 10;
        });
    }

    public MessageSocket Bound { get; }

    /// <summary>Takes what is there, and answers where the pattern wants it.</summary>
    public void Serve()
    {
        while (true)
        {
            int count = Bound.TryReceive(_buffer, 0, _buffer.Length, out bool more, 0);
            if (count < 0)
            {
                Assert.IsTrue(
                    count is -(int)Errno.EAGAIN or -(int)Errno.EOPNOTSUPP || (count == -(int)Errno.EALREADY && _type == MessageSocketType.Rep), $"{count}");
                break;
            }

            Assert.IsLessThanOrEqualTo(MaxFrameBytes, count);
            if (!more && _type == MessageSocketType.Rep)
            {
                Assert.AreEqual(0, Bound.TrySend(_buffer, 0, 1, false, 0));
            }
        }

        if (_type is MessageSocketType.XPub or MessageSocketType.Pub or MessageSocketType.Push or MessageSocketType.Dealer or MessageSocketType.Pair)
        {
            // To whom it may concern.
            Bound.TrySend([65, 66, 67], 0, 3, false, 0);
        }
    }

    /// <summary>A good peer comes, talks, is served and goes.</summary>
    public void Talk()
    {
        string word = "good-" + ++_talks;
        using MessageSocket peer = _world.Open(PeerType(), options => options.Security = _security);
        if (peer.Type == MessageSocketType.Sub)
        {
            peer.Subscribe(word);
        }
        else if (Bound.Type == MessageSocketType.Sub)
        {
            Bound.Subscribe(word);
        }

        peer.Connect(Bound.LastEndpoint);
        switch (_type)
        {
            case MessageSocketType.Pull:
                Pass(peer, Bound, word);
                break;
            case MessageSocketType.Push:
                Pass(Bound, peer, word);
                break;
            case MessageSocketType.Rep:
                Pass(peer, Bound, word);
                Bound.SendText("re " + word);
                Assert.AreEqual("re " + word, peer.ReceiveText());
                break;
            case MessageSocketType.Router:
                byte[][] frames = Pass(peer, Bound, word);
                Bound.Send([frames[0], Encoding.ASCII.GetBytes("re " + word)]);
                Assert.AreEqual("re " + word, peer.ReceiveText());
                break;
            case MessageSocketType.Pub:
                while (peer.TryReceive(_buffer, 0, _buffer.Length, out _, 5) < 0)
                {
                    Bound.SendText(word);
                }

                Assert.AreEqual(word, Encoding.ASCII.GetString(_buffer, 0, word.Length));
                break;
            case MessageSocketType.XPub:
                ReceiveUntil(Bound, "\u0001" + word);
                Pass(Bound, peer, word);
                break;
            case MessageSocketType.Sub:
                ReceiveUntil(peer, "\u0001" + word);
                Pass(peer, Bound, word);
                break;
            default:
                Pass(peer, Bound, word);
                Pass(Bound, peer, "re " + word);
                break;
        }
    }

    private static byte[][] Pass(MessageSocket from, MessageSocket to, string word)
    {
        from.SendText(word);
        return ReceiveUntil(to, word);
    }

    // What hostile peers sent before, or to whom it may concern, may come first.
    private static byte[][] ReceiveUntil(MessageSocket socket, string word)
    {
        while (true)
        {
            byte[][] frames = socket.ReceiveFrames();
            if (Encoding.ASCII.GetString(frames[^1]) == word)
            {
                return frames;
            }

            if (socket.Type == MessageSocketType.Rep)
            {
                socket.SendText("");
            }
        }
    }

    private MessageSocketType PeerType() => _type switch
    {
        MessageSocketType.Pull => MessageSocketType.Push,
        MessageSocketType.Push => MessageSocketType.Pull,
        MessageSocketType.Rep => MessageSocketType.Req,
        MessageSocketType.Router or MessageSocketType.Dealer => MessageSocketType.Dealer,
        MessageSocketType.XPub or MessageSocketType.Pub => MessageSocketType.Sub,
        MessageSocketType.Sub => MessageSocketType.XPub,
        _ => MessageSocketType.Pair,
    };
}
