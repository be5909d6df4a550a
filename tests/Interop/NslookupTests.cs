using System.Net;
using System.Net.Sockets;
using IoTNet.DnsNames.Tests;

namespace Interop.Tests;

/// <summary>The app Nslookup against a name server of this test, on this machine and on an emulated board.</summary>
[TestClass]
public class NslookupTests
{
    [TestMethod]
    [DataRow("host", "A", "IoT.Test 300 A 192.0.2.7")]
    [DataRow("esp32", "A", "IoT.Test 300 A 192.0.2.7")]
    [DataRow("host", "TXT", "IoT.Test 300 TXT \"a\\034b\"")]
    [DataRow("host", "soa", "IoT.Test 300 SOA ns.iot adm.iot 1 2 3 4 4294967295")]
    [DataRow("host", "65280", "IoT.Test 300 TYPE65280 \\# 3 0012FF")]
    public void Nslookup_OfAName_PrintsTheRecord(string board, string type, string expected)
    {
        using var server = new NameServer();

        var end = Ask(server, board, "IoT.Test", type);

        Assert.AreEqual(0, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Output.ToLowerInvariant(), expected.ToLowerInvariant());
    }

    [TestMethod]
    [DataRow("host")]
    [DataRow("esp32")]
    public void Nslookup_WithTcp_AsksByTcpOnly(string board)
    {
        using var server = new NameServer();

        var end = Ask(server, board, "IoT.Test", "A", "--tcp");

        Assert.AreEqual(0, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Output, "IoT.Test 300 A 192.0.2.7");
        Assert.AreEqual("0 by UDP, 1 by TCP", server.Asked);
    }

    // On a board through 10.0.2.3, which leads to the server of this machine's /etc/resolv.conf.
    [TestMethod]
    public void Nslookup_WithoutAServer_AsksTheLinks()
    {
        PrivateMachine.Need();
        string[][] runs = [["host"], ["esp32"], ["host", "--tcp"], ["esp32", "--tcp"]];

        var ends = PrivateMachine.Ask(
            """
            def answer(*command):
                run = subprocess.run(command, capture_output=True, text=True, timeout=50)
                return '%d %s' % (run.returncode, ' '.join(line for line in run.stdout.split('\n') if 'host.iot.test' in line))
            """,
            [.. runs.Select(r => (object?[])["dotnet", Iotnet.Program, "run", "Nslookup", "--board", r[0], "--", "host.iot.test", "A", .. r[1..]])]);

        CollectionAssert.AreEqual(runs.Select(r => $"0 {(r[0] == "host" ? "" : "[board1] ")}host.iot.test 60 A 192.0.2.10").ToArray(), ends);
    }

    [TestMethod]
    [DataRow("--help")]
    [DataRow("iot.test", "A", "-h")]
    public void Help_TellsTheArgumentsWithExamples(params string[] arguments)
    {
        var end = Iotnet.Run(["run", "Nslookup", "--", .. arguments]);

        Assert.AreEqual(0, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Output, "NAME [TYPE=A] [--server ADDRESS[:PORT]] [--tcp] [--timeout MS]");
        StringAssert.Contains(end.Output, "examples:\n  Nslookup example.com\n");
    }

    [TestMethod]
    public void Nslookup_WithoutAServerThere_SaysThatItIsRefused()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var end = Iotnet.Run("run", "Nslookup", "--", "iot.test", "A", "--tcp", "--server", $"{taken.LocalEndPoint}");

