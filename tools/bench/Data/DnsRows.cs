
namespace IoTNet.Bench;

/// <summary>Answers taken apart: into nothing (a walk that checks), and into records. The peer is written by hand, after the same
/// rules.</summary>
internal static class DnsRows
{
    public static IEnumerable<DataRow> All() => Rows("A answer", MakeAddress()).Concat(Rows("CNAME chain", MakeChain())).Concat(Rows("4 KiB answer", MakeLarge()));

    private static IEnumerable<DataRow> Rows(string name, byte[] message)
    {
        var reader = new DnsReader();
        yield return new DataRow($"DNS walk, {name}, {message.Length} B", 0.5, () => HandDns.Walk(message, null), () => Walk(reader, message));
        yield return new DataRow($"DNS records, {name}, {message.Length} B", 0.5, () => HandDns.Walk(message, s_take), () => TakeRecords(reader, message));
    }

    private static readonly HandDns.Take s_take = (name, _, ttl, _, target) => name.Length + ttl + (target?.Length ?? 0);

    private static int Walk(DnsReader reader, byte[] message)
    {
        var count = reader.Begin(message, message.Length);
        while (reader.Next() > 0)
        {
            count++;
        }

        return count;
    }

    private static int TakeRecords(DnsReader reader, byte[] message)
    {
        var sum = reader.Begin(message, message.Length);
        while (reader.Next() > 0)
        {
            if (reader.GetRecord() is { } record)
            {
                sum += record.Name.Length + record.TtlSeconds + (record.Target?.Length ?? 0);
            }
        }

        return sum;
    }

    private static byte[] MakeAddress() => Make("www.example.com", (writer, name) =>
        writer.AddRecord(DnsSection.Answer, name, DnsType.A, DnsReader.ClassInternet, 300, [192, 0, 2, 1]));

    private static byte[] MakeChain() => Make("www.example.com", (writer, name) =>
    {
        foreach (var next in new[] { "edge.example.com", "eu.cdn.example.net", "a7.eu.cdn.example.net" })
        {
            writer.AddRecord(DnsSection.Answer, name, DnsType.CNAME, DnsReader.ClassInternet, 60, Name(next));
            name = Name(next);
        }

        writer.AddRecord(DnsSection.Answer, name, DnsType.A, DnsReader.ClassInternet, 20, [192, 0, 2, 1]);
        writer.AddRecord(DnsSection.Answer, name, DnsType.A, DnsReader.ClassInternet, 20, [192, 0, 2, 2]);
    });

    private static byte[] MakeLarge() => Make("services.example.com", (writer, name) =>
    {
        var text = new byte[200];
        text[0] = 199;
        for (var i = 0; writer.Length < 3900; i++)
        {
            _ = i % 4 == 0
                ? writer.AddRecord(DnsSection.Answer, name, DnsType.TXT, DnsReader.ClassInternet, 300, text)
                : writer.AddRecord(DnsSection.Answer, name, DnsType.A, DnsReader.ClassInternet, 300, [192, 0, 2, (byte)i]);
        }
    });

    private static byte[] Make(string question, Action<DnsWriter, byte[]> addAnswers)
    {
        var buffer = new byte[4096];
        var writer = new DnsWriter(buffer, true);
        writer.Begin(0x1234, (DnsFlags)0x8180);
        writer.AddQuestion(Name(question), DnsType.A, DnsReader.ClassInternet);
        addAnswers(writer, Name(question));
        writer.AddOpt(1232);
        return buffer[..writer.Length];
    }

    private static byte[] Name(string text)
    {
        var name = new byte[DnsName.MaxLength];
        return name[..DnsName.Parse(text, name, 0)];
    }
}
