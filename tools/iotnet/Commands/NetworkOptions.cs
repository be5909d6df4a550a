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

    private readonly Option<string[]> _forwards = new("--forward")
    {
        Description = "A port of this machine that leads to a board: the first one, or tcp:127.0.0.1:0:board2:7; host port 0 = any free " +
            "one. May be given several times",
        HelpName = "tcp|udp:ADDRESS:PORT:BOARD-PORT",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _restricted = new("--restricted")
    {
        Description = "Boards reach nothing outside their network; forwards to them work",
    };

    private readonly Option<bool> _dhcp = new("--dhcp") { Description = "Boards ask the gateway for their addresses" };

    private readonly (LinkSetting Setting, Option<string?> Option)[] _link =
    [
        .. LinkSettings.All.Select(s => (s, new Option<string?>("--" + s.Name) { Description = s.Description, HelpName = s.ValueName })),
    ];

    private readonly Option<string?> _seed = new("--seed")
    {
        Description = "Where all random faults come from: the number that an earlier run printed meets the same again",
        HelpName = "NUMBER",
    };

    private readonly Option<string?> _pcap = new("--pcap")
    {
        Description = "Writes every frame to a file for Wireshark and 'iotnet capture'",
        HelpName = "FILE",
    };

    private readonly Option<bool> _trace = new("--trace") { Description = "Tells every frame in a line, on standard error" };

    public IEnumerable<Option> All => [_boards, _forwards, _restricted, _dhcp, .. _link.Select(l => l.Option), _seed, _pcap, _trace];

    /// <summary>Refuses what only an emulated board can do.</summary>
    public void CheckUnused(ParseResult parsed, Board board)
    {
        if (All.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } used)
        {
            throw new UsageException($"{used.Name} needs an emulated board, such as --board esp32; found --board {board.Name}");
        }
    }

    /// <summary>Makes the plan of boards that all run one app.</summary>
    public RunPlan ReadPlan(ParseResult parsed, string app, BoardProfile profile, Func<AppPlan> makeApp, TimeSpan limit)
    {
        var link = ReadLink(parsed);
        var dhcp = parsed.GetValue(_dhcp);
        string[] names = [.. Enumerable.Range(1, ReadBoards(parsed)).Select(number => $"board{number}")];
        return new RunPlan
        {
            Title = app,
            Seed = ReadSeed(parsed),
            Boards =
            [
                .. names.Select(name => new BoardPlan
                {
                    Name = name,
                    Profile = profile,
                    UsesDhcp = dhcp,
                    Link = link,
                    Apps = [makeApp()],
                }),
            ],
            Forwards = [.. (parsed.GetValue(_forwards) ?? []).Select(text => ReadForward(text, names))],
            IsRestricted = parsed.GetValue(_restricted),
            CapturePath = parsed.GetValue(_pcap),
            IsTraced = parsed.GetValue(_trace),
            Limit = limit,
        };
    }

    private int ReadBoards(ParseResult parsed) => parsed.GetValue(_boards) is not { } text
        ? 1
        : int.TryParse(text, out var count) && count is >= 1 and <= MostBoards
            ? count
            : throw new UsageException($"--boards expects a number from 1 to {MostBoards}; found '{text}'");

    private static Forward ReadForward(string text, string[] boards)
    {
        if (!Forward.TryParse(text, out var forward, out var problem))
        {
            throw new UsageException("--forward: " + problem);
        }

        return forward.Board is null || boards.Contains(forward.Board)
            ? forward
            : throw new UsageException($"--forward {text}: " + NearestName.Explain("board", forward.Board, boards));
    }

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
