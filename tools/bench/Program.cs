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
var filter = new Option<string>("--filter") { Description = "Only the rows whose name contains this", DefaultValueFactory = _ => "" };
var data = new Command("data", """
    Values and bytes, without a network: StructFormat against hand-written code and Python's struct, DNS messages against a
    hand-written reader, JSON against System.Text.Json; with the bytes that each call leaves on the heap.

    Examples:
      dotnet run -c Release --project tools/bench -- data
      dotnet run -c Release --project tools/bench -- data --filter JSON --rounds 15 --ms 20
    """) { rounds, milliseconds, json, check, filter };
var counts = new Option<int[]>("--connections")
{
    Description = "How many, one contest each", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [1, 100, 1000],
};
counts.Validators.Add(r => { if (r.GetValue(counts)!.Any(n => n is < 1 or > 1000)) { r.AddError("--connections expects 1 to 1000"); } });
var server = new Command("server", """
    Echo servers on the host's stack: IoTNet's TcpServer on one loop, System.Net.Sockets with async, node's net; what an idle
    connection takes. Linux only. With one connection, figures are those of waking up: look at the processor time.

    Examples:
      dotnet run -c Release --project tools/bench -- server
      dotnet run -c Release --project tools/bench -- server --connections 100 --rounds 15 --ms 200
    """) { rounds, milliseconds, json, check, counts };
var kind = new Argument<string>("kind").AcceptOnlyFromAmong(EchoServers.Kinds);
var serve = new Command("serve", "One of those servers: started by the commands server and web.") { kind };
serve.Hidden = true;
server.Validators.Add(r => { if (!OperatingSystem.IsLinux()) { r.AddError("server needs Linux: epoll, and another process's processor clock"); } });
serve.SetAction(parsed => EchoServers.Run(parsed.GetValue(kind)!));
server.SetAction(parsed =>
{
    var results = ServerContests.Run(PaceOf(parsed), parsed.GetValue(counts)!, Console.Error.WriteLine);
    ServerResult.Write(results, parsed.GetValue(json));
    return ExitCode(parsed, results.All(r => r.Reached));
});
var pinned = new Option<bool>("--pinned") { Description = "All threads of both on one processor" };
var messaging = new Command("messaging", """
    Message sockets against libzmq: messages a second, round trips, bytes left on the heap. A Linux host with gcc and libzmq5.
    libzmq's messages are made, not filled; ours are copied in and out of buffers.

    Examples:
      dotnet run -c Release --project tools/bench -- messaging
      dotnet run -c Release --project tools/bench -- messaging --filter tcp --rounds 11 --pinned
    """) { rounds, milliseconds, json, check, filter, pinned };
messaging.SetAction(parsed =>
{
    using var peer = ZmqPeer.Compile(out var problem);
    if (peer is null)
    {
        Console.Error.WriteLine(problem);
        return 2;
    }

    return Measure(parsed, "libzmq", (pace, progress) =>
        MessagingContests.Run(peer, pace, parsed.GetValue(pinned), parsed.GetValue(filter)!, progress));
});
var web = new Command("web", """
    WebSocketServer against npm's ws with its native add-ons, SocketIOServer against npm's socket.io: echoes of texts, by the same
    client; what an idle connection takes; bytes left on the heap. Linux, node and the packages of tests/node (tools/setup.sh).
    With one connection, round trips are those of waking up: look at the processor time.

    Examples:
      dotnet run -c Release --project tools/bench -- web
      dotnet run -c Release --project tools/bench -- web --filter "ws, 100" --rounds 11
      dotnet run -c Release --project tools/bench -- web --filter socket.io --ms 100 --check
    """) { rounds, milliseconds, json, check, filter };
web.Validators.Add(r => { if (!OperatingSystem.IsLinux()) { r.AddError("web needs Linux: epoll, and another process's processor clock"); } });
web.SetAction(parsed =>
{
    using var contests = WebContests.Start(Console.Error.WriteLine);
    return contests is null ? 2
        : Measure(parsed, "npm", (pace, progress) => contests.Run(pace, parsed.GetValue(filter)!, progress));
});
var tls = new Command("tls", """
    TLS sockets against .NET's SslStream, which does the cryptography of both: echoes, a stream, connections a second (full
    handshakes and resumed ones), bytes left on the heap.

    Examples:
      dotnet run -c Release --project tools/bench -- tls
      dotnet run -c Release --project tools/bench -- tls --filter connections --ms 200 --check
    """) { rounds, milliseconds, json, check, filter };
tls.SetAction(parsed => Measure(parsed, "SslStream", (pace, progress) => TlsContests.Run(pace, parsed.GetValue(filter)!, progress)));
sockets.SetAction(parsed => Measure(parsed, "System.Net", SocketContests.Run));
emulator.SetAction(parsed => Measure(parsed, "System.Net", EmulatorContests.Run));
data.SetAction(parsed => Measure(parsed, "peer", (pace, progress) => DataContests.Run(pace, parsed.GetValue(filter)!, progress)));

var root = new RootCommand("Measures IoTNet. A measurement, never a unit test.") { sockets, emulator, data, server, messaging, web, tls, serve };
var result = root.Parse(args);
return result.Errors.Count > 0 && result.Invoke() != 0 ? 2 : result.Invoke();

int Measure(ParseResult parsed, string reference, Func<Pace, Action<string>, IReadOnlyList<Result>> run)
{
    var results = run(PaceOf(parsed), Console.Error.WriteLine);
    Report.Write(results, reference, parsed.GetValue(json));
    return ExitCode(parsed, results.All(r => r.Reached));
}

Pace PaceOf(ParseResult parsed) => new(parsed.GetValue(rounds), TimeSpan.FromMilliseconds(parsed.GetValue(milliseconds)));

int ExitCode(ParseResult parsed, bool reached) => parsed.GetValue(check) && !reached ? 1 : 0;
