using Spectre.Console;

namespace IoTNet.Cli;

/// <summary>How this program writes tables.</summary>
internal static class Tables
{
    public static Table New(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            table.AddColumn(column);
        }

        return table;
    }

    /// <summary>Writes a table to standard output or standard error.</summary>
    public static void Print(Table table, TextWriter target)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(target) });
        if (!console.Profile.Out.IsTerminal)
        {
            // A file has no width: a row stays a line.
            console.Profile.Width = 1000;
        }

        console.Write(table);
    }
}
