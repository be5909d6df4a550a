using Microsoft.VisualStudio.TestTools.UnitTesting;
using NanoSurface.Footprint;

namespace NanoSurface.Tests;

/// <summary>Sizes computed by hand: nanoFramework's metadata processor gave the same for each of these sources.</summary>
[TestClass]
public class PeModelTests
{
    private const int Header = 124;
    private const int AssemblyRef = 12;
    private const int Reference = 8;
    private const int TypeDef = 24;
    private const int FieldDef = 8;
    private const int MethodDef = 16;

    // The empty string and the assembly's name, "Snippet".
    private const int OwnStrings = 1 + 8;

    [TestMethod]
    public void Measure_OfNothing_IsTheHeaderAndTheName()
    {
        var size = Measure("");

        Assert.AreEqual(Aligned(OwnStrings), size[PeParts.Strings].Bytes);
        Assert.AreEqual(Header + Aligned(OwnStrings), size.Bytes);
        Assert.IsEmpty(size.Types);
    }

    [TestMethod]
    public void Measure_OfAClass_CountsEachRecordOnce()
    {
        var size = Measure("public class Counter { private int _steps; public int Next() { return _steps += 1; } }");

        Assert.AreEqual(AssemblyRef, size[PeParts.AssemblyRefs].Bytes);
        Assert.AreEqual(1, size[PeParts.TypeRefs].Rows, "System.Object; what only the assembly's attributes need is left out");
        Assert.AreEqual(1, size[PeParts.MethodRefs].Rows, "object's constructor");
        Assert.AreEqual(1, size[PeParts.TypeDefs].Rows);
        Assert.AreEqual(1, size[PeParts.FieldDefs].Rows);
        Assert.AreEqual(2, size[PeParts.MethodDefs].Rows);
        // "Counter" and "_steps"; mscorlib, System, Object, Next and .ctor are the firmware's.
        Assert.AreEqual(Aligned(OwnStrings + 8 + 7), size[PeParts.Strings].Bytes);
        // 20 00 00 (the constructor), 06 07 (the field), 20 00 07 (Next); the local's 07 is in them.
        Assert.AreEqual(Aligned(3 + 2 + 3), size[PeParts.Signatures].Bytes);
        // ldarg.0, call, ret; ldarg.0 twice, ldfld, ldc.i4.1, add, dup, stloc.0, stfld, ldloc.0, ret; tokens of two bytes.
        Assert.AreEqual(Aligned(5 + 14), size[PeParts.Code].Bytes);
        Assert.AreEqual(Header + AssemblyRef + (2 * Reference) + TypeDef + FieldDef + (2 * MethodDef) + 24 + 8 + 20, size.Bytes);
        Assert.AreEqual(new PeType("Counter", 19, TypeDef + FieldDef + (2 * MethodDef), 8 + 7), size.Types.Single());
    }

    [TestMethod]
    public void Measure_OfASwitch_TakesTwoBytesATarget()
    {
        var size = Measure("""
            public static class Choice
            {
                public static int Of(int n)
                {
                    switch (n) { case 0: return 5; case 1: return 9; case 2: return 7; case 3: return 1; default: return 0; }
                }
            }
            """);

        // ldarg.0; switch with its number and four targets; br.s; five times a constant and ret, 9 in two bytes.
        Assert.AreEqual(Aligned(1 + (1 + 1 + 8) + 2 + 11), size[PeParts.Code].Bytes);
    }

    [TestMethod]
    public void Measure_OfHandlers_TakesTwelveBytesEachAndTheirNumber()
    {
        var size = Measure("""
            using System;
            public static class Guard
            {
                public static int Of(int n)
                {
                    try { return 1 / n; } catch (ArgumentException) { return 2; } finally { Guard.Of(0); }
                }
            }
            """);

        // Try, catch, finally and the return: 6 + 5 + 6 + 2.
        Assert.AreEqual(Aligned(19 + (2 * 12) + 1), size[PeParts.Code].Bytes);
        Assert.AreEqual(2, size[PeParts.TypeRefs].Rows, "System.Object and the caught type");
    }

