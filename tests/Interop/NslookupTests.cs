using System.Net;
using System.Net.Sockets;

namespace Interop.Tests;

/// <summary>The app Nslookup against a name server of this test, on this machine and on an emulated board.</summary>
[TestClass]
public class NslookupTests
{
    [TestMethod]
    [DataRow("host", "A", "IoT.Test 300 A 192.0.2.7")]
    [DataRow("esp32", "A", "IoT.Test 300 A 192.0.2.7")]
    [DataRow("host", "TXT", "IoT.Test 300 TXT \"a\\034b\"")]
    public void Nslookup_OfAName_PrintsTheRecord(string board, string type, string expected)
    {
        using var server = new NameServer();

        var end = Ask(server, board, "IoT.Test", type);

        Assert.AreEqual(0, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Error.ToLowerInvariant(), expected.ToLowerInvariant());
    }

    [TestMethod]
    public void Nslookup_OfAnAddress_AsksForItsName()
    {
        using var server = new NameServer();

        var end = Ask(server, "host", "192.0.2.7");

        Assert.AreEqual(0, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Error.ToLowerInvariant(), "7.2.0.192.in-addr.arpa 300 ptr iot.test");
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

    /// <summary>Answers every question but those for names that begin with "missing".</summary>
    private sealed class NameServer : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        private readonly Thread _thread;

        public NameServer()
        {
            _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _thread = new Thread(Serve);
            _thread.Start();
        }

        public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

        public void Dispose()
        {
            _socket.Close();
            _thread.Join();
        }

        private void Serve()
        {
            var query = new byte[1500];
            EndPoint client = new IPEndPoint(IPAddress.Any, 0);
            try
            {
                while (true)
                {
                    var length = _socket.ReceiveFrom(query, ref client);
                    _socket.SendTo(Answer(query[..length]), client);
                }
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
            byte[] data = query[end - 3] switch
            {
                1 => [192, 0, 2, 7],
                12 => [3, (byte)'i', (byte)'o', (byte)'t', 4, (byte)'t', (byte)'e', (byte)'s', (byte)'t', 0],
                _ => [3, (byte)'a', (byte)'"', (byte)'b'],
            };
            byte[] record = [0xC0, 12, 0, query[end - 3], 0, 1, 0, 0, 1, 44, 0, (byte)data.Length, .. data];
            return [.. header, .. query[12..end], .. isMissing ? [] : record];
        }
    }
}
