using System.CommandLine;
using IoTNet.Emulator;

namespace IoTNet.Cli;

/// <summary>The options of <c>run</c> that only a network of emulated boards has.</summary>
internal sealed class NetworkOptions
{
    // As many as the network has addresses.
    private const int MostBoards = 240;

    private readonly Option<string?> _boards = new("--boards")
    {
        Description = "How many boards, each with the app; they are board1, board2 ...",
        HelpName = "NUMBER",
    };

    private readonly (LinkSetting Setting, Option<string?> Option)[] _link =
    [
        .. LinkSettings.All.Select(s => (s, new Option<string?>("--" + s.Name) { Description = s.Description, HelpName = s.ValueName })),
    ];

    private readonly Option<string?> _seed = new("--seed")
    {
        Description = "Where all random faults come from: the number that an earlier run printed meets the same again",
        HelpName = "NUMBER",
    };

    public IEnumerable<Option> All => [_boards, .. _link.Select(l => l.Option), _seed];

    /// <summary>Refuses what only an emulated board can do.</summary>
    public void CheckUnused(ParseResult parsed, Board board)
    {
        if (All.FirstOrDefault(option => parsed.GetResult(option) is not null) is { } used)
        {
            throw new UsageException($"{used.Name} needs an emulated board, such as --board esp32; found --board {board.Name}");
        }
    }

    /// <summary>Makes the plan of boards that all run one app.</summary>
    public RunPlan ReadPlan(ParseResult parsed, string app, BoardProfile profile, Func<AppPlan> makeApp, TimeSpan limit)
    {
        var link = ReadLink(parsed);
        return new RunPlan
        {
            Title = app,
            Seed = ReadSeed(parsed),
            Boards =
            [
                .. Enumerable.Range(1, ReadBoards(parsed)).Select(number => new BoardPlan
                {
                    Name = $"board{number}",
                    Profile = profile,
                    Link = link,
                    Apps = [makeApp()],
                }),
            ],
            Limit = limit,
        };
    }

    private int ReadBoards(ParseResult parsed) => parsed.GetValue(_boards) is not { } text
        ? 1
        : int.TryParse(text, out var count) && count is >= 1 and <= MostBoards
            ? count
            : throw new UsageException($"--boards expects a number from 1 to {MostBoards}; found '{text}'");

    private LinkConditions ReadLink(ParseResult parsed)
    {
        var conditions = LinkConditions.Perfect;
        foreach (var (setting, option) in _link)
        {
            if (parsed.GetValue(option) is { } text)
            {
                conditions = setting.Apply(conditions, text)
                    ?? throw new UsageException($"{option.Name} expects {setting.Expected}; found '{text}'");
            }
        }

        return conditions;
    }

    private int ReadSeed(ParseResult parsed) => parsed.GetValue(_seed) is not { } text
        ? Random.Shared.Next()
        : int.TryParse(text, out var seed)
            ? seed
            : throw new UsageException($"--seed expects a whole number of at most 32 bits; found '{text}'");
}