    [TestMethod]
    public void Measure_OfAttributes_WritesThoseThatTheDeviceKeeps()
    {
        var size = Measure("""
            using System;
            public class MarkAttribute : Attribute { public MarkAttribute(int n) { } }
            [Mark(7)] [Obsolete("left out, with its text")] public class Marked { [Mark(7)] public void Go() { } }
            """);

        Assert.AreEqual(2, size[PeParts.Attributes].Rows);
        Assert.AreEqual(2 * 8, size[PeParts.Attributes].Bytes);
        Assert.AreEqual(2, size[PeParts.TypeRefs].Rows, "System.Object and System.Attribute");
        Assert.AreEqual(Aligned(OwnStrings + "MarkAttribute".Length + 1 + "Marked".Length + 1 + "Go".Length + 1), size[PeParts.Strings].Bytes);
        // 20 00 00, 20 01 00 07, and for the value 08, four bytes and the number of named ones in two.
        Assert.AreEqual(Aligned(3 + 4 + 7), size[PeParts.Signatures].Bytes);
    }

    [TestMethod]
    public void Measure_OfConstants_StoresNone()
    {
        var size = Measure("""
            public enum Kind : byte { One, Two, Three }
            public class Board { private const int Limit = 5; private Kind[][] _kinds = new Kind[3][]; }
            """);

        Assert.AreEqual(2, size[PeParts.FieldDefs].Rows, "value__ and _kinds");
        Assert.AreEqual(1, size[PeParts.TypeSpecs].Rows, "Kind[]");
        Assert.AreEqual(Aligned(OwnStrings + 5 + 6 + 7), size[PeParts.Strings].Bytes);
    }

    [TestMethod]
    public void Measure_OfExcludedTypes_KeepsThoseThatOthersMention()
    {
        var size = Measure("""
            using System.Runtime.CompilerServices;
            [ExcludeType] public enum Gone { A, B }
            [ExcludeType] public static class Constants { public const int Limit = 5; }
            [ExcludeType] public enum Mentioned { A, B }
            public class User { public int M(Mentioned m) { return (int)m + Constants.Limit + (int)Gone.B; } }
            """);

        Assert.AreEqual(2, size[PeParts.TypeDefs].Rows, "User, and Mentioned without its member");
        Assert.AreEqual(0, size[PeParts.FieldDefs].Rows);
        Assert.AreEqual(3, size[PeParts.Attributes].Rows, "also those of types that are left out");
        Assert.AreEqual(348, size.Bytes);
    }

    [TestMethod]
    public void Measure_OfOneTextTwice_StoresItOnceAsUtf8()
    {
        var size = Measure("""
            public static class Texts
            {
                public static string One() { return "Grüße"; }
                public static string Two() { return "Grüße"; }
                public static string Known() { return "ToString"; }
            }
            """);

        Assert.AreEqual(Aligned(OwnStrings + 6 + 4 + 4 + 6 + 8), size[PeParts.Strings].Bytes);
    }

    [TestMethod]
    public void Measure_OfMoreText_GrowsByThatText()
    {
        var shorter = Measure("public static class C { public static string M() { return \"abc\"; } }");
        var longer = Measure("public static class C { public static string M() { return \"" + new string('x', 803) + "\"; } }");

        Assert.AreEqual(800, longer.Bytes - shorter.Bytes);
        Assert.AreEqual(longer.Bytes, longer.CodeBytes + longer.StringBytes + longer.MetadataBytes);
    }

    // The compiler passes the text of what is asserted as the message.
    [TestMethod]
    public void Measure_OfAnAssertion_StoresItsExpression()
    {
        var size = Measure(
            """
            using nanoFramework.TestFramework;
            public static class Checks { public static void Of(int count) { Assert.IsTrue(count > 41); Assert.AreEqual(3, count * 7); } }
            """,
            ["mscorlib", "nanoFramework.TestFramework"]);

        // Assert is the firmware's, as a method of Debug.
        string[] stored = ["nanoFramework.TestFramework", "IsTrue", "AreEqual", "Checks", "Of", "count > 41", "count * 7"];
        Assert.AreEqual(Aligned(OwnStrings + stored.Sum(s => s.Length + 1)), size[PeParts.Strings].Bytes);
    }

    private static PeSize Measure(string code, string[]? references = null)
    {
        using var repository = new TemporaryRepository();
        var report = repository.CheckSource(code, references);
        Assert.IsNotNull(report.Footprint, string.Join("; ", report.Findings));
        return report.Footprint.Pe;
    }

    private static int Aligned(int bytes) => (bytes + 3) / 4 * 4;
}
