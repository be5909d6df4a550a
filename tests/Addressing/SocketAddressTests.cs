using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace IoTNet.Tests.Addressing;

/// <summary>The generic socket address: its layout, and one instance used for every family.</summary>
[TestClass]
public class SocketAddressTests
{
    [TestMethod]
    [DataRow(AddressFamily.Unspecified, 2)]
    [DataRow(AddressFamily.Unix, 2)]
    [DataRow(AddressFamily.InterNetwork, 16)]
    [DataRow(AddressFamily.InterNetworkV6, 28)]
    [DataRow(AddressFamily.Unknown, 2)]
    public void Family_BeforeAnythingElse_IsReadFromTheFirstTwoBytes(AddressFamily family, int size)
    {
        SocketAddress address = new(family, size);

        Assert.AreEqual(family, address.Family);
        Assert.AreEqual((int)family & 0xFFFF, address[0] | (address[1] << 8));
        Assert.AreEqual(size, address.Size);
    }

    [TestMethod]
    public void Construct_Nothing_IsUnspecified()
    {
        SocketAddress address = new();

        Assert.AreEqual(AddressFamily.Unspecified, address.Family);
        Assert.AreEqual(2, address.Size);
        Assert.AreEqual(0, address.Port);
        Assert.IsFalse(address.IsIP);
        Assert.IsNull(EndPoint.From(address));
        Assert.AreEqual("family 0, 2 bytes", address.ToString());
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(0)]
    [DataRow(-1)]
    [DataRow(111)]
    public void Reset_SizeOutOfRange_IsRefusedAndChangesNothing(int size)
    {
        SocketAddress address = IPEndPoint.Parse("192.0.2.1:80").Serialize();

        ArgumentException error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => address.Reset(AddressFamily.Unix, size));
        StringAssert.Contains(error.Message, "A socket address has 2 to 110 bytes, not " + size + ".");
        Assert.AreEqual("192.0.2.1:80", address.ToString());
    }

    [TestMethod]
    public void Reset_IPThenUnixThenIP_GrowsOnceAndLeavesNothingBehind()
    {
        SocketAddress address = new();
        EndPoint ip = IPEndPoint.Parse("[fe80::1%2]:80");
        EndPoint longest = UnixEndPoint.Abstract(new byte[107]);
        EndPoint path = new UnixEndPoint(new string('p', 107));

        ip.WriteTo(address);
        byte[] small = address.Buffer;
        path.WriteTo(address);
        byte[] large = address.Buffer;
        Assert.AreEqual(path, EndPoint.From(address));
        ip.WriteTo(address);
        Assert.AreEqual(ip, EndPoint.From(address));
        Assert.AreEqual(ip.Serialize(), address);
        Assert.IsTrue(address.Buffer.AsSpan(address.Size).IndexOfAnyExcept((byte)0) < 0);
        longest.WriteTo(address);
        Assert.AreEqual(longest, EndPoint.From(address));

        Assert.AreEqual(SocketAddress.IPv6Size, small.Length);
        Assert.AreEqual(SocketAddress.MaxSize, large.Length);
        Assert.AreSame(large, address.Buffer);
    }

    [TestMethod]
    public void Reset_ToTheSmallestSize_LeavesNothingBehind()
    {
        SocketAddress address = IPEndPoint.Parse("[fe80::1%2]:80").Serialize();
        address.Reset(AddressFamily.Unspecified, 2);

        Assert.IsTrue(address.Buffer.AsSpan().IndexOfAnyExcept((byte)0) < 0);
        Assert.AreEqual(new SocketAddress(), address);
    }

    [TestMethod]
    public void Port_IPFamilies_StandsInNetworkOrder()
    {
        SocketAddress address = new(AddressFamily.InterNetworkV6, SocketAddress.IPv6Size) { Port = 0x1234 };

        Assert.AreEqual(0x1234, address.Port);
        Assert.AreEqual(0x12, address[2]);
        Assert.AreEqual(0x34, address[3]);
    }

    [TestMethod]
    public void Port_WrongNumberOrFamily_IsRefused()
    {
        SocketAddress ip = new(AddressFamily.InterNetwork, SocketAddress.IPv4Size);
        SocketAddress unix = new UnixEndPoint("/xy").Serialize();

        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ip.Port = -1);
        ArgumentException error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ip.Port = 65536);
        StringAssert.Contains(error.Message, "port must be 0-65535, not 65536.");
        InvalidOperationException noPort = Assert.ThrowsExactly<InvalidOperationException>(() => unix.Port = 80);
        Assert.AreEqual("An address of family 1 has no port to set.", noPort.Message);
        Assert.AreEqual(0, unix.Port);
        Assert.AreEqual("/xy", unix.ToString());
    }

    [TestMethod]
    [DataRow(-1)]
    [DataRow(16)]
    public void Indexer_OutsideTheAddress_SaysSizeAndOffset(int offset)
    {
        SocketAddress address = new(AddressFamily.InterNetwork, SocketAddress.IPv4Size);
        string expected = "The address has 16 bytes; there is no byte " + offset + ".";

        ArgumentException error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => address[offset]);
        StringAssert.Contains(error.Message, expected);
        error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => address[offset] = 1);
        StringAssert.Contains(error.Message, expected);
    }

    [TestMethod]
    [DataRow("0.0.0.0", true)]
    [DataRow("0.0.0.1", false)]
    [DataRow("1.0.0.0", false)]
    [DataRow("::", true)]
    [DataRow("::1", false)]
    [DataRow("1::", false)]
    public void IsAny_AnyAddress_IsTrueForTheUnspecifiedOne(string text, bool expected)
    {
        Assert.AreEqual(expected, new IPEndPoint(IPAddress.Parse(text), 80).Serialize().IsAny);
    }

    [TestMethod]
    public void IsMapped_MappedAddress_AgreesWithIPAddress()
    {
        string[] texts = ["::ffff:192.0.2.1", "::fffe:192.0.2.1", "1::ffff:192.0.2.1", "::", "192.0.2.1"];
        foreach (string text in texts)
        {
            IPAddress address = IPAddress.Parse(text);
            Assert.AreEqual(address.IsIPv4MappedToIPv6, new IPEndPoint(address, 80).Serialize().IsMapped, text);
        }
    }

    [TestMethod]
    public void IsLoopback_UnixAddress_IsTrue()
    {
        Assert.IsTrue(new UnixEndPoint("/x").Serialize().IsLoopback);
        Assert.IsFalse(new SocketAddress().IsLoopback);
        Assert.IsFalse(new UnixEndPoint("/x").Serialize().IsAny);
    }

    [TestMethod]
    public void CopyFrom_EveryFamily_MakesAnEqualAddress()
    {
        SocketAddress copy = new();
        EndPoint[] endPoints =
        [
            IPEndPoint.Parse("192.0.2.1:80"),
            new UnixEndPoint(new string('p', 107)),
            IPEndPoint.Parse("[fe80::1%2]:80"),
            UnixEndPoint.Abstract("a"),
            new UnixEndPoint(""),
        ];
        foreach (EndPoint endPoint in endPoints)
        {
            SocketAddress original = endPoint.Serialize();
            copy.CopyFrom(original);

            Assert.AreEqual(original, copy);
            Assert.AreEqual(original.GetHashCode(), copy.GetHashCode());
            Assert.AreEqual(endPoint, EndPoint.From(copy));
        }
    }

    [TestMethod]
    public void CopyFrom_Itself_ChangesNothing()
    {
        SocketAddress address = IPEndPoint.Parse("192.0.2.1:80").Serialize();
        address.CopyFrom(address);

        Assert.AreEqual("192.0.2.1:80", address.ToString());
        Assert.ThrowsExactly<ArgumentNullException>(() => address.CopyFrom(null));
    }

    [TestMethod]
    public void Equals_SizeAndBytes_BothCount()
    {
        SocketAddress a = IPEndPoint.Parse("192.0.2.1:80").Serialize();

        Assert.AreEqual(a, IPEndPoint.Parse("192.0.2.1:80").Serialize());
        Assert.AreNotEqual(a, IPEndPoint.Parse("192.0.2.1:81").Serialize());
        Assert.AreNotEqual(new SocketAddress(AddressFamily.Unix, 2), new SocketAddress(AddressFamily.Unix, 3));
        Assert.IsFalse(a.Equals(null));
        Assert.IsFalse(a.Equals("192.0.2.1:80"));
    }

    [TestMethod]
    public void From_UnknownFamily_SaysWhichAreKnown()
    {
        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(
            () => EndPoint.From(new SocketAddress((AddressFamily)17, 20)));

        Assert.AreEqual(
            "No end point type for address family 17; expected InterNetwork (2), InterNetworkV6 (23) or Unix (1).",
            error.Message);
        Assert.ThrowsExactly<ArgumentNullException>(() => EndPoint.From(null));
    }

    [TestMethod]
    public void ToString_AddressCutShort_SaysFamilyAndSize()
    {
        Assert.AreEqual("family 2, 8 bytes", new SocketAddress(AddressFamily.InterNetwork, 8).ToString());
        Assert.AreEqual("family 23, 27 bytes", new SocketAddress(AddressFamily.InterNetworkV6, 27).ToString());
    }
}
