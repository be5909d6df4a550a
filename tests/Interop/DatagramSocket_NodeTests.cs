using System.Text;
using IoTNet;
using IoTNet.Boards;

namespace Interop.Tests;

/// <summary>Our DatagramSocket beside Node's, which it has its calls from.</summary>
[TestClass]
public class DatagramSocket_NodeTests
{
    private const string NotRunning = "ERR_SOCKET_DGRAM_NOT_RUNNING";
    private static readonly byte[] s_x = [(byte)'x'];

    [TestMethod]
    public void Calls_InEveryState_GiveTheSameCodesAsInNode()
    {
        Command.Need("node");
        var node = Command.Run("node", [Peer("dgram_states.js")]);
        Assert.AreEqual(0, node.ExitCode, node.ToString());
        var expected = node.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Amend).ToArray();
        Assert.IsTrue(expected.Length > 130, node.ToString());

        var ours = new States().Run();
        CollectionAssert.AreEqual(expected, ours, "Node alone: " + string.Join(", ", expected.Except(ours)) + "; we alone: " +
            string.Join(", ", ours.Except(expected)));
    }

    [TestMethod]
    public void Send_ToANodeSocket_ComesBack()
    {
        Command.Need("node");
        using var node = Command.Start("node", [Peer("dgram_echo.js")]);
        try
        {
            var line = node.StandardOutput.ReadLineAsync();
            Assert.IsTrue(line.Wait(30_000));
            var port = int.Parse(line.Result!["port ".Length..], System.Globalization.CultureInfo.InvariantCulture);
            using EventLoop loop = Loop();
            DatagramSocket socket = new(loop);
            List<string> seen = [];
            socket.Message += (_, buffer, offset, count, from) => seen.Add(Encoding.UTF8.GetString(buffer, offset, count) + " " + (from.Port == port));
            socket.Send([[1 + 'a'], [], "cd"u8.ToArray()], port, "localhost", null);
            Until(loop, () => seen.Count == 1);
            socket.Send("end"u8.ToArray(), 0, 3, port, null, (_, _) => socket.Close());
            Assert.AreEqual("bcd True", seen[0]);
            Until(loop, () => socket.SendQueueCount == 0);
            Assert.IsTrue(node.WaitForExit(30_000));
        }
        finally
        {
            Command.End(node);
        }
    }

    [TestMethod]
    public void Reply_ToANodeSocket_ComesFromTheServersPort()
    {
        Command.Need("node");
        using EventLoop loop = Loop();
        var sockets = UdpServer.Sockets("127.0.0.1", 0);
        using UdpServer server = new(loop, sockets, (buffer, offset, count, source) => source.Reply(buffer, offset, count));
        var port = ((IPEndPoint)sockets[0].LocalEndPoint).Port;
        var node = Task.Run(() => Command.Run("node", [Peer("dgram_echo.js"), $"{port}"]));
        _ = node.ContinueWith(_ => loop.TryPost(_ => { }, null), TaskScheduler.Default);
        Until(loop, () => node.IsCompleted);
        CollectionAssert.AreEqual(new[] { $"one {port} 3", $"two {port} 3", $"three {port} 5" },
            node.Result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), node.Result.ToString());
    }

    // Where Node fails in its own code (a TypeError without a code), we say what is wrong. The stacks have one word for an
    // interface that is not there.
    private static string Amend(string line) =>
        line.StartsWith("closed ", StringComparison.Ordinal) && line.EndsWith(" undefined", StringComparison.Ordinal)
            ? line[..^"undefined".Length] + NotRunning
            : line.Replace("interface ENODEV", "interface EADDRNOTAVAIL", StringComparison.Ordinal);

    private static string Peer(string name) => Path.Combine(AppContext.BaseDirectory, "Peers", name);

    private static EventLoop Loop() => new(NetworkStack.Use(new SystemNetStack()));

    private static void Until(EventLoop loop, Func<bool> isSo)
    {
        while (!isSo())
        {
            Assert.AreNotEqual(0, loop.RunOnce(30_000), "nothing happened");
        }
    }

    /// <summary>The calls of dgram_states.js.</summary>
    private sealed class States
    {
        private readonly List<string> _lines = [];
        private readonly EventLoop _loop = Loop();

        public string[] Run()
        {
            Calls("unbound", Make());
            var closed = Make();
            closed.Close();
            Calls("closed", closed);
            Say("closed close", closed.Close);
            Say("closed send", () => closed.Send(s_x, 0, 1, 9, "127.0.0.1", null));
            Say("closed bind", () => closed.Bind());
            Say("closed addMembership", () => closed.AddMembership("239.1.2.3"));

            var socket = Make();
            var isBound = false;
            Say("binding bind", () => socket.Bind(0, "127.0.0.1", _ => isBound = true));
            Say("binding bind again", () => socket.Bind());
            Say("binding address", () => socket.Address());
            Until(_loop, () => isBound);

            Calls("bound", socket);
            Memberships(socket);
            var isConnected = false;
            Say("bound bind", () => socket.Bind());
            Say("bound connect", () => socket.Connect(9, "127.0.0.1", (_, _) => isConnected = true));
            Say("connecting connect", () => socket.Connect(9, "127.0.0.1"));
            Say("connecting remoteAddress", () => socket.RemoteAddress());
            Say("connecting disconnect", socket.Disconnect);
            Until(_loop, () => isConnected);

            Say("connected connect", () => socket.Connect(9));
            Say("connected bind", () => socket.Bind());
            Say("connected remoteAddress", () => socket.RemoteAddress());
            Say("connected send", () => socket.Send(s_x, 0, 1, null));
            Say("connected send port", () => socket.Send(s_x, 0, 1, 9, "127.0.0.1", null));
            Say("connected send length", () => socket.Send(s_x, 0, 2, null));
            Say("connected disconnect", socket.Disconnect);
            Say("connected disconnect again", socket.Disconnect);
            Say("disconnected remoteAddress", () => socket.RemoteAddress());
            var holder = Make();
            isBound = false;
            holder.Bind(0, "127.0.0.1", _ => isBound = true);
            Until(_loop, () => isBound);
            Outcomes(holder.Address().Port);
            holder.Close();
            socket.Close();
            _loop.Close();
            return [.. _lines];
        }

        private void Calls(string state, DatagramSocket s)
        {
            Say($"{state} address", () => s.Address());
            Say($"{state} remoteAddress", () => s.RemoteAddress());
            Say($"{state} disconnect", s.Disconnect);
            Say($"{state} setBroadcast", () => s.SetBroadcast(true));
            foreach (var ttl in new[] { 0, 1, 255, 256 })
            {
                Say($"{state} setTTL {ttl}", () => s.SetTTL(ttl));
            }

            foreach (var ttl in new[] { -1, 0, 255, 256 })
            {
                Say($"{state} setMulticastTTL {ttl}", () => s.SetMulticastTTL(ttl));
            }

            Say($"{state} setMulticastLoopback", () => s.SetMulticastLoopback(true));
            Say($"{state} setMulticastInterface", () => s.SetMulticastInterface("127.0.0.1"));
            Say($"{state} setMulticastInterface text", () => s.SetMulticastInterface("abc"));
            Say($"{state} setMulticastInterface foreign", () => s.SetMulticastInterface("192.0.2.1"));
            Say($"{state} getSendBufferSize", () => s.GetSendBufferSize());
            Say($"{state} getRecvBufferSize", () => s.GetRecvBufferSize());
            Say($"{state} setSendBufferSize", () => s.SetSendBufferSize(8192));
            Say($"{state} setRecvBufferSize", () => s.SetRecvBufferSize(8192));
            foreach (var port in new[] { 0, 65536, -1 })
            {
                Say($"{state} send port {port}", () => s.Send(s_x, 0, 1, port, "127.0.0.1", null));
            }

            Say($"{state} send offset", () => s.Send(s_x, 2, 0, 9, "127.0.0.1", null));
            Say($"{state} send length", () => s.Send(s_x, 0, 2, 9, "127.0.0.1", null));
            Say($"{state} send null", () => s.Send((byte[])null!, 0, 1, 9, "127.0.0.1", null));
            Say($"{state} send list null", () => s.Send([null!], 9, "127.0.0.1", null));
            Say($"{state} addMembership none", () => s.AddMembership(null));
            Say($"{state} dropMembership none", () => s.DropMembership(null));
            Say($"{state} connect port 0", () => s.Connect(0));
            Say($"{state} connect port 65536", () => s.Connect(65536));
        }

        private void Memberships(DatagramSocket s)
        {
            Say("group unicast", () => s.AddMembership("1.2.3.4"));
            Say("group text", () => s.AddMembership("abc"));
            Say("group join", () => s.AddMembership("239.1.2.3", "127.0.0.1"));
            Say("group again", () => s.AddMembership("239.1.2.3", "127.0.0.1"));
            Say("group interface", () => s.AddMembership("239.1.2.3", "192.0.2.1"));
            Say("group interface text", () => s.AddMembership("239.1.2.3", "abc"));
            Say("group leave", () => s.DropMembership("239.1.2.3", "127.0.0.1"));
            Say("group leave again", () => s.DropMembership("239.1.2.3", "127.0.0.1"));
            Say("group source", () => s.AddSourceSpecificMembership("127.0.0.1", "232.1.1.1", "127.0.0.1"));
            Say("group source leave", () => s.DropSourceSpecificMembership("127.0.0.1", "232.1.1.1", "127.0.0.1"));
        }

        private void Outcomes(int port)
        {
            Told("bind in use", (s, _) => s.Bind(port, "127.0.0.1"));
            Told("bind foreign", (s, _) => s.Bind(0, "192.0.2.1"));
            Told("bind other family", (s, _) => s.Bind(0, "::1"));
            Told("send other family", (s, told) => s.Send(s_x, 0, 1, 9, "::1", told));
            Told("send broadcast", (s, told) => s.Send(s_x, 0, 1, 9, "255.255.255.255", told));
            Told("send too long", (s, told) => s.Send(new byte[65508], 0, 65508, 9, "127.0.0.1", told));
            Told("send", (s, told) => s.Send(s_x, 0, 1, 9, "127.0.0.1", told));
            Told("send list", (s, told) => s.Send([s_x, s_x], 9, "127.0.0.1", told));
            Told("send empty list", (s, told) => s.Send([], 9, "127.0.0.1", told));
            Told("connect", (s, told) => s.Connect(9, "127.0.0.1", (error, _) => told(error, -1)));
        }

        private void Told(string name, Action<DatagramSocket, DatagramCallback> begin)
        {
            string? outcome = null;
            DatagramCallback told = (error, bytes) => outcome ??= error?.Code ?? (bytes < 0 ? "ok" : $"{bytes}");
            var socket = Make();
            socket.Error += (_, error) => told(error, 0);
            begin(socket, told);
            Until(_loop, () => outcome != null);
            socket.Close();
            _lines.Add($"told {name} {outcome}");
        }

        private void Say(string name, Action call)
        {
            try
            {
                call();
                _lines.Add($"{name} ok");
            }
            catch (DatagramException e)
            {
                _lines.Add($"{name} {e.Code}");
            }
        }

        private DatagramSocket Make()
        {
            DatagramSocket socket = new(_loop);
            socket.Error += (_, _) => { };
            return socket;
        }
    }
}
