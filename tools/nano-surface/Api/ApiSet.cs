namespace NanoSurface.Api;

/// <summary>All assemblies whose API is known.</summary>
public sealed class ApiSet
{
    private readonly Dictionary<string, ApiAssembly> _assemblies;
    private readonly Dictionary<(string Assembly, string Type), ApiType> _types = [];

    public ApiSet(IEnumerable<ApiAssembly> assemblies)
    {
        _assemblies = assemblies.ToDictionary(a => a.Name);
        foreach (var assembly in Assemblies)
        {
            foreach (var type in assembly.Types)
            {
                _types.Add((assembly.Name, type.FullName), type);
            }
        }
    }

    public IEnumerable<ApiAssembly> Assemblies => _assemblies.Values.OrderBy(a => a.Name, StringComparer.Ordinal);

    public ApiAssembly? Find(string assembly) => _assemblies.GetValueOrDefault(assembly);

    /// <summary>The assemblies and all that they need in turn: a device loads an assembly with those or not at all.</summary>
    /// <exception cref="KeyNotFoundException">The API of one is not known.</exception>
    public IReadOnlySet<string> WithNeeded(IEnumerable<string> assemblies)
    {
        var all = new HashSet<string>();
        var open = new Stack<string>(assemblies);
        while (open.TryPop(out var assembly))
        {
            if (all.Add(assembly))
            {
                foreach (var needed in _assemblies[assembly].References)
                {
                    open.Push(needed);
                }
            }
        }
        return all;
    }

    /// <summary>The type that <paramref name="from"/> means by a name: its own, else that of an assembly it references.
    /// </summary>
    public (ApiAssembly Assembly, ApiType Type)? FindType(ApiAssembly from, string fullName)
    {
        foreach (var name in from.References.Prepend(from.Name))
        {
            if (_types.TryGetValue((name, fullName), out var type))
            {
                return (_assemblies[name], type);
            }
        }
        return null;
    }

    /// <summary>The files that are built into the tool.</summary>
    public static ApiSet BuiltIn { get; } = LoadBuiltIn();

    private static ApiSet LoadBuiltIn()
    {
        var tool = typeof(ApiSet).Assembly;
        return new ApiSet(tool.GetManifestResourceNames()
            .Where(n => n.EndsWith(".api.txt", StringComparison.Ordinal))
            .Select(n => ApiReader.Read(ReadText(tool.GetManifestResourceStream(n)!), n)));
    }

    private static string ReadText(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
