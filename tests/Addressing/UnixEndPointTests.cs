using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace IoTNet.Tests.Addressing;

/// <summary>Paths, abstract names and the unnamed address: unix(7).</summary>
[TestClass]
public class UnixEndPointTests
{
    [TestMethod]
    public void Construct_Path_IsUtf8()
    {
        UnixEndPoint endPoint = new("/run/é€😀");

        Assert.AreEqual("2f72756e2fc3a9e282acf09f9880", Convert.ToHexStringLower(endPoint.GetBytes()));
        Assert.AreEqual("/run/é€😀", endPoint.Path);
        Assert.AreEqual("/run/é€😀", endPoint.ToString());
        Assert.IsFalse(endPoint.IsAbstract);
        Assert.IsFalse(endPoint.IsUnnamed);
        Assert.AreEqual(AddressFamily.Unix, endPoint.AddressFamily);
    }

    [TestMethod]
    public void Construct_BytesOutsideUtf8_BecomeSurrogatesAndComeBack()
    {
        byte[] bytes = [(byte)'/', 0xFF, (byte)'x', 0x80];
        UnixEndPoint endPoint = new(bytes);

        Assert.AreEqual("/\uDCFFx\uDC80", endPoint.Path);
        CollectionAssert.AreEqual(bytes, new UnixEndPoint(endPoint.Path).GetBytes());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(null)]
    public void Construct_Nothing_IsUnnamed(string? viaBytes)
    {
        UnixEndPoint endPoint = viaBytes == null ? new UnixEndPoint(Array.Empty<byte>()) : new UnixEndPoint(viaBytes);

        Assert.IsTrue(endPoint.IsUnnamed);
        Assert.IsFalse(endPoint.IsAbstract);
        Assert.AreEqual("", endPoint.Path);
        Assert.AreEqual("(unnamed)", endPoint.ToString());
        Assert.AreEqual("0100", Hex(endPoint.Serialize()));
    }

    [TestMethod]
    public void Construct_LongestPath_Fits()
    {
        UnixEndPoint endPoint = new(new string('p', 107));

        Assert.AreEqual(109, endPoint.Serialize().Size);
        Assert.AreEqual(endPoint, EndPoint.From(endPoint.Serialize()));
        Assert.AreEqual(107, UnixEndPoint.MaxPathLength);
        Assert.AreEqual(107, new UnixEndPoint(new string('é', 53) + "x").GetBytes().Length);
    }

    [TestMethod]
    public void Construct_PathTooLong_SaysBothLengths()
    {
        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(() => new UnixEndPoint(new string('p', 108)));
        StringAssert.Contains(error.Message, "AF_UNIX path too long: 108 characters, at most 107 bytes fit.");

        error = Assert.ThrowsExactly<ArgumentException>(() => new UnixEndPoint(new string('é', 54)));
        StringAssert.Contains(error.Message, "AF_UNIX path too long: 108 bytes, at most 107 bytes fit.");

        byte[] bytes = Encoding.ASCII.GetBytes(new string('p', 108));
        error = Assert.ThrowsExactly<ArgumentException>(() => new UnixEndPoint(bytes));
        StringAssert.Contains(error.Message, "AF_UNIX path too long: 108 bytes, at most 107 bytes fit.");
    }

    [TestMethod]
    public void Construct_PathWithNul_SaysWhere()
    {
        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(() => new UnixEndPoint("/tmp\0x"));
        StringAssert.Contains(error.Message, "AF_UNIX path holds a NUL at byte 4.");

        error = Assert.ThrowsExactly<ArgumentException>(() => new UnixEndPoint("/tmp\0"u8.ToArray()));
        StringAssert.Contains(error.Message, "AF_UNIX path holds a NUL at byte 4.");

        error = Assert.ThrowsExactly<ArgumentException>(() => new UnixEndPoint("\0name"));
        StringAssert.Contains(error.Message,
            "AF_UNIX path begins with NUL; an abstract name is made with UnixEndPoint.Abstract.");
    }

    [TestMethod]
    [DataRow(0xD800)]
    [DataRow(0xDBFF)]
    [DataRow(0xDC00)]
    [DataRow(0xDC7F)]
    [DataRow(0xDD00)]
    [DataRow(0xDFFF)]
    public void Construct_SurrogateThatStandsForNoByte_IsRefused(int code)
    {
        string text = "ab" + (char)code;
        string expected =
            $"Character 2 is the lone surrogate {code:X4}, which stands for no byte; only DC80 to DCFF do.";

        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(() => new UnixEndPoint(text));
        StringAssert.Contains(error.Message, expected);
        error = Assert.ThrowsExactly<ArgumentException>(() => UnixEndPoint.Abstract(text));
        StringAssert.Contains(error.Message, expected);
    }

    [TestMethod]
    public void Construct_Null_ThrowsArgumentNull()
    {
        Assert.ThrowsExactly<ArgumentNullException>(() => new UnixEndPoint((string?)null));
        Assert.ThrowsExactly<ArgumentNullException>(() => new UnixEndPoint((byte[]?)null));
        Assert.ThrowsExactly<ArgumentNullException>(() => UnixEndPoint.Abstract((string?)null));
        Assert.ThrowsExactly<ArgumentNullException>(() => UnixEndPoint.Abstract((byte[]?)null));
        Assert.ThrowsExactly<ArgumentNullException>(() => UnixEndPoint.FromSocketAddress(null));
        Assert.ThrowsExactly<ArgumentNullException>(() => new UnixEndPoint("").WriteTo(null));
    }

