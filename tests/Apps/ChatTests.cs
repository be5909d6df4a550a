using System.Text;

namespace IoTNet.Apps.Tests;

/// <summary>The chat on a board in memory; the test's own thread runs the loop.</summary>
[TestClass]
public class ChatTests
{
    private const int Rounds = 100_000;

    private readonly LoopbackStack _stack = new();

    [TestMethod]
    public void Member_ThatDoesNotRead_IsDroppedAndTheOthersGoOn()
    {
        NetworkStack.Use(_stack);
        using (EventLoop loop = new())
        {
            ChatServer chat = new(loop, new ChatOptions { Uri = "tcp://127.0.0.1:0" }, _ => { });
            using var slow = Join(loop, chat, "slow");
            using var writer = Join(loop, chat, "writer");
            var line = Encoding.ASCII.GetBytes(new string('x', 200) + "\n");

            Hear(loop, writer, "slow was too slow\n", () => writer.TrySend(line, 0, line.Length, SocketFlags.DontWait));

            Hear(loop, writer, "writer\n", Once(writer, "\n/who\n"));
            Hear(loop, slow, null, () => { });
            chat.Close();
        }

        Assert.AreEqual(0, _stack.OpenSockets, "sockets left open");
    }

    private static Socket Join(EventLoop loop, ChatServer chat, string name)
    {
        Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _ = client.TryConnect(chat.LocalEndPoint, 0);
        Hear(loop, client, "Your name?\n", () => { });
        Hear(loop, client, $"Welcome, {name}\n", Once(client, name + "\n"));
        return client;
    }

    // What a client does besides listening: says something, when there is room for it.
    private static Action Once(Socket client, string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        var sent = 0;
        return () => sent += sent == bytes.Length ? 0 : Math.Max(client.TrySend(bytes, sent, bytes.Length - sent, SocketFlags.DontWait), 0);
    }

    // Until a text comes; null: until the connection is over.
    private static void Hear(EventLoop loop, Socket client, string? text, Action meanwhile)
    {
        var heard = "";
        var buffer = new byte[4096];
        for (var round = 0; round < Rounds; round++)
        {
            meanwhile();
            loop.RunOnce(0);
            var count = client.TryReceive(buffer, 0, buffer.Length, SocketFlags.DontWait);
            if (count > 0)
            {
                heard += Encoding.ASCII.GetString(buffer, 0, count);
            }

            if (text == null ? count == 0 || count == -(int)Errno.ECONNRESET : heard.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"expected {text ?? "the end"}, heard {heard}");
    }
}
