using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace IoTNet.Tests.Addressing;

/// <summary>An IP address with a port, as text and as a socket address.</summary>
[TestClass]
public class IPEndPointTests
{
    private const string ShapeReason = "expected address:port, for example 192.0.2.1:80 or [2001:db8::1]:80";
    private const string UnbracketedReason =
        "expected four decimal numbers 0-255 without leading zeros, separated by dots; " +
        "an IPv6 address stands in brackets";
    private const string PortReason = "port must be 0-65535, in decimal without leading zeros";

    [TestMethod]
    [DataRow("192.0.2.1:80")]
    [DataRow("0.0.0.0:0")]
    [DataRow("255.255.255.255:65535")]
    [DataRow("[::1]:80")]
    [DataRow("[fe80::1%2]:80")]
    [DataRow("[::ffff:192.0.2.1]:65535")]
    public void Parse_CanonicalText_ComesBack(string text)
    {
        Assert.AreEqual(text, IPEndPoint.Parse(text).ToString());
        Assert.IsTrue(IPEndPoint.TryParse(text, out IPEndPoint? tried));
        Assert.AreEqual(IPEndPoint.Parse(text), tried);
    }

    [TestMethod]
    [DataRow("", ShapeReason)]
    [DataRow("192.0.2.1", ShapeReason)]
    [DataRow("80", ShapeReason)]
    [DataRow("[", ShapeReason)]
    [DataRow("[]", ShapeReason)]
    [DataRow("[::1", ShapeReason)]
    [DataRow("[::1]", ShapeReason)]
    [DataRow("[::1]80", ShapeReason)]
    [DataRow("[::1] :80", ShapeReason)]
    [DataRow("192.0.2.1:", PortReason)]
    [DataRow("192.0.2.1:65536", PortReason)]
    [DataRow("192.0.2.1:-1", PortReason)]
    [DataRow("192.0.2.1:080", PortReason)]
    [DataRow("192.0.2.1:80 ", PortReason)]
    [DataRow("192.0.2.1:http", PortReason)]
    [DataRow("192.0.2.1:99999999999", PortReason)]
    [DataRow("[::1]:", PortReason)]
    [DataRow("[::1]:80:", PortReason)]
    [DataRow("[192.0.2.1]:80", "expected an IPv6 address in the brackets")]
    [DataRow("[::g]:80", "expected groups of one to four hexadecimal digits, separated by colons")]
    [DataRow("[fe80::1%lo]:80", "expected a number 0-4294967295 after the %: names of interfaces are not known here")]
    [DataRow("localhost:80", UnbracketedReason)]
    [DataRow("::1:80", UnbracketedReason)]
    public void Parse_WrongText_SaysWhatWasExpected(string text, string reason)
    {
        FormatException error = Assert.ThrowsExactly<FormatException>(() => IPEndPoint.Parse(text));

        Assert.AreEqual("\"" + text + "\" is not an IP end point: " + reason + ".", error.Message);
        Assert.IsFalse(IPEndPoint.TryParse(text, out IPEndPoint? result));
        Assert.IsNull(result);
    }

    [TestMethod]
    public void Parse_Null_ThrowsArgumentNull()
    {
        Assert.ThrowsExactly<ArgumentNullException>(() => IPEndPoint.Parse(null));
        Assert.IsFalse(IPEndPoint.TryParse(null, out _));
    }

    [TestMethod]
    [DataRow(-1)]
    [DataRow(65536)]
    [DataRow(int.MinValue)]
    [DataRow(int.MaxValue)]
    public void Construct_PortOutOfRange_SaysRangeAndPort(int port)
    {
        ArgumentException error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => new IPEndPoint(IPAddress.Any, port));

