using System.CommandLine;
using IoTNet.Bench;

// A harness of its own: BenchmarkDotNet measures one method on one thread; here two threads talk to each other, must share
// one processor, and two contestants must take turns within one run.
var rounds = new Option<int>("--rounds") { Description = "Rounds of each contest", DefaultValueFactory = _ => 41 };
var milliseconds = new Option<int>("--ms") { Description = "Length of a contestant's turn", DefaultValueFactory = _ => 50 };
var json = new Option<bool>("--json") { Description = "Print one JSON document instead of the table" };
var check = new Option<bool>("--check") { Description = "Exit with 1 when a target is missed" };
rounds.Validators.Add(r => { if (r.GetValue(rounds) is < 1 or > 1000) { r.AddError("--rounds expects 1 to 1000"); } });
milliseconds.Validators.Add(r => { if (r.GetValue(milliseconds) is < 1 or > 10000) { r.AddError("--ms expects 1 to 10000"); } });

var sockets = new Command("sockets", """
    IoTNet.Socket on SystemNetStack against System.Net.Sockets, and the in-memory stack against the host's loopback.

    Examples:
      dotnet run -c Release --project tools/bench -- sockets
      dotnet run -c Release --project tools/bench -- sockets --rounds 31 --check
      dotnet run -c Release --project tools/bench -- sockets --json > before.json
    """) { rounds, milliseconds, json, check };
var emulator = new Command("emulator", """
    Two emulated boards against the host's loopback, and a hundred boards in one process. Needs liblwip0 (tools/setup.sh).

    Examples:
      dotnet run -c Release --project tools/bench -- emulator
      dotnet run -c Release --project tools/bench -- emulator --rounds 11 --check
    """) { rounds, milliseconds, json, check };
sockets.SetAction(parsed => Measure(parsed, SocketContests.Run));
emulator.SetAction(parsed => Measure(parsed, EmulatorContests.Run));

var result = new RootCommand("Measures IoTNet. A measurement, never a unit test.") { sockets, emulator }.Parse(args);
return result.Errors.Count > 0 && result.Invoke() != 0 ? 2 : result.Invoke();

int Measure(ParseResult parsed, Func<Pace, Action<string>, IReadOnlyList<Result>> run)
{
    var pace = new Pace(parsed.GetValue(rounds), TimeSpan.FromMilliseconds(parsed.GetValue(milliseconds)));
    var results = run(pace, Console.Error.WriteLine);
    Report.Write(results, parsed.GetValue(json));
    return parsed.GetValue(check) && results.Any(r => !r.Reached) ? 1 : 0;
}
