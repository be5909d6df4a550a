using System.Text;

namespace IoTNet.Tests.Dns;

[TestClass]
public sealed class DnsNameTests
{
    [TestMethod]
    [DataRow("a", "016100")]
    [DataRow("www.Example.com", "03777777074578616d706c6503636f6d00")]
    [DataRow("www.example.com.", "03777777076578616d706c6503636f6d00")]
    [DataRow(".", "00")]
    [DataRow("a\\.b.c", "03612e62016300")]
    [DataRow("\\000\\255\\\\.x", "0300ff5c017800")]
    [DataRow("_ipp._tcp.a-b.local", "045f697070045f74637003612d62056c6f63616c00")]
    public void Parse_OfAName_GivesItsBytes(string text, string expected)
    {
        byte[] target = new byte[DnsName.MaxLength];
        int length = DnsName.Parse(text, target, 0);
        Assert.AreEqual(expected, Convert.ToHexStringLower(target, 0, Math.Max(0, length)));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("..")]
    [DataRow(".a")]
    [DataRow("a..b")]
    [DataRow("a..")]
    [DataRow("\\")]
    [DataRow("a\\")]
    [DataRow("\\25")]
    [DataRow("\\256")]
    [DataRow("\\2x5")]
    [DataRow("ä.de")]
    [DataRow("a\\ä")]
    public void Parse_OfWhatIsNoName_IsInvalid(string text)
    {
        Assert.AreEqual(-(int)Errno.EINVAL, DnsName.Parse(text, new byte[DnsName.MaxLength], 0));
    }

    [TestMethod]
    public void Parse_AtTheLimits_TakesThemAndNoByteMore()
    {
        string label = new('a', DnsName.MaxLabel);
        string longest = $"{label}.{label}.{label}.{new string('b', 61)}";
        byte[] target = new byte[300];
        Assert.AreEqual(DnsName.MaxLength, DnsName.Parse(longest, target, 0));
        Assert.AreEqual(longest, DnsName.Format(target, 0));
        Assert.AreEqual(DnsName.MaxLength, DnsName.Parse(longest + ".", target, 0));
        Assert.AreEqual(-(int)Errno.EINVAL, DnsName.Parse(longest + "b", target, 0));
        Assert.AreEqual(-(int)Errno.EINVAL, DnsName.Parse(longest + ".b", target, 0));
        Assert.AreEqual(-(int)Errno.EINVAL, DnsName.Parse(label + "a", target, 0));
    }

    [TestMethod]
    public void Parse_IntoATargetThatIsTooSmall_SaysSoAtEverySize()
    {
        byte[] whole = new byte[40];
        int length = DnsName.Parse("www.example.com", whole, 0);
        for (int size = 0; size < length; size++)
        {
            Assert.AreEqual(-(int)Errno.EMSGSIZE, DnsName.Parse("www.example.com", new byte[size], 0), size + " bytes");
        }

        Assert.AreEqual(length, DnsName.Parse("www.example.com", new byte[length], 0));
        Assert.AreEqual(length, DnsName.Parse("www.example.com.", new byte[length + 3], 3));
    }

    [TestMethod]
    public void Format_OfAnyBytes_LeadsBackToThem()
    {
        Random random = new(1);
        byte[] wire = new byte[DnsName.MaxLength], back = new byte[DnsName.MaxLength];
        for (int run = 0; run < 20_000; run++)
        {
            int length = RandomName(random, wire);
            string text = DnsName.Format(wire, 0);
            Assert.IsTrue(Encoding.ASCII.GetByteCount(text) <= 1004, text);
            Assert.AreEqual(length, DnsName.Parse(text, back, 0), text);
            Assert.IsTrue(wire.AsSpan(0, length).SequenceEqual(back.AsSpan(0, length)), text);
            Assert.AreEqual(length, DnsName.Skip(wire, length, 0), text);
            Assert.AreEqual(length, DnsName.GetLength(wire, 0), text);
        }
    }

    [TestMethod]
    public void AreEqual_OfNamesInAnotherCase_DependsOnExact()
    {
        byte[] lower = Wire("www.example.com"), mixed = Wire("wWw.eXample.COM"), other = Wire("www.example.con"), longer = Wire("www.example.com.a");
        Assert.IsTrue(DnsName.AreEqual(lower, 0, mixed, 0, false));
        Assert.IsFalse(DnsName.AreEqual(lower, 0, mixed, 0, true));
        Assert.IsTrue(DnsName.AreEqual(lower, 0, lower, 0, true));
        Assert.IsFalse(DnsName.AreEqual(lower, 0, other, 0, false));
        Assert.IsFalse(DnsName.AreEqual(lower, 0, longer, 0, false));
        Assert.IsFalse(DnsName.AreEqual(Wire("a@b"), 0, Wire("a`b"), 0, false), "only letters have a case");
    }

    [TestMethod]
    public void Reverse_OfAnAddress_IsItsPtrName()
    {
        Assert.AreEqual("1.2.0.192.in-addr.arpa", DnsName.Reverse(IPAddress.Parse("192.0.2.1")));
        Assert.AreEqual("b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa",
            DnsName.Reverse(IPAddress.Parse("4321:0:1:2:3:4:567:89ab")), "the example of RFC 3596 2.5");
    }

    public static byte[] Wire(string text)
    {
        byte[] target = new byte[DnsName.MaxLength];
        return target[..DnsName.Parse(text, target, 0)];
    }

    private static int RandomName(Random random, byte[] wire)
    {
        int length = 0;
        while (true)
        {
            int label = random.Next(1, random.Next(2) == 0 ? 4 : 64);
            if (length + label + 2 > DnsName.MaxLength || random.Next(6) == 0)
            {
                wire[length] = 0;
                return length + 1;
            }

            wire[length] = (byte)label;
            random.NextBytes(wire.AsSpan(length + 1, label));
            length += label + 1;
        }
    }
}
