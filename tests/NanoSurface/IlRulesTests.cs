using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;
using Mono.Cecil.Cil;
using NanoSurface.Rules;

namespace NanoSurface.Tests;

/// <summary>The net below the rules on source. The code is compiled for .NET, as much of it would not compile at all for
/// the device.</summary>
[TestClass]
public class IlRulesTests
{
    private static readonly HashSet<string> None = [];

    [TestMethod]
    [DataRow("NANO001", "object M() { return new { X = 1 }; }")]
    [DataRow("NANO001", "void M() { System.Array.Sort(new int[2]); }")]
    [DataRow("NANO001", "System.Func<int> _f;")]
    [DataRow("NANO001", "class Box<T> { }")]
    [DataRow("NANO002", "int[,] _a;")]
    [DataRow("NANO002", "object M(int n) { return new int[n, n]; }")]
    [DataRow("NANO003", "unsafe int M(int i) { int* p = stackalloc int[4]; return p[i]; }")]
    [DataRow("NANO004", "public interface I { int X() { return 1; } }")]
    [DataRow("NANO005", "unsafe int M(byte[] b) { fixed (byte* p = b) { return *p; } }")]
    [DataRow("NANO005", "unsafe void M(int* p) { }")]
    [DataRow("NANO006", "int M(int a, int b) { return checked(a + b); }")]
    [DataRow("NANO009", "~C() { }")]
    [DataRow("NANO021", "string M() { return \"a\\0b\"; }")]
    public void Check_OfIlThatBreaksARule_NamesTheRule(string id, string members)
    {
        var findings = Check(members, None);

        CollectionAssert.Contains(findings.Select(f => f.Id).ToArray(), id, string.Join("; ", findings));
    }

    [TestMethod]
    public void Check_OfIlWithSymbols_NamesTheLine()
    {
        var finding = Check("object M()\n{\n    return new { X = 1 };\n}", None).First(f => f.Path == "C.cs");

        Assert.AreEqual((4, 5), (finding.Line, finding.Column));
    }

    [TestMethod]
    public void Check_OfARuleThatIsReportedAlready_IsSilent()
    {
        Assert.IsEmpty(Check("string M() { return \"a\\0b\"; }", ["NANO021"]));
    }

    [TestMethod]
    public void Check_OfPlainIl_FindsNothing()
    {
        Assert.IsEmpty(Check("int M(byte[] a) { int n = 0; foreach (byte b in a) { n += b; } return n; }", None));
    }

    private static Finding[] Check(string members, HashSet<string> reported)
    {
        var compilation = CSharpCompilation.Create(
            "C",
            [CSharpSyntaxTree.ParseText(
                $"public sealed class C {{\n{members}\n}}", path: "C.cs", encoding: System.Text.Encoding.UTF8)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true));
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        var result = compilation.Emit(
            image, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        Assert.IsTrue(result.Success, string.Join("; ", result.Diagnostics));
        image.Position = symbols.Position = 0;
        using var module = ModuleDefinition.ReadModule(image, new ReaderParameters
        {
            SymbolStream = symbols,
            SymbolReaderProvider = new PortablePdbReaderProvider(),
            ReadSymbols = true,
        });
        return IlRules.Check(module, "C.nfproj", reported).ToArray();
    }
}
