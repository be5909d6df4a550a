using System.Text;

namespace IoTNet.Tests.Dns;

[TestClass]
public sealed class DnsReaderTests
{
    [TestMethod]
    public void Next_OfAGoldenAnswer_GivesEachItem()
    {
        DnsReader reader = new();
        Assert.AreEqual(0, reader.Begin(Golden.Answer, Golden.Answer.Length));
        Assert.AreEqual(0x1234, reader.Id);
        Assert.AreEqual(DnsFlags.Response | DnsFlags.RecursionDesired | DnsFlags.RecursionAvailable, reader.Flags);
        Assert.AreEqual(DnsResponseCode.NoError, reader.ResponseCode);
        Assert.AreEqual(
            "Question www.example.com A 1 | Answer www.example.com 300 CNAME host.example.com | " +
            "Answer host.example.com 60 A 192.0.2.1 | Answer host.example.com 60 A 192.0.2.2 | Additional . OPT 4096", Describe(reader));
    }

    [TestMethod]
    public void GetRecord_OfEachType_GivesItsValues()
    {
        List<DnsRecord> records = Read(Golden.Types);
        Assert.AreEqual("MX NS TXT AAAA SRV PTR SOA 99", string.Join(' ', records.Select(r => r.Type)));
        Assert.AreEqual(10, records[0].Priority);
        Assert.AreEqual("mail.example.com", records[0].Target);
        Assert.AreEqual("ns.example.com", records[1].Target);
        Assert.AreEqual(3, records[2].TextCount);
        Assert.AreEqual("a b", Encoding.ASCII.GetString(records[2].GetText(0)));
        Assert.AreEqual(0, records[2].GetText(1).Length);
        CollectionAssert.AreEqual(new byte[] { 0xFF, 0, 0xFE }, records[2].GetText(2));
        Assert.IsNull(records[2].GetText(3));
        Assert.AreEqual(IPAddress.Parse("2001:db8::1"), records[3].Address);
        Assert.AreEqual("1 2 8080 srv.example.com", $"{records[4].Priority} {records[4].Weight} {records[4].Port} {records[4].Target}");
        Assert.AreEqual(0, records[4].TtlSeconds, "RFC 2181 8: the highest bit makes it 0");
        Assert.AreEqual("example.com", records[5].Target);
        Assert.AreEqual("ns.example.com", records[6].Target);
        Assert.AreEqual("1 2 3 4 2147483653", string.Join(' ', Enumerable.Range(0, 5).Select(records[6].GetZoneNumber)));
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, records[7].GetData());
        Assert.IsNull(records[7].Address);
        Assert.IsNull(records[7].Target);
        Assert.AreEqual(3600, records[7].TtlSeconds);
    }

    [TestMethod]
    public void Next_OfEveryTruncation_EndsWithAnErrorAndNothingElse()
    {
        foreach (byte[] message in new[] { Golden.Query, Golden.Answer, Golden.Types })
        {
            for (int length = 0; length < message.Length; length++)
            {
                // An array that ends there: whoever reads beyond throws.
                byte[] cut = message[..length];
                DnsReader reader = new();
                int result = reader.Begin(cut, length);
                while (result >= 0 && (result = reader.Next()) > 0)
                {
                    reader.GetRecord();
                }

                Assert.AreEqual(-(int)Errno.EINVAL, result, $"{length} of {message.Length} bytes");
            }
        }
    }

    [TestMethod]
    [DataRow("c00c", DisplayName = "to itself")]
    [DataRow("c00e", DisplayName = "ahead")]
    [DataRow("0161c00c", DisplayName = "to its own beginning")]
    [DataRow("0161c00e", DisplayName = "to itself, behind a label")]
    [DataRow("c000", DisplayName = "into the header")]
    [DataRow("ffff", DisplayName = "beyond the message")]
    [DataRow("c0", DisplayName = "half of one")]
    [DataRow("40", DisplayName = "a label of type 01")]
    [DataRow("80", DisplayName = "a label of type 10")]
    [DataRow("3f61", DisplayName = "a label that is not all there")]
    public void Next_OfABadName_IsInvalid(string name)
    {
        byte[] message = Convert.FromHexString("000000000001000000000000" + name + (name.Length == 4 && name != "3f61" ? "00010001" : ""));
        DnsReader reader = new();
        Assert.AreEqual(0, reader.Begin(message, message.Length));
        Assert.AreEqual(-(int)Errno.EINVAL, reader.Next());
        Assert.AreEqual(-(int)Errno.EINVAL, reader.Next(), "it stays there");
    }

    [TestMethod]
    public void Next_OfALongChainOfPointers_IsInvalidPastTheirLimit()
    {
        // A question whose name is pointers only, each to the one before; the first leads to a root.
        foreach ((int pointers, bool valid) in new[] { (1, true), (127, true), (128, false), (8000, false) })
        {
            byte[] message = new byte[12 + 1 + (2 * pointers) + 4];
            message[5] = 1;
            for (int i = 0, target = 12; i < pointers; i++)
            {
                int at = 13 + (2 * i);
                (message[at], message[at + 1]) = ((byte)(0xC0 | (target >> 8)), (byte)target);
                target = at;
            }

            int result = DnsName.Skip(message, message.Length, 13 + (2 * (pointers - 1)));
            Assert.AreEqual(valid, result > 0, pointers + " pointers");
        }
    }

    [TestMethod]
    public void Next_OfHugeCounts_EndsWithTheMessage()
    {
        byte[] message = [.. Golden.Answer];
        message.AsSpan(4, 8).Fill(0xFF);
        DnsReader reader = new();
        reader.Begin(message, message.Length);
        int items = 0, result;
        while ((result = reader.Next()) > 0)
        {
            items++;
        }

        Assert.AreEqual(-(int)Errno.EINVAL, result);
        Assert.IsTrue(items <= message.Length / 5, items + " items");
    }

    [TestMethod]
    [DataRow(1, "7f0000", DisplayName = "A of 3 bytes")]
    [DataRow(1, "7f00000101", DisplayName = "A of 5 bytes")]
    [DataRow(28, "7f000001", DisplayName = "AAAA of 4 bytes")]
    [DataRow(5, "0161", DisplayName = "a name without end")]
    [DataRow(5, "01610000", DisplayName = "a name and a byte")]
    [DataRow(15, "00", DisplayName = "half a preference")]
    [DataRow(15, "0001", DisplayName = "MX without a name")]
    [DataRow(33, "00010001", DisplayName = "SRV without a port")]
    [DataRow(16, "0261", DisplayName = "a text that is not all there")]
    [DataRow(6, "0000", DisplayName = "SOA without numbers")]
    [DataRow(6, "00000000000100000002000000030000000400000005ff", DisplayName = "SOA and a byte")]
    [DataRow(41, "00010005", DisplayName = "an option that is not all there")]
    [DataRow(41, "0001", DisplayName = "half an option")]
    public void Next_OfDataInAnotherShape_IsInvalid(int type, string data)
    {
        byte[] message = Convert.FromHexString("000080000000000100000000" + "00" + type.ToString("x4") + "0001" + "00000000" +
            (data.Length / 2).ToString("x4") + data);
        DnsReader reader = new();
        reader.Begin(message, message.Length);
        Assert.AreEqual(-(int)Errno.EINVAL, reader.Next());
    }

    public static List<DnsRecord> Read(byte[] message)
    {
        DnsReader reader = new();
        Assert.AreEqual(0, reader.Begin(message, message.Length));
        List<DnsRecord> records = [];
        int result;
        while ((result = reader.Next()) > 0)
        {
            if (reader.GetRecord() is { } record)
            {
                records.Add(record);
            }
        }

        Assert.AreEqual(0, result);
        return records;
    }

    private static string Describe(DnsReader reader)
    {
        List<string> items = [];
        while (reader.Next() > 0)
        {
            DnsRecord? record = reader.GetRecord();
            items.Add(record == null
                ? $"{reader.Section} {(reader.HasName([0], false) ? "." : "www.example.com")} {reader.Type} {reader.Class}"
                : $"{reader.Section} {record.Name} {record.TtlSeconds} {record.Type} {record.Target}{record.Address}");
        }

        return string.Join(" | ", items);
    }
}
