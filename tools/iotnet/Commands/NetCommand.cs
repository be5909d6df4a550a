using System.CommandLine;

namespace IoTNet.Cli;

/// <summary><c>iotnet net</c>: the boards, apps and cables that a file describes.</summary>
internal static class NetCommand
{
    /// <summary>For the help.</summary>
    public const string Example = """
        {
          "seed": 7,
          "boards": [
            { "name": "hall", "profile": "esp32", "address": "10.0.2.20", "apps": [{ "name": "EchoServer", "arguments": ["clients=4"] }] },
            { "name": "shed", "profile": "stm32", "link": { "loss": "5%", "delay": "20ms", "bandwidth": "1Mbit" },
              "apps": [{ "name": "EchoServer", "listen": "0.0.0.0:4007", "arguments": ["clients=2"] }] }
          ],
          "forwards": ["tcp:127.0.0.1:0:hall:7", "udp:127.0.0.1:0:shed:4007"],
          "partitions": [{ "between": ["hall", "shed"], "from": "2s", "to": "5s" }]
        }
        """;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The topology file, in JSON" };
        var check = new Option<bool>("--check") { Description = "Only says whether the file is right" };
        var seconds = CommonOptions.For();
        var command = new Command("net", "Runs the network that a topology file describes") { file, check, seconds };
        command.SetAction(parsed => CommonOptions.Guard(() =>
        {
            var limit = CommonOptions.ReadSeconds(parsed.GetValue(seconds));
            var path = parsed.GetRequiredValue(file);
            var problems = new TopologyProblems(path);
            var plan = TopologyReader.Read(path, problems);
            if (plan is null || !problems.IsEmpty)
            {
                problems.Write(Console.Error);
                return ExitCode.Usage;
            }

            if (parsed.GetValue(check))
            {
                Console.Out.WriteLine($"{path} is right: boards {string.Join(", ", plan.Boards.Select(board => board.Name))}");
                return ExitCode.Ok;
            }

            return EmulatedRun.Run(plan with { Limit = limit });
        }));
        return command;
    }
}
