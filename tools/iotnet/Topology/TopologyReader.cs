using System.Text.Json;
using System.Text.RegularExpressions;
using IoTNet.Emulator;

namespace IoTNet.Cli;

/// <summary>Makes a plan from a topology file, or says all that is wrong with it.</summary>
internal sealed partial class TopologyReader
{
    private const int MostBoards = 240;
    private const string SeedForm = "a whole number of at most 32 bits";
    private readonly TopologyProblems _problems;

    private TopologyReader(TopologyProblems problems)
    {
        _problems = problems;
    }

    /// <summary>Reads a file.</summary>
    /// <returns>The plan, to be used only when no problem was added.</returns>
    public static RunPlan? Read(string path, TopologyProblems problems)
    {
        try
        {
            return new TopologyReader(problems).ReadNetwork(JsonItem.Read(path), Path.GetFileName(path));
        }
        catch (JsonException e)
        {
            // The text ends with the place, which is told in the file's own way.
            var message = e.Message.Split(" LineNumber:")[0];
            problems.Add((int)(e.LineNumber ?? 0) + 1, "", "not JSON: " + message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            problems.Add(1, "", e.Message);
        }

        return null;
    }

    private RunPlan ReadNetwork(JsonItem whole, string title)
    {
        var members = Members(whole, "boards", "forwards", "partitions", "seed", "pcap", "trace", "restricted");
        var boards = ReadBoards(whole, members.GetValueOrDefault("boards"));
        string[] names = [.. boards.Select(board => board.Name)];
        return new RunPlan
        {
            Title = title,
            Boards = boards,
            Forwards = [.. List(members, "forwards", "a list of forwards").Select(item => ReadForward(item, names)).OfType<Forward>()],
            Partitions = [.. List(members, "partitions", "a list of partitions").Select(item => ReadPartition(item, names)).OfType<PartitionPlan>()],
            Seed = Scalar(members, "seed", SeedForm) is { } seed ? ReadSeed(seed) : Random.Shared.Next(),
            CapturePath = Scalar(members, "pcap", "a file's name")?.Text,
            IsTraced = Flag(members, "trace"),
            IsRestricted = Flag(members, "restricted"),
        };
    }

    private int ReadSeed(JsonItem item)
    {
        if (!int.TryParse(item.Text, out var seed))
        {
            _problems.Expected(item, SeedForm);
        }

        return seed;
    }

    private List<BoardPlan> ReadBoards(JsonItem whole, JsonItem? list)
    {
        if (list is null || list.Kind != JsonTokenType.StartArray || list.Items.Count is 0 or > MostBoards)
        {
            _problems.Add(list ?? whole, $"expected \"boards\", a list of 1 to {MostBoards} boards");
            return [];
        }

        List<BoardPlan> boards = [];
        foreach (var item in list.Items)
        {
            var board = ReadBoard(item);
            if (boards.Exists(other => other.Name == board.Name))
            {
                _problems.Add(Member(item, "name"), $"another board is called '{board.Name}'; names are unique");
            }

            if (board.Address is { } address && boards.Find(other => address.Equals(other.Address)) is { } owner)
            {
                _problems.Add(Member(item, "address"), $"board '{owner.Name}' has {address} already");
            }

            boards.Add(board);
        }

        return boards;
    }

    private Forward? ReadForward(JsonItem item, string[] boards)
    {
        if (!IsText(item, "a forward, such as \"tcp:127.0.0.1:7007:board1:7\""))
        {
            return null;
        }

        if (!Forward.TryParse(item.Text, out var forward, out var problem))
        {
            _problems.Add(item, problem);
        }
        else if (forward.Board is { } board)
        {
            CheckBoard(item, board, boards);
        }

        return forward;
    }

    private PartitionPlan? ReadPartition(JsonItem item, string[] boards)
    {
        var members = Members(item, "between", "from", "to");
        var between = List(members, "between", "the names of two boards");
        if (between.Count != 2)
        {
            _problems.Add(item, "expected \"between\", a list with the names of two boards");
            return null;
        }

        between.ForEach(board => CheckBoard(board, board.Text, boards));
        if (between[0].Text == between[1].Text)
        {
            _problems.Add(between[1], "expected another board than the first one");
        }

        var from = Time(members, "from") ?? TimeSpan.Zero;
        var to = Time(members, "to");
        if (to <= from)
        {
            _problems.Expected(members["to"], "a time after \"from\"");
        }

        return new PartitionPlan(between[0].Text, between[1].Text, from, to);
    }

    private void CheckBoard(JsonItem item, string name, string[] boards)
    {
        if (boards.Length > 0 && !boards.Contains(name))
        {
            _problems.Add(item, NearestName.Explain("board", name, boards));
        }
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$")]
    private static partial Regex BoardName();
}
