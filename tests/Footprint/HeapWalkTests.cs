using System.Collections;
using IoTNet.Cli;

namespace IoTNet.Footprint.Tests;

/// <summary>Sizes computed by hand from the interpreter's rules: blocks of 12 bytes.</summary>
[TestClass]
public class HeapWalkTests
{
    [TestMethod]
    public void Of_AnObject_IsABlockAndOneForEachField()
    {
        Assert.AreEqual(24, Bytes(new Base()));
        Assert.AreEqual(36, Bytes(new Derived()), "inherited ones too");
        Assert.AreEqual(12, Bytes(new object()));
    }

    [TestMethod]
    public void Of_AGraph_CountsEachObjectOnce()
    {
        var shared = new Base();
        var one = new Node { Value = shared };
        one.Next = new Node { Value = shared, Next = one };

        Assert.AreEqual((2 * 36) + 24, Bytes(one));
        Assert.AreEqual((2 * 36) + 24, Bytes(one, one.Next, shared));
    }

    [TestMethod]
    public void Of_Arrays_CountsElementsByTheirSize()
    {
        Assert.AreEqual(24 + 12, Bytes(new byte[16]));
        Assert.AreEqual(36, Bytes(new int[4]));
        Assert.AreEqual(36, Bytes(new DayOfWeek[4]));
        Assert.AreEqual(48 + 24, Bytes([new object?[] { new Base(), null }]));
        Assert.AreEqual(48, Bytes(new DateTime[2]), "in the block itself");
        Assert.AreEqual(48 + (2 * 36), Bytes(new Point[2]), "a struct is an object of its own");
    }

    [TestMethod]
    public void Of_AStructInAField_IsAnObjectBesideTheBlock()
    {
        Assert.AreEqual(24 + 36, Bytes(new Holder()));
    }

    [TestMethod]
    public void Of_Buffers_CountsThemApart()
    {
        var use = HeapWalk.Of(new byte[HeapWalk.SmallestBuffer], new byte[HeapWalk.SmallestBuffer - 1]);

        Assert.AreEqual(276, use.Total.Bytes, "the smaller one");
        Assert.AreEqual(276, use.Total.BufferBytes);
        Assert.AreEqual(1, use.Shares["buffers"].Objects);
    }

    [TestMethod]
    public void Of_Strings_CountsTextsThatAreNoLiterals()
    {
        Assert.AreEqual(12, Bytes("literal"));
        Assert.AreEqual(24, Bytes(new string('é', 5)), "12 and eleven bytes of UTF-8");
    }

    [TestMethod]
    public void Of_AHashtable_CountsChainsAndEntries()
    {
        var table = new Hashtable();

        // Six fields; an entry has three.
        Assert.AreEqual(84 + 72, Bytes(table), "four chains");
        for (var i = 0; i < 8; i++)
        {
            table["literal" + i] = i == 0 ? new Base() : null;
        }
        Assert.AreEqual(84 + 120 + (8 * (48 + 24)) + 24, Bytes(table), "eight chains from eight entries on");
    }

    [TestMethod]
    public void Of_Delegates_CountsTargetsAndLists()
    {
        var target = new Derived();
        Action one = target.Act;

        Assert.AreEqual(36 + 36, Bytes(one));
        Assert.AreEqual(48 + (2 * 36) + 36, Bytes(one + target.Act));
        Assert.AreEqual(36, Bytes((Action)Static));
    }

    [TestMethod]
    public void Of_NetClasses_CountsWhatTheDeviceHas()
    {
        Assert.AreEqual(12, Bytes(new AutoResetEvent(false)));
        Assert.AreEqual(48 + 72 + 24, Bytes(new ArrayList(4) { new Base() }), "three fields, an array of four, the element");
        Assert.AreEqual(132, Bytes(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 7)));
    }

    [TestMethod]
    public void Of_AnUnknownNetClass_Fails()
    {
        var e = Assert.ThrowsExactly<InvalidOperationException>(() => HeapWalk.Of(new Node { Value = new Version(1, 2) }));

        Assert.Contains("what System.Version takes on a device is not known", e.Message);
    }

    [TestMethod]
    public void Beyond_AnEarlierWalk_IsTheDifferenceByClass()
    {
        var nodes = new Node { Value = new Base() };
        var before = HeapWalk.Of(nodes);
        nodes.Next = new Node();

        var further = HeapWalk.Of(nodes).Beyond(before);

        Assert.AreEqual(new HeapShare(1, 36, 0), further.Total);
        CollectionAssert.AreEqual(new[] { typeof(Node).FullName }, further.Shares.Keys.ToArray());
    }

    private static int Bytes(params object[] roots) => HeapWalk.Of(roots).Total.Bytes;

    private static void Static()
    {
    }

    private class Base
    {
        public int One = 1;
    }

    private sealed class Derived : Base
    {
        public long Two = 2;

        public void Act() => Two++;
    }

    private sealed class Node
    {
        public object? Value;
        public Node? Next;
    }

    private sealed class Holder
    {
        public Point At = new() { X = 1, Y = 2 };
    }

    private struct Point
    {
        public int X;
        public int Y;
    }
}
