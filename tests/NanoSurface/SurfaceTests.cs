using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NanoSurface.Tests;

/// <summary>What the device's API lacks does not compile.</summary>
[TestClass]
public class SurfaceTests
{
    [TestMethod]
    [DataRow("List<int>", "new System.Collections.Generic.List<int>().Add(1);", "CS0234")]
    [DataRow("Span<byte>", "System.Span<byte> span = new byte[4];", "CS0234")]
    [DataRow("string.Join", "string s = string.Join(\",\", new string[2]);", "CS0117")]
    [DataRow("Task", "System.Threading.Tasks.Task.Delay(1);", "CS0234")]
    [DataRow("nullable value type", "int? x = null;", "CS0518")]
    [DataRow("tuple", "var t = (1, 2);", "CS8179")]
    [DataRow("range", "var r = new byte[4][1..2];", "CS0518")]
    [DataRow("index from the end", "var r = new byte[4][^1];", "CS0518")]
    [DataRow("dynamic", "dynamic d = 1; d.Go();", "CS0656")]
    [DataRow("LINQ", "var q = from x in new int[2] select x;", "CS1935")]
    [DataRow("string.Replace", "string s = \"a\".Replace(\"a\", \"b\");", "CS1061")]
    [DataRow("Array.Empty", "var a = System.Array.Empty<int>();", "CS0117")]
    [DataRow("Array.Sort", "System.Array.Sort(new int[2]);", "CS0117")]
    [DataRow("Math", "int a = System.Math.Abs(1);", "CS0234")]
    [DataRow("Environment.TickCount", "int a = System.Environment.TickCount;", "CS0234")]
    [DataRow("WaitOne(int)", "new System.Threading.AutoResetEvent(false).WaitOne(5);", "CS7036")]
    [DataRow("Monitor.Wait", "System.Threading.Monitor.Wait(new object());", "CS0117")]
    [DataRow("IsBackground", "System.Threading.Thread.CurrentThread.IsBackground = true;", "CS1061")]
    [DataRow("Console.WriteLine(int)", "System.Console.WriteLine(5);", "CS1503")]
    [DataRow("ASCII", "var e = System.Text.Encoding.ASCII;", "CS0117")]
    [DataRow("C# 10", "var f = () => 1;", "CS8773")]
    public void Check_OfAStatementBeyondTheSurface_IsACompilerError(string what, string statement, string id)
    {
        using var repository = new TemporaryRepository();

        var report = repository.CheckSource($$"""
            class C
            {
                static void M()
                {
                    {{statement}}
                }
            }
            """);

        Assert.IsNull(report.Size, what);
        var finding = report.Findings.FirstOrDefault(f => f.Id == id && f.Line == 5);
        Assert.IsNotNull(finding, $"{what}: {string.Join("; ", report.Findings)}");
        Assert.EndsWith("Snippet.cs", finding.Path);
    }

    [TestMethod]
    [DataRow("record", "record R(int X);")]
    [DataRow("anonymous type", "class C { object M() { return new { X = 1 }; } }")]
    [DataRow("async Task", "class C { async System.Threading.Tasks.Task M() { } }")]
    [DataRow("async void", "class C { async void M() { } }")]
    [DataRow("iterator", "class C { System.Collections.IEnumerable M() { yield return 1; } }")]
    [DataRow("volatile", "class C { volatile int _x; int M() { return _x; } }")]
    [DataRow("ThreadStatic", "class C { [System.ThreadStatic] static int s_x; }")]
    [DataRow("file-scoped namespace", "namespace N;")]
    public void Check_OfADeclarationBeyondTheSurface_IsACompilerError(string what, string declaration)
    {
        using var repository = new TemporaryRepository();

        var report = repository.CheckSource(declaration);

        Assert.IsNull(report.Size, what);
        Assert.IsTrue(report.Findings.Any(f => f.Id.StartsWith("CS", StringComparison.Ordinal)), what);
    }

    [TestMethod]
    public void Check_OfATypeOfAnAssemblyThatIsNotReferenced_IsACompilerError()
    {
        using var repository = new TemporaryRepository();

        var report = repository.CheckSource("class C { System.Net.IPAddress A; }");

        CollectionAssert.AreEqual(new[] { "CS0234" }, report.Findings.Select(f => f.Id).ToArray());
    }

    [TestMethod]
    public void Check_WithTheSymbolOfTheDevice_CompilesItsPart()
    {
        using var repository = new TemporaryRepository();

        var report = repository.CheckSource("""
            #if !NANOFRAMEWORK_1_0
            #error desktop
            #endif
            """);

        Assert.IsEmpty(report.Findings);
    }
}
