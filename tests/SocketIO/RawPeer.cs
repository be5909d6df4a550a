using System.Text;

namespace IoTNet.Tests.SocketIO;

/// <summary>A peer of a server in memory that says exactly the bytes that the test gives it.</summary>
internal sealed class RawPeer : IDisposable
{
    private static readonly byte[] Key = [0x37, 0xFA, 0x21, 0x3D];

    private readonly World _world;
    private readonly Socket _socket;
    private readonly List<byte> _ahead = [];

    public RawPeer(World world, SocketIOServer io)
    {
        _world = world;
        _socket = new Socket(world.Stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Unspecified);
        int result = _socket.TryConnect(io.Http.Tcp.Socket.LocalEndPoint, 0);
        Assert.IsTrue(result == 0 || result == -(int)Errno.EINPROGRESS, "connect: " + result);
    }

    public static byte[] Upgrade(string query = "EIO=4&transport=websocket") => Encoding.ASCII.GetBytes(
        "GET /socket.io/?" + query + " HTTP/1.1\r\nHost: board\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");

    public static byte[] Text(string text) => Frame(0x81, Encoding.UTF8.GetBytes(text));

    public static byte[] Binary(params byte[] bytes) => Frame(0x82, bytes);

    /// <summary>Such a peer over a WebSocket, with the server's first packet read.</summary>
    public static RawPeer Open(World world, SocketIOServer io)
    {
        RawPeer peer = new(world, io);
        peer.Send(Upgrade());
        StringAssert.StartsWith(peer.ReadHead(), "HTTP/1.1 101 ");
        StringAssert.StartsWith(peer.ReadText(), "0{\"sid\":\"");
        return peer;
    }

    public void Send(byte[] bytes)
    {
        int sent = 0;
        _world.Until(() =>
        {
            int result = _socket.TrySend(bytes, sent, bytes.Length - sent, SocketFlags.DontWait);
            Assert.IsTrue(result >= 0 || result == -(int)Errno.EAGAIN || result == -(int)Errno.ENOTCONN, "send: " + result);
            sent += Math.Max(result, 0);
            return sent == bytes.Length;
        }, "the stack does not take what is sent");
    }

    /// <summary>Sends as far as the other side takes it: it may have closed.</summary>
    public void TrySend(byte[] bytes) => _socket.TrySend(bytes, 0, bytes.Length, SocketFlags.DontWait);

    /// <summary>Sends, and lets the other side take it before more comes.</summary>
    public void SendAlone(byte[] bytes)
    {
        Send(bytes);
        while (_world.Loop.RunOnce(0) > 0)
        {
        }
    }

    /// <summary>Sends a request.</summary>
    public (int Status, string Body) Ask(string method, string query, string body = "")
    {
        Send(Encoding.UTF8.GetBytes($"{method} /socket.io/?{query} HTTP/1.1\r\nHost: board\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));
        return ReadAnswer();
    }

    public (int Status, string Body) ReadAnswer()
    {
        string head = ReadHead();
        string? length = head.Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length: ", StringComparison.Ordinal));
        return (int.Parse(head.AsSpan(9, 3), null),
            length == null ? "" : Encoding.UTF8.GetString(Read(int.Parse(length["Content-Length: ".Length..], null))));
    }

    /// <summary>Reads a frame: text, or bytes in angle brackets; "end" at the end or at a close frame.</summary>
    public string ReadText()
    {
        byte[] head = Read(2);
        if (head.Length < 2 || (head[0] & 0x0F) == 8)
        {
            return "end";
        }

        int length = head[1] < 126 ? head[1] : Read(2).Aggregate(0, (value, b) => (value << 8) | b);
        byte[] payload = Read(length);
        return (head[0] & 0x0F) == 1 ? Encoding.UTF8.GetString(payload) : "<" + Convert.ToHexString(payload) + ">";
    }

    public string ReadHead()
    {
        StringBuilder head = new();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            byte[] one = Read(1);
            Assert.HasCount(1, one, "the connection ended after " + head);
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    public void Dispose() => _socket.Close();

    // Fewer when the connection ends.
    private byte[] Read(int count)
    {
        byte[] buffer = new byte[4096];
        bool isOver = false;
        _world.Until(() =>
        {
            if (_ahead.Count >= count || isOver)
            {
                return true;
            }

            int result = _socket.TryReceive(buffer, 0, buffer.Length, SocketFlags.DontWait);
            isOver = result == 0 || (result < 0 && result != -(int)Errno.EAGAIN && result != -(int)Errno.ENOTCONN);
            _ahead.AddRange(buffer.Take(Math.Max(result, 0)));
            return false;
        }, "nothing came");
        byte[] bytes = [.. _ahead.Take(count)];
        _ahead.RemoveRange(0, bytes.Length);
        return bytes;
    }

    private static byte[] Frame(int first, byte[] payload)
    {
        byte[] length = payload.Length < 126 ? [(byte)(0x80 | payload.Length)] : [0xFE, (byte)(payload.Length >> 8), (byte)payload.Length];
        return [(byte)first, .. length, .. Key, .. payload.Select((b, i) => (byte)(b ^ Key[i & 3]))];
    }
}
