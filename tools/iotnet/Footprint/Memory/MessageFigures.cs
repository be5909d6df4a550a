using System.Text;
using NetSocket = System.Net.Sockets.Socket;

namespace IoTNet.Cli;

/// <summary>What the connections of a message socket take.</summary>
internal static class MessageFigures
{
    // RFC 37: the greeting of ZMTP 3.1 with the mechanism NULL, a READY that names a DEALER, and a PING without context, whose
    // answer says that the connection is linked.
    private static readonly byte[] s_hello =
    [
        0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 1, .. Encoding.ASCII.GetBytes("NULL".PadRight(20, '\0')), 0, .. new byte[31],
        4, 28, .. "\u0005READY\u000BSocket-Type\0\0\0\u0006DEALER"u8,
        4, 7, .. "\u0004PING\0\0"u8,
    ];

    private const string AnyPort = "tcp://127.0.0.1:*";

    private static readonly byte[] s_pong = [4, 5, .. "\u0004PONG"u8];

    /// <summary>Connections that a DEALER has accepted: no message has come or gone.</summary>
    public static MemoryFigure Connections(NetworkStack stacks)
    {
        using var context = new MessageContext(stacks);
        var socket = new MessageSocket(context, MessageSocketType.Dealer);
        List<NetSocket> clients = [];
        HeapUse Walk()
        {
            // A PONG is on its way before the loop is through with its session. It has been when it has done something else.
            socket.Bind(AnyPort);
            socket.Disconnect(socket.LastEndpoint);

            // Peers that came are taken in by the next call.
            _ = socket.Events;
            return HeapWalk.Of(stacks, socket);
        }

        try
        {
            socket.Bind(AnyPort);
            var port = int.Parse(socket.LastEndpoint.AsSpan(socket.LastEndpoint.LastIndexOf(':') + 1));
            Connect(port, clients, 1);
            var one = Walk();
            Connect(port, clients, 1 + MemoryFigure.Further);
            return MemoryFigure.Of("messageConnection", "a message socket's connection, idle", Walk().Beyond(one));
        }
        finally
        {
            clients.ForEach(c => c.Dispose());
            socket.Close();
        }
    }

    private static void Connect(int port, List<NetSocket> clients, int total)
    {
        while (clients.Count < total)
        {
            var client = MemoryFigure.ConnectTo(port);
            clients.Add(client);
            client.Send(s_hello);
            AwaitPong(client);
        }
    }

    private static void AwaitPong(NetSocket client)
    {
        var received = new byte[256];
        var count = 0;
        while (!received.AsSpan(0, count).EndsWith(s_pong))
        {
            var more = client.Receive(received, count, received.Length - count, System.Net.Sockets.SocketFlags.None);
            count += more > 0 ? more : throw new InvalidOperationException("a message socket did not answer a PING");
        }
    }
}
