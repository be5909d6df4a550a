using System.Text;

namespace IoTNet.Bench;

/// <summary>A bare connection that has become a WebSocket, or a Socket.IO client in the namespace <c>/</c>.</summary>
internal sealed class WebClient : IDisposable
{
    private const int AnswerMs = 10_000;
    private readonly System.Net.Sockets.Socket _socket = new(System.Net.Sockets.AddressFamily.InterNetwork,
        System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = AnswerMs };

    public WebClient(int port, bool isSocketIO)
    {
        _socket.Connect(System.Net.IPAddress.Loopback, port);
        var path = isSocketIO ? "/socket.io/?EIO=4&transport=websocket" : "/";
        _socket.Send(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((char)Read(1)[0]);
        }

        if (!head.ToString().StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("expected 101 Switching Protocols, not " + head);
        }

        if (isSocketIO)
        {
            Expect("0{");
            _socket.Send(WebShape.Frame("40"u8.ToArray(), 1));
            Expect("40{");
        }
    }

    public int Descriptor => (int)_socket.Handle;

    /// <summary>Sends a batch, and compares what comes with what is due, byte by byte.</summary>
    public void Try(WebShape shape)
    {
        _socket.Send(shape.Request());
        var expected = shape.Answer();
        for (var i = 0; i < shape.Batch; i++)
        {
            if (!Read(expected.Length).AsSpan().SequenceEqual(expected))
            {
                throw new InvalidOperationException($"an answer to {shape} is not what was sent");
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Expect(string beginning)
    {
        var size = Read(2)[1] & 0x7F;
        if (size == 126)
        {
            var longer = Read(2);
            size = (longer[0] << 8) | longer[1];
        }

        var text = Encoding.UTF8.GetString(Read(size));
        if (!text.StartsWith(beginning, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"expected {beginning}..., not {text}");
        }
    }

    private byte[] Read(int count)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count;)
        {
            var got = _socket.Receive(bytes, at, count - at, System.Net.Sockets.SocketFlags.None);
            at += got > 0 ? got : throw new InvalidOperationException("the server has closed a connection");
        }

        return bytes;
    }
}
