using System.Text.Json;

namespace IoTNet.Cli;

/// <summary>The most that something may take, in bytes.</summary>
/// <param name="Pe">Flash.</param>
/// <param name="Ram">Static RAM.</param>
internal sealed record Budget(int Pe, int Ram);

/// <summary>The budgets, from a JSON file.</summary>
/// <param name="Assemblies">By project, from the root and without the extension; <c>src/*</c> is for all of a folder, and the
/// first that fits counts.</param>
/// <param name="Apps">By name.</param>
/// <param name="Memory">Bytes by the name of a <see cref="MemoryFigure"/>.</param>
internal sealed record Budgets(
    IReadOnlyList<KeyValuePair<string, Budget>> Assemblies,
    IReadOnlyList<KeyValuePair<string, Budget>> Apps,
    IReadOnlyList<KeyValuePair<string, int>> Memory)
{
    public const string FileName = "tools/footprint-budgets.json";

    private static readonly JsonDocumentOptions s_lenient = new() { CommentHandling = JsonCommentHandling.Skip };

    /// <exception cref="UsageException">There is no such file, or it is not one of budgets; the message says where and what
    /// was expected.</exception>
    public static Budgets Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            throw new UsageException($"{path}: {e.Message}");
        }
    }

    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="FormatException">It is not a file of budgets.</exception>
    public static Budgets Parse(string json)
    {
        using var document = JsonDocument.Parse(json, s_lenient);
        string[] sections = ["assemblies", "apps", "memory"];
        var root = Members(document.RootElement, "the file");
        foreach (var (name, _) in root)
        {
            Expect(sections.Contains(name), $"the sections assemblies, apps and memory, not '{name}'");
        }
        return new Budgets(
            Section("assemblies", ReadBudget), Section("apps", ReadBudget), Section("memory", ReadBytes));

        KeyValuePair<string, T>[] Section<T>(string section, Func<string, JsonElement, T> read)
        {
            Expect(root.ContainsKey(section), $"a section '{section}'");
            return [.. Members(root[section], section).Select(m => KeyValuePair.Create(m.Key, read($"{section}: {m.Key}", m.Value)))];
        }
    }

    /// <summary>The first that fits; null when none does.</summary>
    public Budget? OfAssembly(string project) => Assemblies.FirstOrDefault(b => Fits(b.Key, project)).Value;

    public Budget? OfApp(string name) => Apps.FirstOrDefault(b => b.Key == name).Value;

    public int? OfMemory(string name) => Memory.Where(b => b.Key == name).Select(b => (int?)b.Value).FirstOrDefault();

    public static bool Fits(string pattern, string project) => pattern.EndsWith("/*", StringComparison.Ordinal)
        ? project.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : project == pattern;

    private static Budget ReadBudget(string where, JsonElement value)
    {
        var members = Members(value, where);
        Expect(
            members.Count == 2 && members.ContainsKey("pe") && members.ContainsKey("ram"),
            $"{where}: {{ \"pe\": BYTES, \"ram\": BYTES }}, not {value.GetRawText()}");
        return new Budget(ReadBytes(where + ": pe", members["pe"]), ReadBytes(where + ": ram", members["ram"]));
    }

    private static int ReadBytes(string where, JsonElement value)
    {
        var bytes = 0;
        Expect(
            value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out bytes) && bytes > 0,
            $"{where}: a whole number of bytes above 0, not {value.GetRawText()}");
        return bytes;
    }

    private static OrderedDictionary<string, JsonElement> Members(JsonElement element, string where)
    {
        Expect(element.ValueKind == JsonValueKind.Object, $"{where}: an object in braces, not {element.ValueKind}");
        OrderedDictionary<string, JsonElement> members = [];
        foreach (var member in element.EnumerateObject())
        {
            Expect(members.TryAdd(member.Name, member.Value), $"{where}: '{member.Name}' once");
        }
        return members;
    }

    private static void Expect(bool holds, string what)
    {
        if (!holds)
        {
            throw new FormatException("expected " + what);
        }
    }
}
