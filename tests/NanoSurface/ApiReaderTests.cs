using Microsoft.VisualStudio.TestTools.UnitTesting;
using NanoSurface.Api;

namespace NanoSurface.Tests;

[TestClass]
public class ApiReaderTests
{
    [TestMethod]
    [DataRow("record System.Foo")]
    [DataRow("class System.Foo partial")]
    [DataRow("class System.Foo\n  operator public static System.Int32 Add()")]
    [DataRow("class System.Foo\n  method private System.Int32 Add()")]
    [DataRow("class System.Foo\n  method public System.Int32 Add(System.Int32)")]
    [DataRow("class System.Foo\n  method public System.Int32 Add() [strange]")]
    [DataRow("class System.Foo\n  field public System.Int32")]
    [DataRow("class System.Foo\n  property System.Int32 Count init")]
    public void Read_OfALineItDoesNotKnow_NamesFileAndLine(string facts)
    {
        var e = Assert.ThrowsExactly<FormatException>(() => ApiReader.Read("assembly Foo 1.0.0.0\n" + facts, "Foo.api.txt"));

        Assert.StartsWith($"Foo.api.txt({1 + facts.Split('\n').Length}): ", e.Message);
    }

    [TestMethod]
    public void Read_WithoutAnAssemblyLine_SaysWhatIsMissing()
    {
        var e = Assert.ThrowsExactly<FormatException>(() => ApiReader.Read("class System.Foo\n", "Foo.api.txt"));

        Assert.AreEqual("Foo.api.txt: expected a line 'assembly NAME VERSION'", e.Message);
    }

    [TestMethod]
    public void Read_OfParameters_KnowsEveryPartOfThem()
    {
        var assembly = ApiReader.Read(
            """
            assembly Foo 1.0.0.0

            class Foo.Bar : System.Object
              method public System.Void Go(out System.Int32& a, System.String b = ", ", params System.Byte[] c)
              method public System.Void Check(System.Int32 d, System.String e = "" [expression d], System.String f = null [expression d])
            """,
            "Foo.api.txt");

        ApiParameter[] expected =
        [
            new("System.Int32&", "a", true, false, null),
            new("System.String", "b", false, false, "\", \""),
            new("System.Byte[]", "c", false, true, null),
            new("System.Int32", "d", false, false, null),
            new("System.String", "e", false, false, "\"\"", "d"),
            new("System.String", "f", false, false, "null", "d"),
        ];
        CollectionAssert.AreEqual(expected, assembly.Types.Single().Members.SelectMany(m => m.Parameters).ToArray());
    }

    [TestMethod]
    [DataRow("mscorlib", "nanoFramework.CoreLibrary", "1.17.11")]
    [DataRow("System.Net", "nanoFramework.System.Net", "1.11.60")]
    [DataRow("nanoFramework.Runtime.Native", "nanoFramework.Runtime.Native", "1.7.11")]
    [DataRow("nanoFramework.UnitTestLauncher", "nanoFramework.TestFramework", "3.0.80")]
    public void PackageOf_AnAssembly_IsThePackageThatBringsIt(string assembly, string id, string version)
    {
        var found = AssemblyPackage.Of(assembly, ApiSet.BuiltIn)!;

        Assert.AreEqual((id, version), (found.Id, found.Version));
    }

    [TestMethod]
    public void PackageOf_AnUnknownAssembly_IsNone()
    {
        Assert.IsNull(AssemblyPackage.Of("System.Linq", ApiSet.BuiltIn));
    }

    [TestMethod]
    public void WithNeeded_OfAnAssembly_HoldsAllThatItNeedsInTurn()
    {
        CollectionAssert.AreEquivalent(
            new[]
            {
                "System.Net", "System.IO.Streams", "System.Threading", "mscorlib", "nanoFramework.Runtime.Events",
                "nanoFramework.System.Text",
            },
            ApiSet.BuiltIn.WithNeeded(["System.Net"]).ToArray());
    }
}
