using System.CommandLine;
using Spectre.Console;

namespace IoTNet.Cli;

/// <summary><c>iotnet boards</c> and <c>iotnet apps</c>: what there is.</summary>
internal static class ListCommands
{
    public static Command Boards()
    {
        var command = new Command("boards", "Lists the boards, and whether they can run here");
        command.SetAction(_ =>
        {
            var table = NewTable("board", "what it is", "here");
            foreach (var board in Catalog.Boards)
            {
                table.AddRow(new Text(board.Name), new Text(board.Description), new Text(board.Missing() ?? "yes"));
            }

            Print(table);
            return ExitCode.Ok;
        });
        return command;
    }

    public static Command Apps()
    {
        var command = new Command("apps", "Lists the apps and the arguments that they take");
        command.SetAction(_ =>
        {
            var table = NewTable("app", "what it does", "arguments");
            foreach (var app in Catalog.Apps.Select(make => make()))
            {
                table.AddRow(new Text(app.Name), new Text(app.Description), new Text(app.Usage));
            }

            Print(table);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Table NewTable(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            table.AddColumn(column);
        }

        return table;
    }

    private static void Print(Table table)
    {
        if (Console.IsOutputRedirected)
        {
            // A file has no width: a row stays a line.
            AnsiConsole.Profile.Width = 1000;
        }

        AnsiConsole.Write(table);
    }
}
