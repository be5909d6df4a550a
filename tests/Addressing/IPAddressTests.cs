using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace IoTNet.Tests.Addressing;

/// <summary>What an address is made of, and what it says about itself.</summary>
[TestClass]
public class IPAddressTests
{
    private static readonly byte[] LinkLocal = Convert.FromHexString("fe800000000000000000000000000001");

    [TestMethod]
    public void Construct_Number_TakesFirstByteLowest()
    {
        Assert.AreEqual("127.0.0.1", new IPAddress(0x0100007FL).ToString());
        Assert.AreEqual("143.24.20.36", new IPAddress(0x2414188FL).ToString());
        Assert.AreEqual("255.255.255.255", new IPAddress(0xFFFFFFFFL).ToString());
    }

    [TestMethod]
    [DataRow(-1L)]
    [DataRow(0x100000000L)]
    [DataRow(long.MinValue)]
    public void Construct_NumberOutOfRange_SaysRangeAndNumber(long number)
    {
        ArgumentException error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new IPAddress(number));
        StringAssert.Contains(error.Message, "Expected 0 to 4294967295, not " + number + ".");

        error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new IPAddress(LinkLocal, number));
        StringAssert.Contains(error.Message, "Expected 0 to 4294967295, not " + number + ".");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(3)]
    [DataRow(5)]
    [DataRow(15)]
    [DataRow(17)]
    public void Construct_WrongNumberOfBytes_SaysHowMany(int length)
    {
        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(() => new IPAddress(new byte[length]));
        StringAssert.Contains(error.Message, "An IP address has 4 or 16 bytes, not " + length + ".");
    }

    [TestMethod]
    public void Construct_ScopeWithIPv4Bytes_IsRefused()
    {
        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(() => new IPAddress(new byte[4], 1));
        StringAssert.Contains(error.Message, "Only an IPv6 address (16 bytes) has a scope; the address has 4 bytes.");
    }

    [TestMethod]
    public void Construct_NullBytes_ThrowsArgumentNull()
    {
        Assert.ThrowsExactly<ArgumentNullException>(() => new IPAddress(null));
        Assert.ThrowsExactly<ArgumentNullException>(() => new IPAddress(null, 1));
    }

    [TestMethod]
    public void Construct_Bytes_CopiesThem()
    {
        byte[] bytes = [192, 0, 2, 1];
        IPAddress address = new(bytes);
        bytes[0] = 1;
        address.GetAddressBytes()[1] = 1;

        Assert.AreEqual("192.0.2.1", address.ToString());
    }

    [TestMethod]
    public void SharedAddresses_AllOfThem_HaveTheirText()
    {
        Assert.AreEqual("0.0.0.0", IPAddress.Any.ToString());
        Assert.AreEqual("127.0.0.1", IPAddress.Loopback.ToString());
        Assert.AreEqual("255.255.255.255", IPAddress.Broadcast.ToString());
        Assert.AreEqual("255.255.255.255", IPAddress.None.ToString());
        Assert.AreEqual("::", IPAddress.IPv6Any.ToString());
        Assert.AreEqual("::", IPAddress.IPv6None.ToString());
        Assert.AreEqual("::1", IPAddress.IPv6Loopback.ToString());
    }

    [TestMethod]
    public void ScopeId_OwnIPv6Address_CanBeSet()
    {
        IPAddress address = new(LinkLocal, 1) { ScopeId = 0xFFFFFFFF };

        Assert.AreEqual(0xFFFFFFFFL, address.ScopeId);
        Assert.AreEqual(new IPAddress(LinkLocal, 0xFFFFFFFF), address);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => address.ScopeId = -1);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => address.ScopeId = 0x100000000);
    }

    [TestMethod]
    public void ScopeId_SharedAddress_CannotBeSet()
    {
        foreach (IPAddress shared in new[] { IPAddress.IPv6Any, IPAddress.IPv6None, IPAddress.IPv6Loopback })
        {
            InvalidOperationException error = Assert.ThrowsExactly<InvalidOperationException>(() => shared.ScopeId = 3);
            StringAssert.Contains(error.Message, "The shared address " + shared + " cannot have a scope");
            Assert.AreEqual(0L, shared.ScopeId);
        }
    }

    [TestMethod]
    public void ScopeId_IPv4Address_IsZeroAndCannotBeSet()
    {
        IPAddress address = IPAddress.Parse("192.0.2.1");

        Assert.AreEqual(0L, address.ScopeId);
        InvalidOperationException error = Assert.ThrowsExactly<InvalidOperationException>(() => address.ScopeId = 3);
        Assert.AreEqual("The IPv4 address 192.0.2.1 cannot have a scope.", error.Message);
    }

    [TestMethod]
    public void MapToIPv6_IPv4Address_IsMappedAndComesBack()
    {
        IPAddress address = IPAddress.Parse("192.0.2.1");
        IPAddress mapped = address.MapToIPv6();

        Assert.AreEqual("::ffff:192.0.2.1", mapped.ToString());
        Assert.IsTrue(mapped.IsIPv4MappedToIPv6);
        Assert.IsFalse(address.IsIPv4MappedToIPv6);
        Assert.AreEqual(address, mapped.MapToIPv4());
        Assert.AreSame(mapped, mapped.MapToIPv6());
        Assert.AreSame(address, address.MapToIPv4());
    }

    [TestMethod]
    [DataRow("::")]
    [DataRow("::1")]
    [DataRow("::192.0.2.1")]
    [DataRow("::fffe:192.0.2.1")]
    [DataRow("1::ffff:192.0.2.1")]
    public void MapToIPv4_AddressWithoutIPv4Inside_IsRefused(string text)
    {
        IPAddress address = IPAddress.Parse(text);

        Assert.IsFalse(address.IsIPv4MappedToIPv6);
        InvalidOperationException error = Assert.ThrowsExactly<InvalidOperationException>(() => address.MapToIPv4());
        Assert.AreEqual("Expected an IPv4-mapped address (::ffff:a.b.c.d), not " + address + ".", error.Message);
    }

    [TestMethod]
    [DataRow("127.0.0.1", true)]
    [DataRow("127.255.255.255", true)]
    [DataRow("128.0.0.1", false)]
    [DataRow("::1", true)]
    [DataRow("::1%3", true)]
    [DataRow("::", false)]
    [DataRow("::2", false)]
    [DataRow("::ffff:127.9.9.9", true)]
    [DataRow("::ffff:1.0.0.127", false)]
    [DataRow("::127.0.0.1", false)]
    public void IsLoopback_AnyAddress_AgreesWithSocketAddress(string text, bool expected)
    {
        IPAddress address = IPAddress.Parse(text);

        Assert.AreEqual(expected, IPAddress.IsLoopback(address));
        Assert.AreEqual(expected, new IPEndPoint(address, 1).Serialize().IsLoopback);
    }

    [TestMethod]
    public void IsLoopback_Null_ThrowsArgumentNull()
    {
        Assert.ThrowsExactly<ArgumentNullException>(() => IPAddress.IsLoopback(null));
    }

    [TestMethod]
    [DataRow("223.255.255.255", false, false, false)]
    [DataRow("224.0.0.1", true, false, false)]
    [DataRow("239.255.255.255", true, false, false)]
    [DataRow("240.0.0.0", false, false, false)]
    [DataRow("254.128.0.1", false, false, false)]
    [DataRow("ff02::1", true, true, false)]
    [DataRow("fe80::1", false, false, true)]
    [DataRow("febf:ffff::1", false, false, true)]
    [DataRow("fec0::1", false, false, false)]
    [DataRow("fe7f::1", false, false, false)]
    [DataRow("::ffff:224.0.0.1", false, false, false)]
    public void IsMulticast_AnyAddress_KnowsItsRange(string text, bool multicast, bool multicast6, bool linkLocal)
    {
        IPAddress address = IPAddress.Parse(text);

        Assert.AreEqual(multicast, address.IsMulticast);
        Assert.AreEqual(multicast6, address.IsIPv6Multicast);
        Assert.AreEqual(linkLocal, address.IsIPv6LinkLocal);
    }

    [TestMethod]
    public void Equals_SameAddress_IsEqualInEveryForm()
    {
        IPAddress a = IPAddress.Parse("fe80::1%2");
        IPAddress b = new(LinkLocal, 2);

        Assert.IsTrue(a == b);
        Assert.IsFalse(a != b);
        Assert.IsTrue(a.Equals(b));
        Assert.IsTrue(a.Equals((object)b));
        Assert.AreEqual(a.GetHashCode(), b.GetHashCode());
    }

    [TestMethod]
    [DataRow("fe80::1", "fe80::1%2")]
    [DataRow("fe80::1%1", "fe80::1%2")]
    [DataRow("192.0.2.1", "192.0.2.2")]
    [DataRow("192.0.2.1", "::ffff:192.0.2.1")]
    [DataRow("0.0.0.0", "::")]
    public void Equals_OtherFamilyBytesOrScope_Differs(string a, string b)
    {
        Assert.IsFalse(IPAddress.Parse(a) == IPAddress.Parse(b));
        Assert.IsTrue(IPAddress.Parse(a) != IPAddress.Parse(b));
        Assert.IsFalse(IPAddress.Parse(a).Equals((object)IPAddress.Parse(b)));
    }

    [TestMethod]
    public void Equals_Null_EqualsOnlyNull()
    {
        IPAddress? none = null;
        IPAddress? alsoNone = null;

        Assert.IsTrue(none == alsoNone);
        Assert.IsFalse(none == IPAddress.Any);
        Assert.IsFalse(IPAddress.Any == none);
        Assert.IsTrue(IPAddress.Any != none);
        Assert.IsFalse(IPAddress.Any.Equals(none));
        Assert.IsFalse(IPAddress.Any.Equals((object)"0.0.0.0"));
    }

    [TestMethod]
    public void WriteTo_BothFamilies_WritesBytesAndNothingElse()
    {
        byte[] target = new byte[20];
        Array.Fill(target, (byte)0xEE);

        Assert.AreEqual(4, IPAddress.Parse("192.0.2.1").WriteTo(target, 1));
        Assert.AreEqual("eec0000201ee", Convert.ToHexStringLower(target, 0, 6));
        Assert.AreEqual(16, new IPAddress(LinkLocal).WriteTo(target, 4));
        Assert.AreEqual("02fe800000000000000000000000000001", Convert.ToHexStringLower(target, 3, 17));
    }

    [TestMethod]
    public void WriteTo_TargetTooSmall_IsRefusedBeforeAnyByte()
    {
        byte[] target = new byte[4];

        Assert.ThrowsExactly<ArgumentNullException>(() => IPAddress.Loopback.WriteTo(null, 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => IPAddress.Loopback.WriteTo(target, 1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => IPAddress.Loopback.WriteTo(target, -1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => IPAddress.IPv6Loopback.WriteTo(target, 0));
        CollectionAssert.AreEqual(new byte[4], target);
    }
}
