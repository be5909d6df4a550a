using Microsoft.VisualStudio.TestTools.UnitTesting;
using NanoSurface.Api;
using NuGet.Packaging;
using NuGet.Packaging.Core;

namespace IoTNet.Structure.Tests;

/// <summary>NuGet itself reads every .nuspec. What the device's toolchain builds is not here: a line of text stands for each of
/// its files, which says where the file comes to lie and nothing of what is in it.</summary>
[TestClass]
public class PackageTests
{
    private static readonly string[] s_nuspecs = House.Repository.Projects(".nuspec").ToArray();

    public static IEnumerable<object[]> Nuspecs => s_nuspecs.Select(p => new object[] { House.Relative(p) });

    [TestMethod]
    [DynamicData(nameof(Nuspecs))]
    public void Nuspec_OfAPackage_IsPackedByNuGet(string path)
    {
        var nuspec = Path.Combine(House.Repository.Root, path);
        var name = Path.GetFileNameWithoutExtension(nuspec);
        var folder = Directory.CreateTempSubdirectory("iotnet-nuspec-");
        try
        {
            using var package = Pack(nuspec, folder.FullName);

            var files = package.GetFiles().ToArray();
            foreach (var extension in new[] { "dll", "pdb", "pdbx", "pe", "xml" })
            {
                Assert.Contains($"lib/{name}.{extension}", files);
            }
            Assert.Contains("docs/README.md", files);
            Assert.AreEqual("docs/README.md", package.NuspecReader.GetReadme()?.Replace('\\', '/'));
            Assert.AreEqual("MIT", package.NuspecReader.GetLicenseMetadata()?.License);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Nuspecs))]
    public void Dependencies_OfAPackage_AreThereInTheVersionThatItNames(string path)
    {
        var known = ApiSet.BuiltIn.Assemblies.Select(a => AssemblyPackage.Of(a.Name, ApiSet.BuiltIn)!)
            .Select(p => new PackageIdentity(p.Id, new(p.Version)))
            .Concat(s_nuspecs.Select(p => new NuspecReader(p).GetIdentity())).ToHashSet();

        var unknown = new NuspecReader(Path.Combine(House.Repository.Root, path)).GetDependencyGroups()
            .SelectMany(g => g.Packages).Select(d => new PackageIdentity(d.Id, d.VersionRange.MinVersion))
            .Where(d => !known.Contains(d));

        Assert.AreEqual("", string.Join("\n", unknown));
    }

    private static PackageArchiveReader Pack(string nuspec, string folder)
    {
        Manifest manifest;
        using (var text = File.OpenRead(nuspec))
        {
            manifest = Manifest.ReadFrom(text, validateSchema: true);
        }
        foreach (var file in manifest.Files)
        {
            var source = file.Source!.Replace('\\', '/');
            // What is here is taken as it is, and must be here.
            var isBuilt = source.StartsWith("bin/", StringComparison.Ordinal);
            var copy = Path.Combine(folder, Path.GetFileName(source));
            File.WriteAllText(copy, isBuilt ? source : File.ReadAllText(Path.Combine(Path.GetDirectoryName(nuspec)!, source)));
            file.Source = copy;
        }
        var builder = new PackageBuilder();
        builder.Populate(manifest.Metadata!);
        builder.PopulateFiles(folder, manifest.Files);
        var package = new MemoryStream();
        builder.Save(package);
        return new PackageArchiveReader(package);
    }
}
