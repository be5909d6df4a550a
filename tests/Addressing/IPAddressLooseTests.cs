using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace IoTNet.Tests.Addressing;

/// <summary>The old forms of IPv4 text: POSIX inet_addr().</summary>
[TestClass]
public class IPAddressLooseTests
{
    [TestMethod]
    [DataRow("192.0.2.1", "192.0.2.1")]
    [DataRow("127.1", "127.0.0.1")]
    [DataRow("127.65535", "127.0.255.255")]
    [DataRow("127.16777215", "127.255.255.255")]
    [DataRow("1.2.772", "1.2.3.4")]
    [DataRow("1.2.65535", "1.2.255.255")]
    [DataRow("0", "0.0.0.0")]
    [DataRow("4294967295", "255.255.255.255")]
    [DataRow("0x7f000001", "127.0.0.1")]
    [DataRow("0X7F.0.0.0x1", "127.0.0.1")]
    [DataRow("0177.0.0.01", "127.0.0.1")]
    [DataRow("00.00.000.0000", "0.0.0.0")]
    [DataRow("037777777777", "255.255.255.255")]
    public void TryParseLoose_FormsOfInetAddr_GiveTheAddress(string text, string expected)
    {
        Assert.IsTrue(IPAddress.TryParseLoose(text, out uint address));
        Assert.AreEqual(expected, new IPAddress(address).ToString());
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("")]
    [DataRow(".")]
    [DataRow("1.")]
    [DataRow(".1")]
    [DataRow("1..2")]
    [DataRow("1.2.3.4.")]
    [DataRow("1.2.3.4.5")]
    [DataRow("256.1")]
    [DataRow("1.16777216")]
    [DataRow("1.2.65536")]
    [DataRow("1.2.3.256")]
    [DataRow("4294967296")]
    [DataRow("99999999999999999999999")]
    [DataRow("08")]
    [DataRow("0x")]
    [DataRow("0xg")]
    [DataRow("a")]
    [DataRow("-1")]
    [DataRow("1 ")]
    [DataRow(" 1")]
    [DataRow("1.2.3.4 x")]
    public void TryParseLoose_WrongText_GivesFalse(string? text)
    {
        Assert.IsFalse(IPAddress.TryParseLoose(text, out uint address));
        Assert.AreEqual(0u, address);
    }

    [TestMethod]
    public void TryParseLoose_TextPastItsLimit_GivesFalse()
    {
        Assert.IsTrue(IPAddress.TryParseLoose(new string('0', 64), out _));
        Assert.IsFalse(IPAddress.TryParseLoose(new string('0', 65), out _));
    }
}
