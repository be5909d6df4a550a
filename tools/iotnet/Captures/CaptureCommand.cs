using System.CommandLine;

namespace IoTNet.Cli;

/// <summary><c>iotnet capture</c>: a capture file as lines to read, or as a picture.</summary>
internal static class CaptureCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A capture: pcapng or pcap, of Ethernet" };
        var svg = new Option<string?>("--svg") { Description = "Draw a sequence diagram into this file instead", HelpName = "OUT.svg" };
        var host = new Option<string?>("--host")
        {
            Description = "Only frames from or to this board or address",
            HelpName = "NAME|ADDRESS",
        };
        var port = new Option<string?>("--port") { Description = "Only TCP and UDP from or to this port", HelpName = "N" };
        var max = new Option<string?>("--max") { Description = "At most so many frames", HelpName = "N" };
        var command = new Command("capture", "Shows a capture: a line for each frame, or a sequence diagram") { file, svg, host, port, max };
        command.SetAction(parsed =>
        {
            try
            {
                var filter = new CaptureFilter(
                    parsed.GetValue(host), ReadNumber("--port", parsed.GetValue(port), 65_535), ReadNumber("--max", parsed.GetValue(max), int.MaxValue));
                return new CaptureReport(parsed.GetRequiredValue(file), filter).Run(parsed.GetValue(svg));
            }
            catch (UsageException e)
            {
                Console.Error.WriteLine("iotnet: " + e.Message);
                return ExitCode.Usage;
            }
        });
        return command;
    }

    private static int? ReadNumber(string option, string? text, int most) => text is null
        ? null
        : int.TryParse(text, out var number) && number >= 1 && number <= most
            ? number
            : throw new UsageException($"{option} expects a whole number from 1 to {most}; found '{text}'");
}
