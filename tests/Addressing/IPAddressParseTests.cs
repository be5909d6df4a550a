using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace IoTNet.Tests.Addressing;

/// <summary>Text that is an address, and text that is none: RFC 4291 2.2, POSIX inet_pton().</summary>
[TestClass]
public class IPAddressParseTests
{
    private const string IPv4Reason = "expected four decimal numbers 0-255 without leading zeros, separated by dots";
    private const string GroupReason = "expected groups of one to four hexadecimal digits, separated by colons";
    private const string CountReason = "expected eight groups of hexadecimal digits, or fewer and one ::";
    private const string ScopeReason =
        "expected a number 0-4294967295 after the %: names of interfaces are not known here";

    [TestMethod]
    [DataRow("0.0.0.0", "00000000")]
    [DataRow("127.0.0.1", "7f000001")]
    [DataRow("192.0.2.1", "c0000201")]
    [DataRow("255.255.255.255", "ffffffff")]
    public void Parse_FourDecimalNumbers_GivesIPv4(string text, string hex)
    {
        Check(text, hex, AddressFamily.InterNetwork);
    }

    [TestMethod]
    // RFC 4291 2.2, form 1: eight groups.
    [DataRow("ABCD:EF01:2345:6789:ABCD:EF01:2345:6789", "abcdef0123456789abcdef0123456789")]
    [DataRow("2001:DB8:0:0:8:800:200C:417A", "20010db80000000000080800200c417a")]
    [DataRow("0001:0002:0003:0004:0005:0006:0007:0008", "00010002000300040005000600070008")]
    // Form 2: "::" for one or more groups of zeros.
    [DataRow("2001:DB8::8:800:200C:417A", "20010db80000000000080800200c417a")]
    [DataRow("FF01::101", "ff010000000000000000000000000101")]
    [DataRow("::1", "00000000000000000000000000000001")]
    [DataRow("::", "00000000000000000000000000000000")]
    [DataRow("1::", "00010000000000000000000000000000")]
    [DataRow("1:2:3:4:5:6:7::", "00010002000300040005000600070000")]
    [DataRow("::2:3:4:5:6:7:8", "00000002000300040005000600070008")]
    [DataRow("1:2:3::5:6:7:8", "00010002000300000005000600070008")]
    // Form 3: the last four bytes as IPv4.
    [DataRow("0:0:0:0:0:0:13.1.68.3", "0000000000000000000000000d014403")]
    [DataRow("0:0:0:0:0:FFFF:129.144.52.38", "00000000000000000000ffff81903426")]
    [DataRow("::13.1.68.3", "0000000000000000000000000d014403")]
    [DataRow("::FFFF:129.144.52.38", "00000000000000000000ffff81903426")]
    [DataRow("64:ff9b::192.0.2.33", "0064ff9b0000000000000000c0000221")]
    [DataRow("1:2:3:4:5::1.2.3.4", "00010002000300040005000001020304")]
    public void Parse_EveryFormOfRfc4291_GivesIPv6(string text, string hex)
    {
        Check(text, hex, AddressFamily.InterNetworkV6);
    }

    [TestMethod]
    [DataRow("fe80::1%0", 0L)]
    [DataRow("fe80::1%2", 2L)]
    [DataRow("::ffff:192.0.2.1%7", 7L)]
    [DataRow("0000:0000:0000:0000:0000:ffff:255.255.255.255%4294967295", 4294967295L)]
    public void Parse_NumericScope_GivesScopeId(string text, long scopeId)
    {
        Assert.AreEqual(scopeId, IPAddress.Parse(text).ScopeId);
    }

