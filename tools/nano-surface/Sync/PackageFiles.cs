using System.Xml;
using System.Xml.Linq;
using NanoSurface.Api;
using NanoSurface.Projects;

namespace NanoSurface.Sync;

/// <summary>Writes what NuGet reads: packages.config, which says what to fetch, and .nuspec, which says what to pack.</summary>
internal static class PackageFiles
{
    private const string NuspecNamespace = "http://schemas.microsoft.com/packaging/2012/06/nuspec.xsd";
    private const string Tags = "nanoframework iot sockets esp32 stm32";

    /// <param name="assemblies">Those that the projects of the folder reference.</param>
    public static string WriteConfig(IEnumerable<string> assemblies, ApiSet apis) => Text(new XElement(
        "packages",
        Packages(assemblies, apis).Select(p => new XElement(
            "package", new XAttribute("id", p.Id), new XAttribute("version", p.Version),
            new XAttribute("targetFramework", "netnano1.0")))));

    /// <summary>Whether the project is a package of its own: a library of <c>src</c> or a board's, not an app's part, and not
    /// another build of the same assembly, which would hide the first one in a program.</summary>
    public static bool IsPackage(NanoProject project, Repository repository) =>
        !project.IsImage && project.Name == project.AssemblyName
        && repository.Relative(project.Path).Split('/') is ["src", ..] or ["boards", not "apps", ..];

    /// <param name="references">The packages of this repository that it needs.</param>
    /// <param name="readme">In full.</param>
    public static string WriteNuspec(
        NanoProject project, IEnumerable<string> references, string readme, Product product, ApiSet apis)
    {
        var dependencies = Packages(project.References.Select(r => r.Name), apis).Select(p => (p.Id, p.Version))
            .Concat(references.Order(StringComparer.OrdinalIgnoreCase).Select(r => (Id: r, product.Version)));
        var output = ProjectFile.OutputFolder(project).Replace("$(Configuration)", "Release") + project.AssemblyName;
        var files = new[] { "dll", "pdb", "pdbx", "pe", "xml" }
            .Select(e => File(output + "." + e, $"lib\\{project.AssemblyName}.{e}"))
            .Append(File(Path.GetRelativePath(project.Folder, readme).Replace('/', '\\'), @"docs\README.md"));
        return Text(Named(
            "package",
            Named(
                "metadata",
                Named("id", project.AssemblyName),
                Named("version", product.Version),
                Named("title", project.AssemblyName),
                Named("authors", product.Authors),
                Named("requireLicenseAcceptance", "false"),
                Named("license", new XAttribute("type", "expression"), product.License),
                Named("readme", @"docs\README.md"),
                Named("copyright", product.Copyright),
                Named("description", project.Description),
                Named("tags", Tags),
                Named("dependencies", dependencies.Select(d => Named(
                    "dependency", new XAttribute("id", d.Id), new XAttribute("version", d.Version))))),
            Named("files", files)));
    }

    private static IEnumerable<AssemblyPackage> Packages(IEnumerable<string> assemblies, ApiSet apis) =>
        assemblies.Select(a => AssemblyPackage.Of(a, apis)!).DistinctBy(p => p.Id)
            .OrderBy(p => p.Id, StringComparer.OrdinalIgnoreCase);

    private static XElement File(string source, string target) =>
        Named("file", new XAttribute("src", source), new XAttribute("target", target));

    private static XElement Named(string name, params object[] content) =>
        new(XName.Get(name, NuspecNamespace), content);

    private static string Text(XElement root)
    {
        using var text = new Utf8Writer();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n" }))
        {
            new XDocument(root).Save(writer);
        }
        return text + "\n";
    }

    /// <summary>A string is UTF-16, and the declaration would say so of a file that is not.</summary>
    private sealed class Utf8Writer : StringWriter
    {
        public override System.Text.Encoding Encoding => System.Text.Encoding.UTF8;
    }
}
