using System.Text;

namespace IoTNet.Bench;

/// <summary>What a client of a WebSocket or of a Socket.IO server sends, as ready bytes.</summary>
/// <param name="IsSocketIO">An event <c>m</c> with one string, which comes back as the same event; else a text message.</param>
/// <param name="Bytes">How long the text is.</param>
/// <param name="Batch">How many messages one send has.</param>
/// <param name="Window">How many batches are on their way on each connection.</param>
internal sealed record WebShape(bool IsSocketIO, int Bytes, int Batch, int Window)
{
    private const int Fin = 0x80;
    private const int Text = 1;
    private const int MaskBit = 0x80;

    /// <summary>One batch of masked frames.</summary>
    public byte[] Request() => [.. Enumerable.Range(0, Batch).SelectMany(i => Frame(Message(), 0x5A3C9677u * (uint)((2 * i) + 1)))];

    /// <summary>What one message brings.</summary>
    public byte[] Answer() => Frame(Message(), null);

    /// <summary>A frame of text.</summary>
    /// <param name="mask">A client's; null for a server's.</param>
    public static byte[] Frame(byte[] message, uint? mask)
    {
        var masked = mask is null ? 0 : MaskBit;
        var size = message.Length;
        List<byte> frame = [Fin | Text];
        frame.AddRange(size switch
        {
            < 126 => [(byte)(masked | size)],
            < 65536 => [(byte)(masked | 126), (byte)(size >> 8), (byte)size],
            _ => [(byte)(masked | 127), 0, 0, 0, 0, (byte)(size >> 24), (byte)(size >> 16), (byte)(size >> 8), (byte)size],
        });
        if (mask is { } key)
        {
            var keys = BitConverter.GetBytes(key);
            frame.AddRange(keys);
            frame.AddRange(message.Select((b, i) => (byte)(b ^ keys[i % 4])));
        }
        else
        {
            frame.AddRange(message);
        }

        return [.. frame];
    }

    private byte[] Message()
    {
        var text = new string([.. Enumerable.Range(0, Bytes).Select(i => (char)('a' + (i % 26)))]);
        return Encoding.UTF8.GetBytes(IsSocketIO ? $"42[\"m\",\"{text}\"]" : text);
    }
}
