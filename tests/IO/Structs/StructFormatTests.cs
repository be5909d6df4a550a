namespace IoTNet.Tests.IO.Structs;

[TestClass]
public class StructFormatTests
{
    [TestMethod]
    [DataRow("@bhil", 12)]
    [DataRow("ci", 8)]
    [DataRow("cq", 16)]
    [DataRow("cd", 16)]
    [DataRow("xxxP", 8)]
    [DataRow("nNlLP", 20)]
    [DataRow("ic0q", 8)]
    public void Size_OfABoardsNativeFormat_FollowsThirtyTwoBits(string format, int size)
    {
        Assert.AreEqual(size, new StructFormat(format, 4, 4).Size);
    }

    [TestMethod]
    public void Pack_OfABoardsNativeIntegers_ChecksThirtyTwoBits()
    {
        var format = new StructFormat("lLP", 4, 4);
        CollectionAssert.AreEqual(
            new object[] { -1, uint.MaxValue, 0x80000000u }, format.Unpack(format.Pack(-1, uint.MaxValue, int.MinValue)));
        Assert.ThrowsExactly<StructException>(() => format.Pack(1L << 31, 0, 0));
        Assert.ThrowsExactly<StructException>(() => format.Pack(0, 0, 1L << 32));
        Assert.ThrowsExactly<StructException>(() => format.Pack(0, 0, int.MinValue - 1L));
    }

    [TestMethod]
    public void Unpack_OfASocketOption_GivesItsFields()
    {
        var format = new StructFormat("ii");
        using var socket = new Socket(
            new NetworkStack(new NullStack(), new UnixStack()), AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Linger, format.Pack(1, 7));
        var values = format.Unpack(socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Linger, 8));
        CollectionAssert.AreEqual(new object[] { 1, 7 }, values);
    }

    [TestMethod]
    public void SetAndGet_OfEachField_AgreeWithPackAndUnpack()
    {
        var format = new StructFormat("<b2HQ?c3sfde");
        object[] values = [(sbyte)-3, (ushort)7, ushort.MaxValue, ulong.MaxValue, true, new byte[] { 9 }, new byte[3], 1.5f, -2.25, 0.5f];
        byte[] expected = format.Pack(values);
        var buffer = new byte[format.Size];
        long[] integers = [-3, 7, 65535, -1, 1, 9];
        for (int i = 0; i < integers.Length; i++)
        {
            format.SetInt64(buffer, 0, i, integers[i]);
            Assert.AreEqual(integers[i], format.GetInt64(expected, 0, i));
        }

        double[] floats = [1.5, -2.25, 0.5];
        for (int i = 0; i < floats.Length; i++)
        {
            format.SetDouble(buffer, 0, i + 7, floats[i]);
            Assert.AreEqual(floats[i], format.GetDouble(expected, 0, i + 7));
        }

        CollectionAssert.AreEqual(expected, buffer);
    }

    [TestMethod]
    public void GetInt64_OfWhatIsNone_Throws()
    {
        var format = new StructFormat("<2s2Id");
        var buffer = new byte[format.Size];
        Assert.ThrowsExactly<StructException>(() => format.GetInt64(buffer, 0, -1));
        Assert.ThrowsExactly<StructException>(() => format.GetInt64(buffer, 0, 0));
        Assert.ThrowsExactly<StructException>(() => format.GetInt64(buffer, 0, 3));
        Assert.ThrowsExactly<StructException>(() => format.GetInt64(buffer, 0, 4));
        Assert.ThrowsExactly<StructException>(() => format.GetInt64(buffer, 1, 1));
        Assert.ThrowsExactly<StructException>(() => format.GetDouble(buffer, 0, 1));
        Assert.ThrowsExactly<StructException>(() => format.SetInt64(buffer, 0, 1, 1L << 32));
    }

    [TestMethod]
    public void SetInt64AndGetInt64_OfAField_DoNotAllocate()
    {
        var format = new StructFormat("<2HQ");
        var buffer = new byte[format.Size];
        format.SetInt64(buffer, 0, 2, format.GetInt64(buffer, 0, 1));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            format.SetInt64(buffer, 0, 2, format.GetInt64(buffer, 0, 1));
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void IterUnpack_OfThreeStructures_GivesThreeAndThenNull()
    {
        var structures = new StructFormat("!H").IterUnpack([0, 1, 0, 2, 1, 0]);
        Assert.AreEqual(3, structures.Remaining);
        foreach (int expected in new[] { 1, 2, 256 })
        {
            Assert.AreEqual((ushort)expected, structures.Next()[0]);
        }

        Assert.IsNull(structures.Next());
        Assert.AreEqual(0, structures.Remaining);
    }

    [TestMethod]
    public void Calls_WithoutAnArgument_ThrowArgumentNull()
    {
        Assert.ThrowsExactly<ArgumentNullException>(() => new StructFormat(null!));
        var format = new StructFormat("i");
        Assert.ThrowsExactly<ArgumentNullException>(() => format.Pack(null!));
        Assert.ThrowsExactly<ArgumentNullException>(() => format.PackInto(null!, 0, 1));
        Assert.ThrowsExactly<ArgumentNullException>(() => format.Unpack(null!));
        Assert.ThrowsExactly<ArgumentNullException>(() => format.UnpackFrom(null!));
        Assert.ThrowsExactly<ArgumentNullException>(() => format.IterUnpack(null!));
    }

    [TestMethod]
    public void Unpack_OfZeroP_GivesAnEmptyArray()
    {
        CollectionAssert.AreEqual(Array.Empty<byte>(), (byte[])new StructFormat("0p").Unpack([])[0]);
    }
}
