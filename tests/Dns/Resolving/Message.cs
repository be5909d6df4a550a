namespace IoTNet.Tests.Dns;

/// <summary>A question as a server sees it, and answers to it.</summary>
internal sealed class Message
{
    private readonly byte[] _bytes;

    public Message(byte[] bytes, int sourcePort)
    {
        _bytes = bytes;
        SourcePort = sourcePort;
        DnsReader reader = new();
        Assert.AreEqual(0, reader.Begin(bytes, bytes.Length));
        Assert.AreEqual(1, reader.Next());
        Id = reader.Id;
        Type = reader.Type;
        Name = DnsName.Format(bytes, DnsReader.HeaderSize);
        QuestionEnd = reader.DataOffset;
        HasEdns = reader.Next() > 0 && reader.Type == DnsType.OPT;
    }

    public int SourcePort { get; }

    public int Id { get; }

    public DnsType Type { get; }

    /// <summary>The name, in the case in which it was asked.</summary>
    public string Name { get; }

    public bool HasEdns { get; }

    private int QuestionEnd { get; }

    /// <summary>An answer with addresses of the name that was asked for.</summary>
    public byte[] Addresses(params string[] addresses) =>
        Answer(0, [.. addresses.Select(a => (Name, DnsType.A, 60, IPAddress.Parse(a).GetAddressBytes()))]);

    public byte[] Answer(int code, params (string Name, DnsType Type, int Ttl, byte[] Data)[] records) =>
        Build(Id, Name, Type, 0x8180 | code, DnsSection.Answer, records);

    /// <summary>No such name, or no such record, with an SOA that says for how long.</summary>
    public byte[] Denial(int code, int seconds, int ttl = 9999) =>
        Build(Id, Name, Type, 0x8180 | code, DnsSection.Authority, ("example", DnsType.SOA, ttl, Soa(seconds)));

    /// <summary>Only the header, with the question.</summary>
    public byte[] Header(int flags)
    {
        byte[] bytes = _bytes[..QuestionEnd];
        (bytes[2], bytes[3], bytes[11]) = ((byte)(flags >> 8), (byte)flags, 0);
        return bytes;
    }

    public static byte[] Build(int id, string name, DnsType type, int flags, DnsSection section, params (string Name, DnsType Type, int Ttl, byte[] Data)[] records)
    {
        byte[] buffer = new byte[65535];
        DnsWriter writer = new(buffer, true);
        writer.Begin(id, (DnsFlags)flags);
        writer.AddQuestion(DnsNameTests.Wire(name), type, 1);
        foreach (var record in records)
        {
            Assert.AreEqual(0, writer.AddRecord(section, DnsNameTests.Wire(record.Name), record.Type, 1, record.Ttl, record.Data));
        }

        return buffer[..writer.Length];
    }

    private static byte[] Soa(int minimum) =>
        [.. DnsNameTests.Wire("ns.example"), .. DnsNameTests.Wire("admin.example"), .. new byte[16],
            (byte)(minimum >> 24), (byte)(minimum >> 16), (byte)(minimum >> 8), (byte)minimum];
}
