using System.Text;

namespace IoTNet.Tests.SocketIO.Wire;

/// <summary>A decoder, and what it gave, in words: type, namespace, id and payload, each argument read in every way.</summary>
internal sealed class Decoding : IPacketTarget
{
    private readonly PacketLimits _limits;
    private readonly PacketDecoder _decoder;

    public Decoding(Action<PacketLimits>? set = null)
    {
        _limits = new PacketLimits
        {
            MaxPayload = 10_000, MaxEventBytes = 20_000, MaxAttachments = 10, MaxArguments = 20, MaxNamespaceBytes = 64,
        };
        set?.Invoke(_limits);
        _decoder = new PacketDecoder(_limits, new PacketHead(), this);
    }

    public SocketIOArgs Args { get; } = new();

    public List<string> Packets { get; } = [];

    /// <summary>The last packet: namespace, id, how many arguments.</summary>
    public string Summary { get; private set; } = "";

    /// <summary>Whether the packets are put into words; else they are only read.</summary>
    public bool IsTelling { get; init; } = true;

    public string Text(string packet) => Text(Encoding.UTF8.GetBytes(packet));

    public string Text(byte[] packet) => _decoder.Text(packet, 0, packet.Length);

    public string Binary(params byte[] part) => _decoder.Binary(part, 0, part.Length);

    public string Binary(byte[] buffer, int offset, int count) => _decoder.Binary(buffer, offset, count);

    public string Text(byte[] buffer, int offset, int count) => _decoder.Text(buffer, offset, count);

    public void Clear() => _decoder.Clear();

    public string OnPacket(PacketHead head, byte[] buffer, PacketParts parts)
    {
        string of = head.NamespaceCount == 0 ? "/" : Encoding.UTF8.GetString(buffer, head.NamespaceOffset, head.NamespaceCount);
        string text = head.Type + " " + of + " " + head.Id;
        if (PacketType.IsEvent(head.Type) || PacketType.IsAck(head.Type))
        {
            string violation = Args.Read(head, buffer, parts, _limits);
            if (violation != null)
            {
                return violation;
            }

            text += " " + Args.Name + "(" + string.Join(", ", Enumerable.Range(0, Args.Count).Select(Value)) + ")";
        }
        else
        {
            text += " " + Encoding.UTF8.GetString(buffer, head.PayloadOffset, head.PayloadCount);
        }

        Summary = of + " " + head.Id + " " + Args.Count;
        if (IsTelling)
        {
            Packets.Add(text);
        }

        return null!;
    }

    private string Value(int index)
    {
        object value = Args[index];
        bool isBytes = Args.TryGetBytes(index, out byte[] buffer, out int offset, out int count);
        Assert.AreEqual(value is byte[], isBytes);
        if (isBytes)
        {
            CollectionAssert.AreEqual((byte[])value, buffer[offset..(offset + count)]);
            CollectionAssert.AreEqual((byte[])value, Args.GetBytes(index));
        }

        return value switch
        {
            string text => "\"" + text + "\"" + (Args.GetString(index) == text ? "" : " differs"),
            long number => number + (Args.GetInt64(index) == number && Args.GetDouble(index) == number ? "" : " differs"),
            double number => number.ToString("R") + (Args.GetDouble(index) == number ? "" : " differs"),
            bool truth => truth + (Args.GetBoolean(index) == truth ? "" : " differs"),
            byte[] bytes => "<" + Convert.ToHexString(bytes) + ">",
            null => "null",
            _ => Compare.Text(value),
        };
    }
}
