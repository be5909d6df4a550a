using NanoSurface.Api;

namespace NanoSurface.Footprint;

/// <summary>The strings that every firmware holds in its flash; an assembly refers to them and does not store them. They are the
/// names that the firmware's own core library was made of. Known here are those that its public API shows: types, methods and
/// namespaces of mscorlib. What it uses inwardly counts as stored, what came into the API later as held, so the model is off by
/// some tens of bytes for an assembly either way (README).</summary>
public static class FirmwareStrings
{
    private static readonly HashSet<string> s_all = Read();

    public static bool Contains(string text) => s_all.Contains(text);

    private static HashSet<string> Read()
    {
        var core = ApiSet.BuiltIn.Find("mscorlib") ?? throw new InvalidOperationException("the facts of mscorlib are missing");

        // The compiler's attributes are left out on the device.
        var types = core.Types.Where(t => !t.Name.EndsWith("Attribute", StringComparison.Ordinal) || t.Name == "Attribute").ToArray();
        var names = types.Select(t => t.Name).Concat(types.Select(t => t.Namespace)).Concat(types.SelectMany(t => t.Members)
            .Where(m => m.IsMethod && m.Kind != ApiMemberKind.Constructor).Select(m => m.Name));
        return new HashSet<string>(
            names.Where(n => n.Length > 0).Concat([core.Name, ".ctor", ".cctor", "value__"]), StringComparer.Ordinal);
    }
}
