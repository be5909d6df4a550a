namespace IoTNet.Cli;

/// <summary>What is wrong with a topology file: all of it at once, each with its line and its place.</summary>
internal sealed class TopologyProblems(string file)
{
    private const int MostTold = 20;
    private readonly List<string> _lines = [];

    public bool IsEmpty => _lines.Count == 0;

    public void Add(JsonItem item, string message) => Add(item.Line, item.Path, message);

    public void Add(int line, string path, string message)
    {
        _lines.Add($"{file}:{line}: {(path.Length == 0 ? "" : path + ": ")}{message}");
    }

    /// <summary>Says what stands there and what should.</summary>
    public void Expected(JsonItem item, string what) => Add(item, $"expected {what}; found '{item.Text}'");

    public void Write(TextWriter target)
    {
        foreach (var line in _lines.Take(MostTold))
        {
            target.WriteLine("iotnet: " + line);
        }

        if (_lines.Count > MostTold)
        {
            target.WriteLine($"iotnet: and {_lines.Count - MostTold} more");
        }
    }
}
