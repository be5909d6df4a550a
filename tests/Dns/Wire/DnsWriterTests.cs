namespace IoTNet.Tests.Dns;

[TestClass]
public sealed class DnsWriterTests
{
    [TestMethod]
    public void Write_OfAQuery_GivesTheGoldenBytes()
    {
        byte[] buffer = new byte[Golden.Query.Length];
        DnsWriter writer = new(buffer, false);
        writer.Begin(0x1234, DnsFlags.RecursionDesired);
        Assert.AreEqual(0, writer.AddQuestion(DnsNameTests.Wire("www.example.com"), DnsType.A, 1));
        Assert.AreEqual(0, writer.AddOpt(1232));
        CollectionAssert.AreEqual(Golden.Query, buffer[..writer.Length]);
    }

    [TestMethod]
    public void Write_WithCompression_GivesTheGoldenBytes()
    {
        byte[] buffer = new byte[512];
        DnsWriter writer = new(buffer, true);
        byte[] host = DnsNameTests.Wire("host.example.com"), www = DnsNameTests.Wire("www.example.com");
        writer.Begin(0x1234, (DnsFlags)0x8180);
        writer.AddQuestion(www, DnsType.A, 1);
        writer.AddRecord(DnsSection.Answer, www, DnsType.CNAME, 1, 300, host);
        writer.AddRecord(DnsSection.Answer, host, DnsType.A, 1, 60, [192, 0, 2, 1]);
        writer.AddRecord(DnsSection.Answer, host, DnsType.A, 1, 60, [192, 0, 2, 2]);
        Assert.AreEqual(0, writer.AddOpt(4096));
        CollectionAssert.AreEqual(Golden.Answer, buffer[..writer.Length]);
    }

    [TestMethod]
    public void Write_OfEachType_ReadsBackWithAndWithoutCompression()
    {
        List<DnsRecord> records = DnsReaderTests.Read(Golden.Types);
        foreach (bool compress in new[] { false, true })
        {
            byte[] buffer = new byte[1024];
            DnsWriter writer = new(buffer, compress);
            records.ForEach(r => Assert.AreEqual(0, writer.AddRecord(DnsSection.Answer, DnsNameTests.Wire(r.Name), r.Type, 1, r.TtlSeconds, r.GetData())));
            List<DnsRecord> back = DnsReaderTests.Read(buffer[..writer.Length]);
            Assert.AreEqual(records.Count, back.Count);
            for (int i = 0; i < back.Count; i++)
            {
                Assert.AreEqual(records[i].Name, back[i].Name);
                CollectionAssert.AreEqual(records[i].GetData(), back[i].GetData(), records[i].Type.ToString());
            }
        }
    }

    [TestMethod]
    public void Write_OfANameThatRepeatsItself_DoesNotPointIntoItself()
    {
        byte[] buffer = new byte[64];
        DnsWriter writer = new(buffer, true);
        writer.AddQuestion(DnsNameTests.Wire("a.a.a"), DnsType.A, 1);
        writer.AddQuestion(DnsNameTests.Wire("b.a.A"), DnsType.A, 1);
        Assert.AreEqual("0161016101610000010001" + "0162016101410000010001", Convert.ToHexStringLower(buffer, 12, writer.Length - 12));
    }

    [TestMethod]
    public void Write_IntoABufferThatIsTooSmall_LeavesTheMessageAsItWas()
    {
        byte[] name = DnsNameTests.Wire("host.example.com");
        for (int size = 12; size < 12 + 21 + 28; size++)
        {
            byte[] buffer = new byte[size];
            DnsWriter writer = new(buffer, true);
            int question = writer.AddQuestion(name, DnsType.MX, 1);
            Assert.AreEqual(size >= 12 + 22 ? 0 : -(int)Errno.EMSGSIZE, question, size + " bytes");
            int before = writer.Length;
            int record = writer.AddRecord(DnsSection.Answer, name, DnsType.CNAME, 1, 1, DnsNameTests.Wire("other.example.com"));
            Assert.AreEqual(record == 0 ? 1 : 0, buffer[7], size + " bytes");
            Assert.AreEqual(record == 0, writer.Length > before, size + " bytes");
            DnsReaderTests.Read(buffer[..writer.Length]);
        }
    }

    [TestMethod]
    public void AddRecord_ToASectionThatIsOver_IsInvalid()
    {
        DnsWriter writer = new(new byte[512], false);
        Assert.AreEqual(0, writer.AddOpt(512));
        Assert.AreEqual(-(int)Errno.EINVAL, writer.AddRecord(DnsSection.Answer, [0], DnsType.A, 1, 1, [1, 2, 3, 4]));
        Assert.AreEqual(-(int)Errno.EINVAL, writer.AddQuestion([0], DnsType.A, 1));
    }
}
