using System.Text;

namespace IoTNet.Tests.WebSockets.Wire;

/// <summary>A reader, and what it told as lines: "text Hello", "binary 00FF", "ping 01", "violation 1002".</summary>
internal sealed class Reading : IMessageTarget
{
    private readonly MessageReader _reader;
    private readonly List<byte> _part = [];

    public Reading(bool isServer = true, int maxFrame = 1 << 20, int maxMessage = 1 << 20, bool takesParts = false, IMessageCompressor? compressor = null)
    {
        TakesParts = takesParts;
        Spare = new SpareBuffers(1 << 20);
        _reader = new MessageReader(this, isServer, compressor != null, new ReaderSettings(maxFrame, maxMessage, Spare, compressor));
    }

    public bool TakesParts { get; }

    public SpareBuffers Spare { get; }

    public List<string> Told { get; } = [];

    public MessageReader Reader => _reader;

    public Reading Feed(params byte[][] pieces)
    {
        foreach (byte[] piece in pieces)
        {
            byte[] own = [.. piece];
            Assert.AreEqual(own.Length, _reader.Read(own, 0, own.Length));
        }

        return this;
    }

    /// <summary>Feeds bytes whole, a byte at a time, and split at every point; all must tell the same.</summary>
    public static void Expect(string hex, string[] told, bool isServer = true, bool takesParts = false)
    {
        byte[] bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        Reading Fresh() => new(isServer, takesParts: takesParts);
        CollectionAssert.AreEqual(told, Fresh().Feed(bytes).Told, hex);
        CollectionAssert.AreEqual(told, Fresh().Feed([.. bytes.Select(b => new[] { b })]).Told, hex + ", byte by byte");
        for (int split = 1; split < bytes.Length; split++)
        {
            CollectionAssert.AreEqual(told, Fresh().Feed(bytes[..split], bytes[split..]).Told, hex + ", split at " + split);
        }
    }

    public void OnMessage(byte[] buffer, int at, int count, bool isText) => Tell(isText, buffer.AsSpan(at, count));

    public void OnPart(byte[] buffer, int at, int count, bool isText, bool isLast)
    {
        _part.AddRange(buffer.AsSpan(at, count));
        if (isLast)
        {
            Tell(isText, _part.ToArray());
            _part.Clear();
        }
    }

    public void OnControl(int opcode, byte[] buffer, int at, int count) =>
        Told.Add((opcode == 8 ? "close " : opcode == 9 ? "ping " : "pong ") + Convert.ToHexString(buffer, at, count));

    public void OnViolation(int code, string violation) => Told.Add("violation " + code);

    private void Tell(bool isText, ReadOnlySpan<byte> bytes) =>
        Told.Add(isText ? "text " + Encoding.UTF8.GetString(bytes) : "binary " + Convert.ToHexString(bytes));
}