    [TestMethod]
    [DataRow("", IPv4Reason)]
    [DataRow("localhost", IPv4Reason)]
    [DataRow("1", IPv4Reason)]
    [DataRow("127.1", IPv4Reason)]
    [DataRow("1.2.3", IPv4Reason)]
    [DataRow("1.2.3.", IPv4Reason)]
    [DataRow("1.2.3.4.", IPv4Reason)]
    [DataRow("1.2.3.4.5", IPv4Reason)]
    [DataRow(".1.2.3.4", IPv4Reason)]
    [DataRow("1..3.4", IPv4Reason)]
    [DataRow("256.0.0.1", IPv4Reason)]
    [DataRow("1.2.3.04", IPv4Reason)]
    [DataRow("00.0.0.0", IPv4Reason)]
    [DataRow("0x7f.0.0.1", IPv4Reason)]
    [DataRow("-1.0.0.1", IPv4Reason)]
    [DataRow("+1.0.0.1", IPv4Reason)]
    [DataRow(" 1.2.3.4", IPv4Reason)]
    [DataRow("1.2.3.4 ", IPv4Reason)]
    [DataRow("1.2.3.4%1", IPv4Reason)]
    [DataRow("\u0661.2.3.4", IPv4Reason)] // An Arabic digit is no decimal digit here.
    [DataRow("::1.2.3", IPv4Reason)]
    [DataRow("::1.2.3.04", IPv4Reason)]
    [DataRow(":", GroupReason)]
    [DataRow(":::", GroupReason)]
    [DataRow(":1::2", GroupReason)]
    [DataRow("1::2:", GroupReason)]
    [DataRow("1:::2", GroupReason)]
    [DataRow("12345::", GroupReason)]
    [DataRow("::00001", GroupReason)]
    [DataRow("::g", GroupReason)]
    [DataRow(":: 1", GroupReason)]
    [DataRow("[::1]", GroupReason)]
    [DataRow("::1/64", GroupReason)]
    [DataRow("::1.2.3.4:5", GroupReason)]
    [DataRow("1:2:3:4:5:6:7", CountReason)]
    [DataRow("1:2:3:4:5:6:7:8:9", CountReason)]
    [DataRow("1:2:3:4::5:6:7:8", CountReason)]
    [DataRow("::1:2:3:4:5:6:7:8", CountReason)]
    [DataRow("1::2::3", CountReason)]
    [DataRow("::1::", CountReason)]
    [DataRow("1:2:3:4:5:6:7:1.2.3.4", CountReason)]
    [DataRow("1:2:3:4:5:1.2.3.4", CountReason)]
    [DataRow("1:2:3:4:5:6::1.2.3.4", CountReason)]
    [DataRow("fe80::1%", ScopeReason)]
    [DataRow("fe80::1%eth0", ScopeReason)]
    [DataRow("fe80::1%01", ScopeReason)]
    [DataRow("fe80::1%-1", ScopeReason)]
    [DataRow("fe80::1%4294967296", ScopeReason)]
    [DataRow("fe80::1%2%3", ScopeReason)]
    public void Parse_WrongText_SaysWhatWasExpected(string text, string reason)
    {
        FormatException error = Assert.ThrowsExactly<FormatException>(() => IPAddress.Parse(text));

        Assert.AreEqual("\"" + text + "\" is not an IP address: " + reason + ".", error.Message);
        Assert.IsFalse(IPAddress.TryParse(text, out IPAddress? address));
        Assert.IsNull(address);
    }

    [TestMethod]
    public void Parse_TextPastTheLongestAddress_IsRefusedAndQuotedInPart()
    {
        FormatException error = Assert.ThrowsExactly<FormatException>(() => IPAddress.Parse(new string('1', 100_000)));

        Assert.AreEqual(
            "\"" + new string('1', 64) + "...\" is not an IP address: expected at most 56 characters.", error.Message);
    }

    [TestMethod]
    public void Parse_Null_ThrowsArgumentNull()
    {
        Assert.ThrowsExactly<ArgumentNullException>(() => IPAddress.Parse(null));
        Assert.IsFalse(IPAddress.TryParse(null, out _));
    }

    private static void Check(string text, string hex, AddressFamily family)
    {
        IPAddress address = IPAddress.Parse(text);

        Assert.AreEqual(hex, Convert.ToHexStringLower(address.GetAddressBytes()));
        Assert.AreEqual(family, address.AddressFamily);
        Assert.AreEqual(0L, address.ScopeId);
        Assert.IsTrue(IPAddress.TryParse(text, out IPAddress? tried));
        Assert.AreEqual(address, tried);
    }
}