    [TestMethod]
    public void Abstract_AnyBytes_StandBehindANul()
    {
        UnixEndPoint endPoint = UnixEndPoint.Abstract([(byte)'a', 0, 0xFF, (byte)'\\', (byte)' ', 0x7F, (byte)'~']);

        Assert.IsTrue(endPoint.IsAbstract);
        Assert.IsFalse(endPoint.IsUnnamed);
        Assert.IsNull(endPoint.Path);
        Assert.AreEqual("0061" + "00ff5c207f7e", Convert.ToHexStringLower(endPoint.GetBytes()));
        Assert.AreEqual(@"@a\x00\xff\x5c \x7f~", endPoint.ToString());
        Assert.AreEqual(endPoint, new UnixEndPoint(endPoint.GetBytes()));
        Assert.AreEqual(endPoint, EndPoint.From(endPoint.Serialize()));
    }

    [TestMethod]
    public void Abstract_Text_IsUtf8()
    {
        Assert.AreEqual(UnixEndPoint.Abstract("né"u8.ToArray()), UnixEndPoint.Abstract("né"));
        Assert.AreEqual("@", UnixEndPoint.Abstract("").ToString());
        Assert.AreNotEqual(new UnixEndPoint(""), UnixEndPoint.Abstract(""));
    }

    [TestMethod]
    public void Abstract_LongestName_Fits()
    {
        UnixEndPoint endPoint = UnixEndPoint.Abstract(new byte[107]);

        Assert.AreEqual(SocketAddress.MaxSize, endPoint.Serialize().Size);
        Assert.AreEqual(endPoint, EndPoint.From(endPoint.Serialize()));
        Assert.AreEqual(endPoint, new UnixEndPoint(new byte[108]));
    }

    [TestMethod]
    public void Abstract_NameTooLong_SaysBothLengths()
    {
        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(() => UnixEndPoint.Abstract(new byte[108]));
        StringAssert.Contains(error.Message, "AF_UNIX abstract name too long: 108 bytes, at most 107 bytes fit.");

        error = Assert.ThrowsExactly<ArgumentException>(() => new UnixEndPoint(new byte[109]));
        StringAssert.Contains(error.Message, "AF_UNIX abstract name too long: 108 bytes, at most 107 bytes fit.");

        error = Assert.ThrowsExactly<ArgumentException>(() => UnixEndPoint.Abstract(new string('n', 108)));
        StringAssert.Contains(error.Message, "AF_UNIX abstract name too long: 108 characters, at most 107 bytes fit.");
    }

    [TestMethod]
    public void FromSocketAddress_PathWithEndMark_EndsThere()
    {
        SocketAddress address = new(AddressFamily.Unix, SocketAddress.MaxSize);
        address[2] = (byte)'/';
        address[3] = (byte)'x';

        Assert.AreEqual(new UnixEndPoint("/x"), UnixEndPoint.FromSocketAddress(address));
        Assert.AreEqual("/x", address.ToString());
    }

    [TestMethod]
    public void FromSocketAddress_PathWithoutRoomForItsEndMark_IsRefusedButHasText()
    {
        SocketAddress address = new(AddressFamily.Unix, SocketAddress.MaxSize);
        Array.Fill(address.Buffer, (byte)'p', 2, 108);

        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(() => EndPoint.From(address));
        StringAssert.Contains(error.Message, "AF_UNIX path too long: 108 bytes, at most 107 bytes fit.");
        Assert.AreEqual(new string('p', 108), address.ToString());
    }

    [TestMethod]
    public void FromSocketAddress_OtherFamily_SaysBothFamilies()
    {
        SocketAddress address = new IPEndPoint(IPAddress.Any, 0).Serialize();

        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(() => new UnixEndPoint("").Create(address));
        StringAssert.Contains(error.Message, "Expected a socket address of family Unix (1), not 2.");
    }

    [TestMethod]
    public void Equals_Bytes_AllCount()
    {
        UnixEndPoint a = new("/x");

        Assert.AreEqual(a, new UnixEndPoint("/x"u8.ToArray()));
        Assert.AreEqual(a.GetHashCode(), new UnixEndPoint("/x"u8.ToArray()).GetHashCode());
        Assert.AreNotEqual(a, new UnixEndPoint("/y"));
        Assert.AreNotEqual(a, new UnixEndPoint("/xx"));
        Assert.IsFalse(a.Equals(null));
        Assert.IsFalse(a.Equals("/x"));
    }

    [TestMethod]
    public void GetBytes_Changed_LeavesTheEndPointAlone()
    {
        byte[] given = "/x"u8.ToArray();
        UnixEndPoint endPoint = new(given);
        given[0] = 0;
        endPoint.GetBytes()[0] = 0;

        Assert.AreEqual("/x", endPoint.Path);
    }

    private static string Hex(SocketAddress address) => Convert.ToHexStringLower(address.Buffer, 0, address.Size);
}
