using System.Text;

namespace NanoSurface.Sync;

/// <summary>Writes Properties/AssemblyInfo.cs: on the device what the desktop's build generates from the .csproj.</summary>
internal static class AssemblyInfoFile
{
    /// <param name="friends">The nano assemblies that see the internal members.</param>
    public static string Write(string assemblyName, IReadOnlyList<string> friends, Product product)
    {
        var text = new StringBuilder();
        text.Append("#if NANOFRAMEWORK_1_0\n");
        text.Append("// Written by 'nano-surface sync'. On the desktop the .csproj generates these attributes.\n");
        text.Append("using System.Reflection;\n");
        if (friends.Count > 0)
        {
            text.Append("using System.Runtime.CompilerServices;\n");
        }
        text.Append('\n');
        var values = new (string Attribute, string Value)[]
        {
            ("AssemblyTitle", assemblyName),
            ("AssemblyCompany", product.Company),
            ("AssemblyProduct", product.Name),
            ("AssemblyCopyright", product.Copyright),
            ("AssemblyVersion", product.Version + ".0"),
            ("AssemblyFileVersion", product.Version + ".0"),
            ("AssemblyInformationalVersion", product.Version),
        };
        foreach (var (attribute, value) in values.Concat(friends.Select(f => ("InternalsVisibleTo", f))))
        {
            text.Append($"[assembly: {attribute}(\"{value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\")]\n");
        }
        return text.Append("#endif\n").ToString();
    }
}
