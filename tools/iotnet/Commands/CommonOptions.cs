using System.CommandLine;

namespace IoTNet.Cli;

/// <summary>What several commands take, and how they answer what is wrong.</summary>
internal static class CommonOptions
{
    public const string ListenForm = "ADDRESS:PORT, such as 127.0.0.1:0 or [::1]:4007 (numbers, no names)";

    public static Option<string?> For() => new("--for") { Description = "End after so many seconds", HelpName = "SECONDS" };

    public static TimeSpan ReadSeconds(string? text) => text is null
        ? Timeout.InfiniteTimeSpan
        : uint.TryParse(text, out var seconds)
            ? TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue / 1000))
            : throw new UsageException($"--for expects a whole number of seconds; found '{text}'");

    public static IPEndPoint ReadListen(string text, string option) => TryListen(text, out var endPoint)
        ? endPoint
        : throw new UsageException($"{option} expects {ListenForm}; found '{text}'");

    public static bool TryListen(string text, out IPEndPoint endPoint)
    {
        endPoint = null!;

        // An address without a port would be served on a port that nobody asked for.
        var hasPort = text.LastIndexOf(':') > text.LastIndexOf(']') && (text.StartsWith('[') || text.Count(c => c == ':') == 1);
        return hasPort && IPEndPoint.TryParse(text, out endPoint);
    }

    /// <summary>Runs a command; what was asked wrongly is said in one line.</summary>
    public static int Guard(Func<int> command)
    {
        try
        {
            return command();
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine("iotnet: " + e.Message);
            return ExitCode.Usage;
        }
    }
}
