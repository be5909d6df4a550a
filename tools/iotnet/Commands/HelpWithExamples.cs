using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace IoTNet.Cli;

/// <summary>Help that ends with examples and the exit codes.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> s_examples = new()
    {
        ["run"] =
        [
            "iotnet run EchoServer --board esp32 --forward tcp:127.0.0.1:0:7",
            "iotnet run EchoServer --board esp32 --boards 3 --loss 5% --delay 20ms --seed 7",
            "iotnet run EchoServer --board esp32-c3 --forward udp:127.0.0.1:0:7 --pcap echo.pcapng --trace",
            "iotnet run EchoServer --board stm32 --bandwidth 250kbit --mtu 576 clients=2 idle=30",
            "iotnet run EchoServer --listen 127.0.0.1:0      on this machine, any free port; Ctrl-C ends it",
            "iotnet run EchoServer --listen [::1]:4007       IPv6",
            "iotnet run EchoServer --listen 127.0.0.1:0 --for 60",
        ],
        ["net"] =
        [
            "iotnet net tools/iotnet/Examples/two-boards.json",
            "iotnet net tools/iotnet/Examples/two-boards.json --check",
        ],
        ["watch"] = ["iotnet watch                                    the run of another terminal"],
        ["capture"] =
        [
            "iotnet capture run.pcapng --svg run.svg          a picture of who said what",
            "iotnet capture run.pcapng --host node-2 --port 7 only these frames, as lines",
            "iotnet capture run.pcapng --max 20               the first ones",
        ],
        ["footprint"] =
        [
            "iotnet footprint                                all nano assemblies and apps of the repository around this folder",
            "iotnet footprint --app EchoServer               one app: what it is made of, its largest types",
            "iotnet footprint --assembly IoTNet              one assembly: the parts of its .pe file, its largest types",
            "iotnet footprint --check                        what is over its budget; for builds",
            "iotnet footprint --json > footprint.json        everything, for programs",
            "iotnet footprint --svg footprint.svg            and a picture",
        ],
        ["boards"] = ["iotnet boards"],
        ["apps"] = ["iotnet apps"],
    };

    // Asking for help is never an error, whatever else stands on the line.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        var name = parseResult.CommandResult.Command.Name;
        foreach (var example in s_examples.TryGetValue(name, out var own) ? own : s_examples.Values.Select(e => e[0]))
        {
            output.WriteLine("  " + example);
        }

        if (name == "net")
        {
            output.WriteLine();
            output.WriteLine("A file (every member but \"boards\" and the names can be left out; files go to the current folder):");
            output.WriteLine(NetCommand.Example);
        }

        output.WriteLine();
        output.WriteLine(ExitCode.Explanation);
        return ExitCode.Ok;
    }
}
