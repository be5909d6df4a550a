using System.Net.Sockets;

namespace Interop.Tests;

/// <summary>The chat, an app on TcpServer, with the clients that people have.</summary>
[TestClass]
public class Chat_PeersTests
{
    private const string Python = """
        import shutil, socket, sys
        s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 30)
        s.sendall(sys.stdin.buffer.read())
        shutil.copyfileobj(s.makefile("rb"), sys.stdout.buffer)
        """;

    private const string Node = """
        const s = require('net').connect(process.argv[1], '127.0.0.1');
        process.stdin.pipe(s, { end: false });
        s.pipe(process.stdout);
        """;

    [TestMethod]
    [DataRow("nc", "-q5", "127.0.0.1", "PORT")]
    [DataRow("curl", "--silent", "--max-time", "30", "telnet://127.0.0.1:PORT")]
    [DataRow("python3", "-c", Python, "PORT")]
    [DataRow("node", "-e", Node, "PORT")]
    public void Line_OfAPeer_ReachesTheOthers(string program, params string[] arguments)
    {
        Command.Need(program);
        using var server = Iotnet.StartTcp("Chat", "127.0.0.1:0");
        using var other = new TcpClient("127.0.0.1", server.Tcp.Port) { ReceiveTimeout = 30_000, SendTimeout = 30_000 };
        using var stream = other.GetStream();
        using var reader = new StreamReader(stream);
        Assert.AreEqual("Your name?", reader.ReadLine());
        stream.Write("other\n"u8);
        Assert.AreEqual("Welcome, other", reader.ReadLine());

        var peer = Command.Run(program, [.. arguments.Select(a => a.Replace("PORT", $"{server.Tcp.Port}"))], "peer\nhello\n/quit\n");

        Assert.AreEqual("peer joined", reader.ReadLine());
        Assert.AreEqual("peer: hello", reader.ReadLine());
        Assert.AreEqual("peer left", reader.ReadLine());
        StringAssert.Contains(peer.Output, "Welcome, peer\n", peer.ToString());
    }
}
