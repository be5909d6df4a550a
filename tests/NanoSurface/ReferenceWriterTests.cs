using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;
using NanoSurface.Api;
using NanoSurface.References;

namespace NanoSurface.Tests;

[TestClass]
public class ReferenceWriterTests
{
    public static IEnumerable<object[]> Assemblies => ApiSet.BuiltIn.Assemblies.Select(a => new object[] { a.Name });

    [TestMethod]
    [DynamicData(nameof(Assemblies))]
    public void Write_OfAnAssembly_HoldsExactlyTheFacts(string name)
    {
        var image = ReferenceWriter.Write(ApiSet.BuiltIn, ApiSet.BuiltIn.Find(name)!);

        var facts = FactsPrinter.Flatten(FactsText(name));
        var printed = FactsPrinter.Print(image);
        Assert.AreEqual("", string.Join("\n", facts.Except(printed)), "missing");
        Assert.AreEqual("", string.Join("\n", printed.Except(facts)), "extra");
        Assert.HasCount(facts.Count, printed);
    }

    [TestMethod]
    public void BuiltIn_HoldsTheAssembliesOfTheDevice()
    {
        string[] expected =
        [
            "System.Device.Gpio", "System.Device.Wifi", "System.IO.Streams", "System.Net", "System.Threading", "mscorlib",
            "nanoFramework.Hardware.Esp32", "nanoFramework.Hardware.Stm32", "nanoFramework.Runtime.Events",
            "nanoFramework.Runtime.Native", "nanoFramework.System.Collections", "nanoFramework.System.Text",
            "nanoFramework.TestFramework",
        ];

        CollectionAssert.AreEqual(expected, ApiSet.BuiltIn.Assemblies.Select(a => a.Name).ToArray());
    }

    [TestMethod]
    public void Print_OfAnAssemblyThatLacksAMember_DiffersByThatMember()
    {
        const string Lost = "  method public static System.Void Sleep(System.Int32 millisecondsTimeout)";
        var facts = FactsText("mscorlib");
        var lacking = ApiReader.Read(facts.Replace(Lost + "\n", ""), "mscorlib");

        var printed = FactsPrinter.Print(ReferenceWriter.Write(new ApiSet([lacking]), lacking));

        var difference = FactsPrinter.Flatten(facts).Except(printed).Single();
        Assert.AreEqual("System.Threading.Thread: " + Lost.Trim(), difference);
    }

    [TestMethod]
    public void Print_OfAnAssemblyWithAnExtraMember_DiffersByThatMember()
    {
        const string Known = "  method public System.Void Abort()\n";
        const string Extra = "  method public System.Void Interrupt()\n";
        var facts = FactsText("mscorlib");
        var more = ApiReader.Read(facts.Replace(Known, Known + Extra), "mscorlib");

        var printed = FactsPrinter.Print(ReferenceWriter.Write(new ApiSet([more]), more));

        var difference = printed.Except(FactsPrinter.Flatten(facts)).Single();
        Assert.AreEqual("System.Threading.Thread: " + Extra.Trim(), difference);
    }

    [TestMethod]
    public void Write_OfMscorlib_IsTheCoreLibrary()
    {
        using var module = Read("mscorlib");

        Assert.IsEmpty(module.AssemblyReferences);
        Assert.IsNull(module.GetType("System.Object").BaseType);
    }

    [TestMethod]
    [DynamicData(nameof(Assemblies))]
    public void Write_OfAnAssembly_ReferencesOthersByTheirVersion(string name)
    {
        using var module = Read(name);

        foreach (var reference in module.AssemblyReferences)
        {
            Assert.Contains(reference.Name, ApiSet.BuiltIn.Find(name)!.References);
            Assert.AreEqual(ApiSet.BuiltIn.Find(reference.Name)!.Version, reference.Version);
        }
    }

    [TestMethod]
    public void Write_Twice_GivesTheSameBytes()
    {
        var assembly = ApiSet.BuiltIn.Find("System.Net")!;

        CollectionAssert.AreEqual(
            ReferenceWriter.Write(ApiSet.BuiltIn, assembly), ReferenceWriter.Write(ApiSet.BuiltIn, assembly));
    }

    private static ModuleDefinition Read(string name) => ModuleDefinition.ReadModule(
        new MemoryStream(ReferenceWriter.Write(ApiSet.BuiltIn, ApiSet.BuiltIn.Find(name)!)));

    private static string FactsText(string name)
    {
        using var reader = new StreamReader(
            typeof(ApiSet).Assembly.GetManifestResourceStream(name + ".api.txt")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
