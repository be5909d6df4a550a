using System.Net.Sockets;
using System.Reflection;
using System.Text;

namespace IoTNet.Tests.Messaging;

/// <summary>What a peer can make a socket hold.</summary>
[TestClass]
public class BoundTests
{
    private static readonly byte[] s_hello =
        [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 0, .. "NULL"u8, .. new byte[48],
        4, 26, 5, .. "READY"u8, 11, .. "Socket-Type"u8, 0, 0, 0, 4, .. "PUSH"u8];

    [TestMethod]
    public void Message_OfEndlessFrames_EndsTheConnection()
    {
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull, o => o.MaxMessageBytes = 10_000);
        using SocketMonitor monitor = new(pull);
        pull.Bind("tcp://127.0.0.1:*");
        using TcpClient peer = Connect(pull);
        byte[] frame = [1, 100, .. new byte[100]];

        // Just within the limit, its last frame included.
        for (int i = 0; i < 97; i++)
        {
            peer.GetStream().Write(frame);
        }

        peer.GetStream().Write([0, 100, .. new byte[100]]);
        Assert.HasCount(98, pull.ReceiveFrames());
        try
        {
            while (true)
            {
                peer.GetStream().Write(frame);
            }
        }
        catch (IOException)
        {
            // The end of it.
        }

        SocketEvent? happened;
        do
        {
            Assert.IsTrue(monitor.TryTake(World.PatienceMs, out happened));
        }
        while (happened.Kind != SocketEventKind.Disconnected);
        Assert.Contains("MaxMessageBytes", happened.Detail);
    }

    [TestMethod]
    public void Peers_ThatCameAndWent_AreForgottenAlsoWhenTheSocketIsIdle()
    {
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull);
        using SocketMonitor monitor = new(pull, 1000);
        pull.Bind("tcp://127.0.0.1:*");
        for (int i = 0; i < 20; i++)
        {
            using TcpClient peer = Connect(pull);
            if (i == 10)
            {
                peer.GetStream().Write([0, 5, .. "still"u8]);
            }
        }

        for (int closed = 0; closed < 20;)
        {
            Assert.IsTrue(monitor.TryTake(World.PatienceMs, out SocketEvent happened));
            closed += happened.Kind == SocketEventKind.Closed ? 1 : 0;
        }

        object events = Field(pull, "_events");
        int waiting = 0;
        for (object? peer = Field(events, "_first"); peer != null; peer = ((Peer)peer).NextWithEvents)
        {
            waiting++;
        }

        // The one that left something.
        Assert.AreEqual(1, waiting);
        Assert.AreEqual("still", pull.ReceiveText());
    }

    private static object Field(object of, string name) =>
        of.GetType().GetField(name, BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(of)!;

    private static TcpClient Connect(MessageSocket socket)
    {
        TcpClient client = new("127.0.0.1", int.Parse(socket.LastEndpoint[(socket.LastEndpoint.LastIndexOf(':') + 1)..]));
        client.GetStream().Write(s_hello);
        byte[] theirs = new byte[64 + 28];
        client.GetStream().ReadExactly(theirs);
        Assert.Contains("PULL", Encoding.ASCII.GetString(theirs));
        return client;
    }
}
