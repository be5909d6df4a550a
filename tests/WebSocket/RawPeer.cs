using System.Text;

namespace IoTNet.Tests.WebSockets;

/// <summary>A peer that says exactly the bytes that the test gives it.</summary>
internal sealed class RawPeer(World world, Socket socket)
{
    private byte[] _ahead = [];

    /// <summary>A whole request for a WebSocket, with the key of RFC 6455 1.3.</summary>
    public static string Upgrade(string path = "/", string more = "") =>
        "GET " + path + " HTTP/1.1\r\nHost: board\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" + more + "\r\n";

    /// <summary>A frame, masked as a client's when a key is given.</summary>
    public static byte[] Frame(int first, byte[] payload, uint? key = 0x3D21FA37)
    {
        List<byte> frame = [(byte)first];
        int mask = key == null ? 0 : 0x80;
        if (payload.Length < 126)
        {
            frame.Add((byte)(mask | payload.Length));
        }
        else if (payload.Length < 65536)
        {
            frame.AddRange([(byte)(mask | 126), (byte)(payload.Length >> 8), (byte)payload.Length]);
        }
        else
        {
            frame.AddRange([(byte)(mask | 127), 0, 0, 0, 0]);
            frame.AddRange([(byte)(payload.Length >> 24), (byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length]);
        }

        if (key is uint k)
        {
            byte[] keyBytes = [(byte)k, (byte)(k >> 8), (byte)(k >> 16), (byte)(k >> 24)];
            frame.AddRange(keyBytes);
            frame.AddRange(payload.Select((b, i) => (byte)(b ^ keyBytes[i & 3])));
        }
        else
        {
            frame.AddRange(payload);
        }

        return [.. frame];
    }

    public static byte[] Text(string text) => Frame(0x81, Encoding.UTF8.GetBytes(text));

    public void Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    public void Send(byte[] bytes)
    {
        int sent = 0;
        world.Until(() =>
        {
            int result = socket.TrySend(bytes, sent, bytes.Length - sent, SocketFlags.DontWait);
            if (result == -(int)Errno.EPIPE || result == -(int)Errno.ECONNRESET)
            {
                return true;
            }

            Assert.IsTrue(result >= 0 || result == -(int)Errno.EAGAIN || result == -(int)Errno.ENOTCONN, "send: " + result);
            sent += Math.Max(result, 0);
            return sent == bytes.Length;
        }, "the stack does not take what is sent");
    }

    /// <summary>Sends, and lets the other side take it before more comes.</summary>
    public void SendAlone(byte[] bytes)
    {
        Send(bytes);
        world.Settle();
    }

    /// <summary>Reads exactly so many bytes.</summary>
    public byte[] Read(int count)
    {
        byte[] bytes = new byte[count];
        int got = Math.Min(count, _ahead.Length);
        Array.Copy(_ahead, bytes, got);
        _ahead = _ahead[got..];
        world.Until(() =>
        {
            if (got == count)
            {
                return true;
            }

            int result = socket.TryReceive(bytes, got, count - got, SocketFlags.DontWait);
            Assert.IsTrue(result > 0 || result == -(int)Errno.EAGAIN || result == -(int)Errno.ENOTCONN,
                "receive: " + result + " after " + Convert.ToHexString(bytes, 0, got));
            got += Math.Max(result, 0);
            return got == count;
        }, "no answer came");
        return bytes;
    }

    /// <summary>Reads up to and with an empty line.</summary>
    public string ReadHead()
    {
        StringBuilder head = new();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((char)Read(1)[0]);
        }

        return head.ToString();
    }

    /// <summary>Reads an answer with its body.</summary>
    public (string Head, string Body) ReadAnswer()
    {
        string head = ReadHead();
        string? length = head.Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length: ", StringComparison.Ordinal));
        return (head, length == null ? "" : Encoding.UTF8.GetString(Read(int.Parse(length["Content-Length: ".Length..], null))));
    }

    /// <summary>Reads an unmasked frame.</summary>
    public (int First, byte[] Payload) ReadFrame()
    {
        byte[] head = Read(2);
        Assert.AreEqual(0, head[1] & 0x80, "a server's frame with a mask");
        long length = head[1];
        if (length >= 126)
        {
            length = Read(length == 126 ? 2 : 8).Aggregate(0L, (value, b) => (value << 8) | b);
        }

        return (head[0], Read((int)length));
    }

    /// <summary>Reads a close frame, and then the end of the connection.</summary>
    public (int Code, string Reason) ReadClose()
    {
        (int first, byte[] payload) = ReadFrame();
        Assert.AreEqual(0x88, first, "not a close frame: " + Convert.ToHexString(payload));
        ReadEnd();
        return payload.Length == 0 ? (1005, "") : ((payload[0] << 8) | payload[1], Encoding.UTF8.GetString(payload, 2, payload.Length - 2));
    }

    /// <summary>Waits for the end of what the server sends, which sends no more than that.</summary>
    public void ReadEnd()
    {
        byte[] bytes = new byte[4096];
        int result = 1;
        world.Until(() =>
        {
            result = socket.TryReceive(bytes, 0, bytes.Length, SocketFlags.DontWait);
            return result != -(int)Errno.EAGAIN;
        }, "the connection does not end");
        Assert.IsTrue(result <= 0, "more came: " + Convert.ToHexString(bytes, 0, Math.Max(result, 0)));
    }

    public void End() => socket.TryShutdown(SocketShutdown.Send);

    public void Close() => socket.Close();
}
