using System.Text;

namespace IoTNet.IO.Tests;

/// <summary>Whatever happens, the exchange's socket is closed: each test ends by counting those that are open.</summary>
[TestClass]
public class ExchangeTests
{
    private static readonly byte[] s_request = "what?\n"u8.ToArray();
    private LoopbackStack _stack = new();
    private Socket? _listener;
    private Thread? _peer;
    private Exception? _peerFailed;

    [TestInitialize]
    public void Open()
    {
        _stack = new LoopbackStack();
        NetworkStack.Use(_stack);
    }

    [TestCleanup]
    public void CountOpenSockets()
    {
        _listener?.Close();
        _peer?.Join();
        Assert.IsNull(_peerFailed, _peerFailed?.ToString());
        Assert.AreEqual(0, _stack.OpenSockets);
    }

    [TestMethod]
    public void Once_OverAStream_GivesAllUpToTheClose()
    {
        var reply = Enumerable.Range(0, Exchange.MaxReplyBytes).Select(i => (byte)i).ToArray();
        Serve(s =>
        {
            // Reads to the end first: only our half-close lets it answer.
            CollectionAssert.AreEqual(s_request, ReadToEnd(s));
            s.Send(reply, 0, 1000, SocketFlags.None);
            s.Send(reply, 1000, reply.Length - 1000, SocketFlags.None);
        });
        CollectionAssert.AreEqual(reply, Exchange.Once(Listening, s_request, 10000));
    }

    [TestMethod]
    public void Once_WithAReplyOfNothing_GivesNothing()
    {
        Serve(s => ReadToEnd(s));
        Assert.IsEmpty(Exchange.Once(Listening, [], 10000));
    }

    [TestMethod]
    public void Once_UpToALength_LeavesTheRest()
    {
        Serve(s => { s.Send("0123456789"u8.ToArray()); ReadToEnd(s); });
        AssertReply("01234", ReplyEnd.AfterBytes(5), 8);
    }

    [TestMethod]
    public void Once_UpToALengthOfNothing_DoesNotRead()
    {
        Serve(s => ReadToEnd(s));
        AssertReply("", ReplyEnd.AfterBytes(0), 0);
    }

    [TestMethod]
    public void Once_UpToADelimiter_IncludesIt()
    {
        Serve(s => { s.Send("01"u8.ToArray()); s.Send("23\n45"u8.ToArray()); ReadToEnd(s); });
        AssertReply("0123\n", ReplyEnd.AfterDelimiter((byte)'\n'), 16);
    }

    [TestMethod]
    public void Once_WhenNobodyListens_IsRefused()
    {
        Serve(s => { });
        var nobody = Listening;
        _listener!.Close();
        Fails(Errno.ECONNREFUSED, () => Exchange.Once(nobody, s_request, 10000));
    }

    [TestMethod]
    public void Once_WithoutAnAnswer_TimesOut()
    {
        Serve(s => ReadToEnd(s));
        Fails(Errno.ETIMEDOUT, () => Exchange.Once(SocketType.Stream, Listening, s_request, new byte[9], ReplyEnd.AfterBytes(1), 20));
    }

    [TestMethod]
    public void Once_WithHalfAnAnswer_TimesOut()
    {
        Serve(s => { s.Send("01"u8.ToArray()); ReadToEnd(s); });
        Fails(Errno.ETIMEDOUT, () => Exchange.Once(SocketType.Stream, Listening, s_request, new byte[9], ReplyEnd.AfterBytes(3), 20));
    }

