using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;
using NanoSurface.Api;
using NanoSurface.Footprint;
using NanoSurface.References;

namespace NanoSurface.Tests;

/// <summary>nanoFramework's own assemblies, whose .pe files have a known size: of their public surface alone, with empty
/// bodies, the model must give less, and a share of it that no other surface would.</summary>
[TestClass]
public class PeModelFactsTests
{
    /// <param name="surface">The share of the known size that names, records and signatures of the public surface make up, in
    /// percent. It is far below 100 where most is code and private (System.Text), and high where most is surface
    /// (mscorlib, whose code is the firmware's).</param>
    [TestMethod]
    [DataRow("mscorlib", 32_452, 75)]
    [DataRow("System.Net", 22_436, 46)]
    [DataRow("nanoFramework.TestFramework", 8_472, 37)]
    [DataRow("System.IO.Streams", 7_104, 43)]
    [DataRow("nanoFramework.System.Text", 5_412, 32)]
    [DataRow("nanoFramework.System.Collections", 4_240, 39)]
    [DataRow("System.Threading", 3_876, 31)]
    [DataRow("nanoFramework.Runtime.Events", 3_408, 56)]
    [DataRow("nanoFramework.Runtime.Native", 1_620, 81)]
    public void Measure_OfAPublicSurface_IsItsShareOfTheKnownSize(string assembly, int knownBytes, int surface)
    {
        var image = ReferenceWriter.Write(ApiSet.BuiltIn, ApiSet.BuiltIn.Find(assembly)!);
        using var module = ModuleDefinition.ReadModule(new MemoryStream([.. image]));

        var bytes = PeModel.Measure(module).Bytes;

        Assert.IsLessThan(knownBytes, bytes);
        Assert.AreEqual(surface, 100.0 * bytes / knownBytes, 1.5, $"{bytes} of {knownBytes} bytes");
    }
}
