using IoTNet.Emulator;

namespace IoTNet.Tests.Messaging.Boards;

/// <summary>Sockets of the board that the calling code runs on, impatient enough for a test.</summary>
internal static class BoardSockets
{
    public const int Port = 5557;

    // With no more than this, a test that waits for something fails by it and not by the network's patience.
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static MessageSocket Open(MessageSocketType type, Action<MessageSocketOptions>? set = null)
    {
        MessageSocket socket = new(type);
        socket.Options.LingerMs = 0;
        socket.Options.ReconnectMs = 20;
        socket.Options.ReconnectMaxMs = 100;
        // lwIP asks again after 3 s when a SYN is lost.
        socket.Options.ConnectTimeoutMs = 500;
        socket.Options.SendTimeoutMs = (int)Patience.TotalMilliseconds;
        socket.Options.ReceiveTimeoutMs = (int)Patience.TotalMilliseconds;
        set?.Invoke(socket.Options);
        return socket;
    }

    public static string EndpointOf(EmulatedBoard board) => $"tcp://{board.Options.Address}:{Port}";

    public static void WaitUntil(Func<bool> isSo, string what) => Assert.IsTrue(SpinWait.SpinUntil(isSo, Patience), what);
}
