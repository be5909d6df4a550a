using System.CommandLine;
using IoTNet.Emulator;
using Spectre.Console;

namespace IoTNet.Cli;

/// <summary><c>iotnet boards</c> and <c>iotnet apps</c>: what there is.</summary>
internal static class ListCommands
{
    public static Command Boards()
    {
        var markdown = new Option<bool>("--markdown")
        {
            Description = "Prints, as Markdown, what works on which stack and what the boards have room for: the README's tables",
        };
        var command = new Command("boards", "Lists the boards, their limits, and whether they can run here") { markdown };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(markdown))
            {
                Console.Out.WriteLine(MarkdownTables.Capabilities());
                Console.Out.Write(MarkdownTables.Limits());
                return ExitCode.Ok;
            }

            var table = Tables.New(["board", "what it is", .. LimitColumns.Heads, "here"]);
            foreach (var board in Catalog.Boards)
            {
                string[] row = [board.Name, board.Description, .. Limits(board.Profile), board.Missing() ?? "yes"];
                table.AddRow(row.Select(cell => new Text(cell)));
            }

            Tables.Print(table, Console.Out);
            Console.Out.WriteLine("Sockets of all kinds, TCP connections, listening sockets, UDP and raw sockets at once; largest TCP " +
                "segment and receive window in bytes.");
            return ExitCode.Ok;
        });
        return command;
    }

    public static Command Apps()
    {
        var command = new Command("apps", "Lists the apps and the arguments that they take");
        command.SetAction(_ =>
        {
            var table = Tables.New("app", "what it does", "arguments");
            foreach (var app in Catalog.Apps.Select(make => make()))
            {
                table.AddRow(new Text(app.Name), new Text(app.Description), new Text(app.Usage));
            }

            Tables.Print(table, Console.Out);
            return ExitCode.Ok;
        });
        return command;
    }

    private static IEnumerable<string> Limits(BoardProfile? profile) =>
        profile is null ? LimitColumns.Heads.Select(_ => "") : LimitColumns.Of(profile.Limits);
}
