using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace IoTNet.Tests.Addressing;

/// <summary>The canonical text of addresses: RFC 5952.</summary>
[TestClass]
public class IPAddressFormatTests
{
    [TestMethod]
    // RFC 5952 4.1: no leading zeros.
    [DataRow("2001:0db8::0001", "2001:db8::1")]
    // 4.2.1: shortened as much as possible.
    [DataRow("2001:db8:0:0:0:0:2:1", "2001:db8::2:1")]
    [DataRow("2001:db8::0:1", "2001:db8::1")]
    // 4.2.2: not for one group.
    [DataRow("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1")]
    [DataRow("2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1")]
    [DataRow("0:1:2:3:4:5:6:7", "0:1:2:3:4:5:6:7")]
    [DataRow("1:2:3:4:5:6:7:0", "1:2:3:4:5:6:7:0")]
    // 4.2.3: the longest run, and the first of equal ones.
    [DataRow("2001:0:0:1:0:0:0:1", "2001:0:0:1::1")]
    [DataRow("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1")]
    [DataRow("0:0:1:0:0:1:0:0", "::1:0:0:1:0:0")]
    // 4.3: lower case.
    [DataRow("2001:DB8::ABCD:EF", "2001:db8::abcd:ef")]
    // 5: IPv4-mapped addresses end as IPv4; other prefixes are not known to hold one.
    [DataRow("::ffff:c000:201", "::ffff:192.0.2.1")]
    [DataRow("::ffff:0:0", "::ffff:0.0.0.0")]
    [DataRow("::13.1.68.3", "::d01:4403")]
    // The ends of the run.
    [DataRow("0:0:0:0:0:0:0:0", "::")]
    [DataRow("0:0:0:0:0:0:0:1", "::1")]
    [DataRow("1:0:0:0:0:0:0:0", "1::")]
    [DataRow("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [DataRow("fe80::1%0", "fe80::1")]
    [DataRow("fe80::1%2", "fe80::1%2")]
    [DataRow("::%4294967295", "::%4294967295")]
    [DataRow("127.0.0.1", "127.0.0.1")]
    [DataRow("255.255.255.255", "255.255.255.255")]
    public void ToString_AnyForm_IsCanonical(string text, string canonical)
    {
        Assert.AreEqual(canonical, IPAddress.Parse(text).ToString());
    }

    [TestMethod]
    public void ToString_EveryPatternOfZeroGroups_AgreesWithDotNet()
    {
        for (int pattern = 0; pattern < 256; pattern++)
        {
            byte[] bytes = new byte[16];
            for (int group = 0; group < 8; group++)
            {
                if ((pattern & (1 << group)) != 0)
                {
                    bytes[group * 2] = (byte)(group << 4);
                    bytes[(group * 2) + 1] = 0xA0;
                }
            }

            string expected = new System.Net.IPAddress(bytes).ToString();

            // .NET writes the deprecated IPv4-compatible addresses (RFC 4291 2.5.5.1) with dots.
            if (!expected.Contains('.', StringComparison.Ordinal))
            {
                Assert.AreEqual(expected, new IPAddress(bytes).ToString());
            }
        }
    }
}