        Assert.AreEqual(1, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Error, $"no usable answer from {taken.LocalEndPoint} within 10000 ms (the peer refused the connection)");
    }

    [TestMethod]
    public void Nslookup_OfAnAddress_AsksForItsName()
    {
        using var server = new NameServer();

        var end = Ask(server, "host", "192.0.2.7");

        Assert.AreEqual(0, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Output.ToLowerInvariant(), "7.2.0.192.in-addr.arpa 300 ptr iot.test");
    }

    [TestMethod]
    [DataRow("host")]
    [DataRow("esp32")]
    public void Nslookup_OfNoName_EndsWith1AndSaysWhatToDo(string board)
    {
        using var server = new NameServer();

        var end = Ask(server, board, "missing.test", "AAAA");

        Assert.AreEqual(1, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Error, "missing.test AAAA: there is no such name. Check its spelling.");
    }

    [TestMethod]
    public void Nslookup_WithoutAnAnswer_EndsInTimeAndSaysWhatToDo()
    {
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var end = Iotnet.Run("run", "Nslookup", "--", "iot.test", "A", "--server", $"{silent.LocalEndPoint}", "--timeout", "200");

        Assert.AreEqual(1, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Error, $"no usable answer from {silent.LocalEndPoint} within 200 ms");
        StringAssert.Contains(end.Error, "--server");
    }

    [TestMethod]
    [DataRow("Expected NAME [TYPE=A]")]
    [DataRow("--help tells more")]
    [DataRow("found '--udp'", "--udp", "iot.test")]
    [DataRow("Expected a type (A, AAAA", "iot.test", "65536")]
    [DataRow("--server: Servers[0]: expected the address and port of a server, such as 192.0.2.53:53, not 0.0.0.0:53.", "iot.test", "--server", "0.0.0.0")]
    [DataRow("Expected a type (A, AAAA", "iot.test", "B")]
    [DataRow("--server expects ADDRESS or ADDRESS:PORT", "iot.test", "--server", "nowhere")]
    [DataRow("--timeout expects milliseconds", "iot.test", "--timeout", "0")]
    [DataRow("Expected a value after --timeout", "iot.test", "--timeout")]
    [DataRow("found 'c'", "iot.test", "A", "c")]
    public void Arguments_ThatAreWrong_EndWith2(string expected, params string[] arguments)
    {
        var end = Iotnet.Run(["run", "Nslookup", "--", .. arguments]);

        Assert.AreEqual(2, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Error, expected);
    }

    // An emulated board reaches this machine's loopback as 10.0.2.2.
    private static Outcome Ask(NameServer server, string board, params string[] question) => Iotnet.Run(
        ["run", "Nslookup", "--board", board, "--", .. question, "--server", $"{(board == "host" ? "127.0.0.1" : "10.0.2.2")}:{server.Port}"]);

    /// <summary>Answers every question but those for names that begin with "missing", by UDP and TCP.</summary>
    private sealed class NameServer : IDisposable
    {
        private readonly Socket _socket;
        private readonly Socket _listener;
        private readonly Thread[] _threads;
        private int _byUdp;
        private int _byTcp;

        public NameServer()
        {
            (_socket, _listener) = BindBoth();
            _listener.Listen();
            _threads = [new Thread(() => UntilClosed(ServeUdp)), new Thread(() => UntilClosed(ServeTcp))];
            Array.ForEach(_threads, t => t.Start());
        }

        public string Asked => $"{_byUdp} by UDP, {_byTcp} by TCP";

        public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

        public void Dispose()
        {
            _socket.Close();
            _listener.Close();
            Array.ForEach(_threads, t => t.Join());
        }

        // TCP's port is of the system's choice; where UDP has it in use, another one is chosen.
        private static (Socket Udp, Socket Tcp) BindBoth()
        {
            for (var tries = 0; ; tries++)
            {
                var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                try
                {
                    tcp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
                    udp.Bind(tcp.LocalEndPoint!);
                    return (udp, tcp);
                }
                catch (SocketException) when (tries < 20)
                {
                    tcp.Close();
                    udp.Close();
                }
            }
        }

        private void ServeUdp()
        {
            var query = new byte[1500];
            EndPoint client = new IPEndPoint(IPAddress.Any, 0);
            while (true)
            {
                var length = _socket.ReceiveFrom(query, ref client);
                Interlocked.Increment(ref _byUdp);
                _socket.SendTo(Answer(query[..length]), client);
            }
        }

        // RFC 7766 8: two bytes of length before each message.
        private void ServeTcp()
        {
            while (true)
            {
                using var client = _listener.Accept();
                client.ReceiveTimeout = 10_000;
                using var stream = new NetworkStream(client);
                var size = new byte[2];
                stream.ReadExactly(size);
                var query = new byte[(size[0] << 8) | size[1]];
                stream.ReadExactly(query);
                Interlocked.Increment(ref _byTcp);
                var answer = Answer(query);
                stream.Write([(byte)(answer.Length >> 8), (byte)answer.Length, .. answer]);
            }
        }

        private static void UntilClosed(Action serve)
        {
            try
            {
                serve();
            }
            catch (SocketException)
            {
                // Closed: the test is over.
            }
            catch (ObjectDisposedException)
            {
                // Likewise.
            }
        }

        // RFC 1035 4.1: the header and the question as they came, and one record that points back to the question's name.
        private static byte[] Answer(byte[] query)
        {
            var end = Array.IndexOf(query, (byte)0, 12) + 5;
            var isMissing = query[12] == 7;
            byte[] header = [query[0], query[1], 0x85, (byte)(isMissing ? 0x83 : 0x80), 0, 1, 0, (byte)(isMissing ? 0 : 1), 0, 0, 0, 0];
            byte[] data = (query[end - 4], query[end - 3]) switch
            {
                (255, 0) => [0, 0x12, 0xFF],
                (0, 6) => [2, (byte)'n', (byte)'s', 3, (byte)'i', (byte)'o', (byte)'t', 0, 3, (byte)'a', (byte)'d', (byte)'m', 3, (byte)'i', (byte)'o', (byte)'t', 0,
                    0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 255, 255, 255, 255],
                (0, 1) => [192, 0, 2, 7],
                (0, 12) => [3, (byte)'i', (byte)'o', (byte)'t', 4, (byte)'t', (byte)'e', (byte)'s', (byte)'t', 0],
                _ => [3, (byte)'a', (byte)'"', (byte)'b'],
            };
            byte[] record = [0xC0, 12, query[end - 4], query[end - 3], 0, 1, 0, 0, 1, 44, 0, (byte)data.Length, .. data];
            return [.. header, .. query[12..end], .. isMissing ? [] : record];
        }
    }
}
