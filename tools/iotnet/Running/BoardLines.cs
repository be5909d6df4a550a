using System.Text;
using IoTNet.Emulator;

namespace IoTNet.Cli;

/// <summary>
/// The console of many boards: what code on a board prints comes out in whole lines under the board's name, what the host
/// prints passes as it is.
/// </summary>
internal sealed class BoardLines : TextWriter
{
    // A board that never ends its line does not fill the memory.
    private const int LongestLine = 8192;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, StringBuilder> _unfinished = [];

    private BoardLines(TextWriter target)
    {
        Target = target;
    }

    public static BoardLines Output { get; } = new(Console.Out);

    public static BoardLines Error { get; } = new(Console.Error);

    /// <summary>The process' own console, without names.</summary>
    public TextWriter Target { get; }

    public override Encoding Encoding => Target.Encoding;

    /// <summary>Takes over the process' console.</summary>
    public static void TakeOver()
    {
        Console.SetOut(Output);
        Console.SetError(Error);
    }

    /// <summary>Writes lines of a board.</summary>
    public void Write(string board, string lines)
    {
        lock (_lock)
        {
            foreach (var line in lines.Split('\n'))
            {
                Target.WriteLine($"[{board}] {line}");
            }
        }
    }

    public override void Write(char value)
    {
        Write([value]);
    }

    public override void Write(string? value)
    {
        Write(value.AsSpan());
    }

    public override void Write(char[] buffer, int index, int count)
    {
        Write(buffer.AsSpan(index, count));
    }

    public override void Write(ReadOnlySpan<char> text)
    {
        lock (_lock)
        {
            if (EmulatedBoard.Current?.Name is { } board)
            {
                Collect(board, text);
            }
            else
            {
                Target.Write(text);
            }
        }
    }

    public override void WriteLine(string? value)
    {
        Write(value + Environment.NewLine);
    }

    public override void Flush()
    {
        Target.Flush();
    }

    /// <summary>Writes the lines that no board ended.</summary>
    public void WriteUnfinished()
    {
        lock (_lock)
        {
            foreach (var (board, text) in _unfinished.Where(line => line.Value.Length > 0))
            {
                Target.WriteLine($"[{board}] {text}");
                text.Clear();
            }
        }
    }

    private void Collect(string board, ReadOnlySpan<char> text)
    {
        if (!_unfinished.TryGetValue(board, out var line))
        {
            _unfinished.Add(board, line = new StringBuilder());
        }

        foreach (var c in text)
        {
            if (c != '\n' && c != '\r')
            {
                line.Append(c);
            }

            if (c == '\n' || line.Length == LongestLine)
            {
                Target.WriteLine($"[{board}] {line}");
                line.Clear();
            }
        }
    }
}
