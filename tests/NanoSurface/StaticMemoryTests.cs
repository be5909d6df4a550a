using Microsoft.VisualStudio.TestTools.UnitTesting;
using NanoSurface.Footprint;

namespace NanoSurface.Tests;

/// <summary>RAM by the rules of nanoFramework's interpreter, computed by hand.</summary>
[TestClass]
public class StaticMemoryTests
{
    [TestMethod]
    public void Blocks_OfAnything_AreWhole()
    {
        Assert.AreEqual(12, HeapBlocks.Object(0));
        Assert.AreEqual(48, HeapBlocks.Object(3));
        Assert.AreEqual(24, HeapBlocks.Array(1, 0), "20 bytes of header");
        Assert.AreEqual(24, HeapBlocks.Array(1, 4));
        Assert.AreEqual(36, HeapBlocks.Array(1, 5));
        Assert.AreEqual(24, HeapBlocks.String(11), "a block, the text and its NUL");
        Assert.AreEqual(36, HeapBlocks.String(12));
        Assert.AreEqual(36, HeapBlocks.Delegate(1));
        Assert.AreEqual(48 + (2 * 36), HeapBlocks.Delegate(2), "a list of two and each of them");
        Assert.AreEqual(2, HeapBlocks.ElementBytes("System.Char"));
        Assert.AreEqual(12, HeapBlocks.ElementBytes("System.String"));
    }

    [TestMethod]
    public void Measure_OfStatics_CountsFieldsArraysAndObjects()
    {
        var memory = Measure("""
            public static class C
            {
                private static readonly byte[] s_buffer = new byte[100];
                private static readonly object s_lock = new object();
                private static int s_count;
                private const int Limit = 7;
                public static int Next() { lock (s_lock) { return s_count += s_buffer.Length; } }
            }
            """);

        Assert.AreEqual(3 * 12, memory.StaticFields);
        Assert.AreEqual(120, memory.Arrays);
        Assert.AreEqual(12, memory.Objects);
    }

    [TestMethod]
    public void Measure_OfTables_FollowsTheInterpretersRecords()
    {
        var memory = Measure("public static class C { private static readonly byte[] s_buffer = new byte[100]; }");

        // The assembly's own 136 bytes; references 4 each: mscorlib, Object, Byte; C itself 8; one field and one method, each
        // 2 rounded to 4. With the field's block 176 bytes, thus 15 blocks.
        Assert.AreEqual(12, memory.StaticFields);
        Assert.AreEqual((15 * 12) - 12, memory.Tables);
    }

    [TestMethod]
    public void Measure_OfAnEnumsArray_TakesTheNumbersSize()
    {
        var memory = Measure("""
            public enum Kind : byte { One }
            public static class C { private static readonly Kind[] s_kinds = new Kind[40]; }
            """);

        Assert.AreEqual(HeapBlocks.Array(1, 40), memory.Arrays);
    }

    [TestMethod]
    public void Objects_OfDerivedClasses_CountInheritedFields()
    {
        using var repository = new TemporaryRepository();
        var report = repository.CheckSource("""
            public class A { private int _a; private static int s_x; public int M() { return _a++ + s_x++; } }
            public class B : A { private long _b; private string _c; public long N() { return _b++ + (_c = "").Length; } }
            public class E : System.Exception { private int _d; public int M() { return _d++; } }
            public struct P { public int X; public int Y; }
            public static class S { }
            """);

        Assert.IsNotNull(report.Footprint, string.Join("; ", report.Findings));
        var objects = report.Footprint.Objects.ToDictionary(o => o.Type);
        Assert.AreEqual(24, objects["A"].Bytes);
        Assert.AreEqual(48, objects["B"].Bytes);
        Assert.IsNull(objects["B"].ForeignBase);
        Assert.AreEqual(24, objects["E"].Bytes);
        Assert.AreEqual("System.Exception", objects["E"].ForeignBase);
        Assert.AreEqual(36, objects["P"].Bytes);
        Assert.IsFalse(objects.ContainsKey("S"));
    }

    private static StaticMemory Measure(string code)
    {
        using var repository = new TemporaryRepository();
        var report = repository.CheckSource(code);
        Assert.IsNotNull(report.Footprint, string.Join("; ", report.Findings));
        return report.Footprint.Static;
    }
}
