using System.Collections;

namespace IoTNet.Tests.SocketIO.Interop;

/// <summary>A server of ours that does what the peers' tasks ask for.</summary>
internal static class TestServer
{
    public static SocketIOServer Start(World world, Action<SocketIOServerOptions>? set = null)
    {
        SocketIOServer io = world.Serve(set);
        io.Connection += socket => Lead(io, socket);
        io.Of("/admin").Connection += socket => Lead(io, socket);
        SocketIONamespace secret = io.Of("/secret");
        secret.Use((socket, next) => next());
        secret.Use((socket, next) => next(socket.Handshake.GetAuth("token") == "right"
            ? null
            : new SocketIOException("unauthorized", new Hashtable { ["code"] = 7L })));
        secret.Connection += socket => socket.On("name", (s, args) => args.Ack(s.Handshake.GetAuth("name")));
        return io;
    }

    private static void Lead(SocketIOServer io, SocketIOSocket socket)
    {
        socket.Disconnected += (s, reason) => io.Emit("left", s.Id, reason);
        socket.On("who", (s, args) => args.Ack(new Hashtable { ["path"] = s.Namespace.Name, ["id"] = s.Id, ["agent"] = "yes" }));
        socket.On("query", (s, args) => args.Ack(s.Handshake.GetQuery(args.GetString(0))));
        socket.On("transport", (s, args) => args.Ack(s.IsPolling ? "polling" : "websocket"));
        socket.On("echo", (s, args) => args.Ack(new ArrayList(All(args))));
        socket.On("back", (s, args) => s.Emit("back", All(args)));
        socket.On("café \"x\"\n", (s, args) => s.Emit("café \"x\"\n", All(args)));
        socket.On("number", OnNumber);
        socket.On("ask", (s, args) =>
        {
            SocketIOAck answer = args.KeepAck();
            s.Emit("question", All(args), (got, error) => answer.Send(new ArrayList(All(got))), 9000);
        });
        socket.On("ask later", (s, args) =>
        {
            SocketIOAck answer = args.KeepAck();
            s.Emit("later", (got, error) => answer.Send(got[0]), 9000);
        });
        socket.On("ask never", (s, args) =>
        {
            SocketIOAck answer = args.KeepAck();
            s.Emit("never", (got, error) => answer.Send(error.Errno.ToString()), 30);
        });
        socket.On("kept", (s, args) =>
        {
            SocketIOAck answer = args.KeepAck();
            new LoopTimer(io.Loop, _ => answer.Send("kept"), null).Start(10, 0);
        });
        socket.On("nobody", static (s, args) => { });
        LeadRooms(io, socket);
    }

    private static void LeadRooms(SocketIOServer io, SocketIOSocket socket)
    {
        socket.On("join", (s, args) => { s.Join(args.GetString(0)); args.Ack(); });
        socket.On("leave", (s, args) => { s.Leave(args.GetString(0)); args.Ack(); });
        socket.On("my rooms", (s, args) => args.Ack(new ArrayList(s.GetRooms())));
        socket.On("tell", (s, args) =>
        {
            string how = args.GetString(0);
            SocketIOEmitter to = how switch
            {
                "both" => io.To("red").To("blue"),
                "red not blue" => io.To("red").Except("blue"),
                "others" => s.Broadcast,
                "all" => io,
                "others in blue" => s.To("blue"),
                "volatile" => io.Sockets.Volatile,
                _ => io.To(how.StartsWith("id ", StringComparison.Ordinal) ? how[3..] : how),
            };
            to.Emit("told", args[1]);
            args.Ack();
        });
        socket.On("kick", (s, args) => s.Disconnect(args.GetBoolean(0)));
        socket.On("cut", (s, args) => s.Handshake.Request.Connection.Abort());
    }

    private static readonly SocketIOHandler OnNumber = static (s, args) =>
    {
        s.BeginEmit("number").WriteNumberValue(args.GetInt64(0));
        s.EndEmit();
    };

    public static object[] All(SocketIOArgs args) => [.. Enumerable.Range(0, args.Count).Select(i => args[i])];
}