        Assert.AreEqual("port", error.ParamName);
        StringAssert.Contains(error.Message, "port must be 0-65535, not " + port + ".");
    }

    [TestMethod]
    public void Construct_WrongAddress_IsRefused()
    {
        Assert.ThrowsExactly<ArgumentNullException>(() => new IPEndPoint(null, 1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new IPEndPoint(-1L, 1));
    }

    [TestMethod]
    public void Construct_NumberAndLimits_AreThoseOfNanoFramework()
    {
        IPEndPoint endPoint = new(0x0100007FL, IPEndPoint.MaxPort);

        Assert.AreEqual(IPAddress.Loopback, endPoint.Address);
        Assert.AreEqual(65535, endPoint.Port);
        Assert.AreEqual(0, IPEndPoint.MinPort);
        Assert.AreEqual(AddressFamily.InterNetwork, endPoint.AddressFamily);
        Assert.AreEqual(AddressFamily.InterNetworkV6, new IPEndPoint(IPAddress.IPv6Any, 0).AddressFamily);
    }

    [TestMethod]
    [DataRow("192.0.2.1:8080", "02001f90c00002010000000000000000")]
    [DataRow("[2001:db8::2%67305985]:65534", "1700fffe0000000020010db800000000000000000000000201020304")]
    public void Serialize_BothFamilies_HasTheDocumentedBytes(string text, string hex)
    {
        SocketAddress address = IPEndPoint.Parse(text).Serialize();

        Assert.AreEqual(hex, Convert.ToHexStringLower(address.Buffer, 0, address.Size));
        Assert.AreEqual(IPEndPoint.Parse(text), IPEndPoint.FromSocketAddress(address));
        Assert.AreEqual(IPEndPoint.Parse(text), EndPoint.From(address));
        Assert.AreEqual(text, address.ToString());
    }

    [TestMethod]
    public void WriteTo_UsedAddress_LeavesNothingOfTheOldOne()
    {
        IPAddress allOnes = IPAddress.Parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff%4294967295");
        SocketAddress address = new IPEndPoint(allOnes, 65535).Serialize();
        IPEndPoint.Parse("192.0.2.1:80").WriteTo(address);

        Assert.AreEqual(IPEndPoint.Parse("192.0.2.1:80").Serialize(), address);
        Assert.IsTrue(address.Buffer.AsSpan(8).IndexOfAnyExcept((byte)0) < 0);
    }

    [TestMethod]
    public void WriteTo_UsedAddress_AllocatesNothing()
    {
        EndPoint v4 = IPEndPoint.Parse("192.0.2.1:80");
        EndPoint v6 = IPEndPoint.Parse("[fe80::1%2]:80");
        SocketAddress address = v6.Serialize();
        v4.WriteTo(address);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            v4.WriteTo(address);
            v6.WriteTo(address);
        }

        Assert.AreEqual(0L, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void Create_SameFamily_GivesTheEndPoint()
    {
        IPEndPoint endPoint = IPEndPoint.Parse("192.0.2.1:80");
        IPEndPoint any = new(IPAddress.Any, 0);

        Assert.AreEqual(endPoint, any.Create(endPoint.Serialize()));
    }

    [TestMethod]
    public void Create_OtherFamily_SaysBothFamilies()
    {
        IPEndPoint any = new(IPAddress.Any, 0);
        SocketAddress v6 = new IPEndPoint(IPAddress.IPv6Any, 0).Serialize();
        SocketAddress unix = new UnixEndPoint("/x").Serialize();

        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(() => any.Create(v6));
        StringAssert.Contains(error.Message, "Expected a socket address of family 2 like this end point, not 23.");
        error = Assert.ThrowsExactly<ArgumentException>(() => any.Create(unix));
        StringAssert.Contains(error.Message,
            "Expected a socket address of family InterNetwork (2) or InterNetworkV6 (23), not 1.");
        Assert.ThrowsExactly<ArgumentNullException>(() => any.Create(null));
        Assert.ThrowsExactly<ArgumentNullException>(() => any.WriteTo(null));
    }

    [TestMethod]
    public void FromSocketAddress_CutShort_SaysBothSizes()
    {
        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(
            () => IPEndPoint.FromSocketAddress(new SocketAddress(AddressFamily.InterNetwork, 15)));
        StringAssert.Contains(error.Message, "An IPv4 socket address has 16 bytes, not 15.");

        error = Assert.ThrowsExactly<ArgumentException>(
            () => IPEndPoint.FromSocketAddress(new SocketAddress(AddressFamily.InterNetworkV6, 27)));
        StringAssert.Contains(error.Message, "An IPv6 socket address has 28 bytes, not 27.");
    }

    [TestMethod]
    public void Equals_AddressAndPort_BothCount()
    {
        IPEndPoint a = IPEndPoint.Parse("192.0.2.1:80");

        Assert.AreEqual(a, IPEndPoint.Parse("192.0.2.1:80"));
        Assert.AreEqual(a.GetHashCode(), IPEndPoint.Parse("192.0.2.1:80").GetHashCode());
        Assert.AreNotEqual(a, IPEndPoint.Parse("192.0.2.1:81"));
        Assert.AreNotEqual(a, IPEndPoint.Parse("192.0.2.2:80"));
        Assert.AreNotEqual(IPEndPoint.Parse("[fe80::1%1]:80"), IPEndPoint.Parse("[fe80::1%2]:80"));
        Assert.IsFalse(a.Equals(null));
        Assert.IsFalse(a.Equals("192.0.2.1:80"));
    }
}
