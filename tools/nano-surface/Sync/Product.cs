using System.Xml;
using System.Xml.Linq;

namespace NanoSurface.Sync;

/// <summary>What all assemblies and packages say of themselves, read where the desktop projects have it from.</summary>
/// <param name="License">An SPDX expression.</param>
public sealed record Product(
    string Version, string Authors, string Company, string Name, string Copyright, string License)
{
    private const string File = "Directory.Build.props";

    /// <exception cref="InvalidOperationException">The file is missing, or does not give each of them once.</exception>
    public static Product Read(string repositoryRoot)
    {
        XElement root;
        try
        {
            root = XDocument.Load(Path.Combine(repositoryRoot, File)).Root!;
        }
        catch (Exception e) when (e is IOException or XmlException)
        {
            throw new InvalidOperationException($"{File}: {e.Message}", e);
        }
        string Value(string name) => root.Descendants(name).ToArray() is [var only] && only.Value.Trim().Length > 0
            ? only.Value.Trim()
            : throw new InvalidOperationException($"{File}: expected one <{name}> with a text");
        return new Product(
            Value("Version"), Value("Authors"), Value("Company"), Value("Product"), Value("Copyright"),
            Value("PackageLicenseExpression"));
    }
}