    [TestMethod]
    public void Once_WhenThePeerResets_Fails()
    {
        Serve(s =>
        {
            s.Receive(new byte[6], 6, SocketFlags.WaitAll);
            s.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Linger, 0);
        });
        Fails(Errno.ECONNRESET, () => Exchange.Once(SocketType.Stream, Listening, s_request, new byte[9], ReplyEnd.AfterBytes(3), 10000));
    }

    [TestMethod]
    public void Once_WhenThePeerClosesBeforeTheEnd_Fails()
    {
        foreach (var end in new[] { ReplyEnd.AfterBytes(3), ReplyEnd.AfterDelimiter((byte)'\n') })
        {
            Serve(s => { s.Receive(new byte[6], 6, SocketFlags.WaitAll); s.Send("01"u8.ToArray()); });
            Fails(Errno.ECONNRESET, () => Exchange.Once(SocketType.Stream, Listening, s_request, new byte[9], end, 10000));
            _listener!.Close();
            _peer!.Join();
        }
    }

    [TestMethod]
    public void Once_WithAReplyBeyondTheBuffer_Fails()
    {
        foreach (var end in new[] { null, ReplyEnd.AtClose, ReplyEnd.AfterDelimiter((byte)'\n'), ReplyEnd.AfterBytes(7) })
        {
            Serve(s => { s.Send(new byte[7]); ReadToEnd(s); });
            Fails(Errno.EMSGSIZE, () => Exchange.Once(SocketType.Stream, Listening, s_request, new byte[6], end, 10000));
            _listener!.Close();
            _peer!.Join();
        }
    }

    [TestMethod]
    public void Once_WithNoSocketLeft_Fails()
    {
        NetworkStack.Use(_stack = new LoopbackStack(new LoopbackLimits { MaxSockets = 1 }));
        using var only = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        Fails(Errno.ENFILE, () => Exchange.Once(new IPEndPoint(IPAddress.Loopback, 7), s_request, 1000));
    }

    [TestMethod]
    public void Once_OfADatagram_GivesTheAskedAddressesReply()
    {
        using var peer = Datagrams();
        using var stranger = Datagrams();
        Run(() =>
        {
            EndPoint from = peer.LocalEndPoint;
            peer.ReceiveFrom(new byte[100], ref from);
            stranger.SendTo("stranger"u8.ToArray(), from);
            peer.SendTo("answer"u8.ToArray(), from);
        });
        var reply = new byte[8];
        Assert.AreEqual(6, Exchange.Once(SocketType.Dgram, peer.LocalEndPoint, s_request, reply, null, 10000));
        Assert.AreEqual("answer\0\0", Encoding.ASCII.GetString(reply));
        _peer!.Join();
        peer.Close();
        stranger.Close();
    }

    [TestMethod]
    public void Once_OfADatagramWithoutBytes_GivesAnEmptyReply()
    {
        using var peer = Datagrams();
        Run(() =>
        {
            EndPoint from = peer.LocalEndPoint;
            Assert.AreEqual(0, peer.ReceiveFrom(new byte[100], ref from));
            peer.SendTo([], from);
        });
        Assert.AreEqual(0, Exchange.Once(SocketType.Dgram, peer.LocalEndPoint, [], new byte[1], null, 10000));
        _peer!.Join();
        peer.Close();
    }

    [TestMethod]
    public void Once_OfADatagram_FailsAsAStreamDoes()
    {
        var peer = Datagrams();
        var to = peer.LocalEndPoint;
        Fails(Errno.ETIMEDOUT, () => Exchange.Once(SocketType.Dgram, to, s_request, new byte[9], null, 20));
        Fails(Errno.ETIMEDOUT, () => Exchange.Once(SocketType.Dgram, to, s_request, new byte[9], null, 0));
        Fails(Errno.EMSGSIZE, () => Exchange.Once(SocketType.Dgram, to, new byte[70000], new byte[9], null, 1000));
        Run(() =>
        {
            for (var i = 0; i < 3; i++)
            {
                EndPoint from = to;
                peer.ReceiveFrom(new byte[100], ref from);
                peer.SendTo("0123456789"u8.ToArray(), from);
            }
        });
        Fails(Errno.EMSGSIZE, () => Exchange.Once(SocketType.Dgram, to, s_request, new byte[9], null, 10000));
        _peer!.Join();
        peer.Close();
        Fails(Errno.ECONNREFUSED, () => Exchange.Once(SocketType.Dgram, to, s_request, new byte[9], null, 10000));
    }

    [TestMethod]
    public void Once_WithWrongArguments_OpensNothing()
    {
        var to = new IPEndPoint(IPAddress.Loopback, 7);
        Assert.ThrowsExactly<ArgumentNullException>(() => Exchange.Once(null, [], 1));
        Assert.ThrowsExactly<ArgumentNullException>(() => Exchange.Once(to, null, 1));
        Assert.ThrowsExactly<ArgumentNullException>(() => Exchange.Once(SocketType.Dgram, to, [], null, null, 1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Exchange.Once(to, [], -2));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ReplyEnd.AfterBytes(-1));
    }

    private EndPoint Listening => _listener!.LocalEndPoint;

    private void AssertReply(string expected, ReplyEnd end, int room)
    {
        var reply = new byte[room];
        var count = Exchange.Once(SocketType.Stream, Listening, s_request, reply, end, 10000);
        Assert.AreEqual(expected, Encoding.ASCII.GetString(reply, 0, count));
    }

    private void Fails(Errno error, Action exchange)
    {
        var before = _stack.OpenSockets;
        var e = Assert.ThrowsExactly<SocketException>(exchange);
        Assert.AreEqual(error, e.Errno, e.Message);

        // The peer's side of it may close meanwhile; ours is what must not stay.
        Assert.IsLessThanOrEqualTo(before + 1, _stack.OpenSockets);
    }

    private static Socket Datagrams()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    // A peer that takes one connection, or none when the listener is closed before.
    private void Serve(Action<Socket> serve)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        _listener = listener;
        Run(() =>
        {
            if (listener.TryAccept(-1, out var accepted) >= 0)
            {
                using (accepted)
                {
                    serve(accepted);
                }
            }
        });
    }

    private void Run(Action peer)
    {
        _peer = new Thread(() =>
        {
            try
            {
                peer();
            }
            catch (Exception e)
            {
                _peerFailed = e;
            }
        });
        _peer.Start();
    }

    // To the end, or to the reset that closing with unread bytes is.
    private static byte[] ReadToEnd(Socket socket)
    {
        var all = new List<byte>();
        var buffer = new byte[64];
        for (int count; (count = socket.TryReceive(buffer, 0, buffer.Length, SocketFlags.None)) > 0;)
        {
            all.AddRange(buffer[..count]);
        }

        return [.. all];
    }
}
