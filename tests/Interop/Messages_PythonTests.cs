using System.Collections;
using IoTNet;
using IoTNet.Boards;

namespace Interop.Tests;

/// <summary>The message protocol with a peer in another language: Peers/message_peer.py.</summary>
[TestClass]
public class Messages_PythonTests
{
    [TestMethod]
    public void Server_AskedByPython_AnswersEachKindInWhateverPieces()
    {
        Command.Need("python3");
        NetworkStack.Use(new SystemNetStack());
        var failures = new List<string>();
        var server = new MessageServer(new MessageServerOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Log = failures.Add,
        }, Answer);
        server.Start();
        try
        {
            var seed = Random.Shared.Next();
            var peer = Command.Run("python3",
                [Peer, "client", "127.0.0.1", $"{((IPEndPoint)server.LocalEndPoint).Port}", $"{seed}"]);
            Assert.AreEqual(0, peer.ExitCode, $"seed {seed}: {peer}\n{string.Join('\n', failures)}");
        }
        finally
        {
            server.Stop();
        }

        Assert.AreEqual(13, server.Answered);
        Assert.IsEmpty(failures, string.Join('\n', failures));
    }

    [TestMethod]
    public void Client_AskingPython_GetsEachAnswer()
    {
        Command.Need("python3");
        NetworkStack.Use(new SystemNetStack());
        using var peer = Command.Start("python3", [Peer, "server", "4"]);
        try
        {
            var line = peer.StandardOutput.ReadLine() ?? peer.StandardError.ReadToEnd();
            Assert.StartsWith("listening ", line);
            using var client = new MessageClient(new IPEndPoint(IPAddress.Loopback, int.Parse(line["listening ".Length..])));

            var found = client.Request(Message.FromJson(new Hashtable { ["action"] = "search", ["value"] = "caf\u00e9" }), 20000);
            Assert.AreEqual("No match for 'caf\u00e9'.", ((Hashtable)found.ToJson())["result"]);
            var nothing = client.Request(Message.FromJson(new Hashtable()), 20000);
            Assert.IsEmpty((Hashtable)((Hashtable)nothing.ToJson())["result"]!);
            foreach (var content in new byte[][] { [], [.. "binaryStuff"u8] })
            {
                var answer = client.Request(new Message("binary/custom-client-binary-type", "binary", content), 20000);
                Assert.AreEqual("binary/custom-server-binary-type", answer.ContentType);
                CollectionAssert.AreEqual((byte[])[.. "First 10 bytes of request: "u8, .. content.Take(10)], answer.Content);
            }

            Assert.IsTrue(peer.WaitForExit(20000), "the server did not end after its last answer");
            Assert.AreEqual(0, peer.ExitCode, peer.StandardError.ReadToEnd());
        }
        finally
        {
            Command.End(peer);
        }
    }

    private static string Peer => Path.Combine(AppContext.BaseDirectory, "Peers", "message_peer.py");

    private static Message Answer(Message request) => request.IsJson
        ? Message.FromJson(new Hashtable { ["echo"] = request.ToJson() })
        : new Message("binary/custom-server-binary-type", "binary", request.Content.Reverse().ToArray());
}
