using System.Text;

namespace IoTNet.Tests.Messaging.Interop;

/// <summary>A socket, ours or libzmq's, so that a test can be written once for both directions.</summary>
internal interface IEnd
{
    /// <summary>As libzmq names it: "PUSH".</summary>
    string Type { get; }

    /// <summary>Binds; the endpoint with the port that was chosen.</summary>
    string Bind(string endpoint);

    void Connect(string endpoint);

    void Subscribe(string prefix, bool add);

    /// <summary>Sends a message; a ROUTER that is mandatory waits for its peer to come.</summary>
    void Send(params byte[][] frames);

    /// <summary>Receives a message; null when none comes in time.</summary>
    byte[][]? TryReceive(int timeoutMs);

    static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}

internal static class EndExtensions
{
    // How long one try lasts where a message is sent again and again until one arrives.
    private const int TryMs = 50;

    public static byte[][] Receive(this IEnd end) =>
        end.TryReceive(World.PatienceMs) ?? throw new AssertFailedException("Nothing came to the " + end.Type + ".");

    public static void SendText(this IEnd end, params string[] frames) => end.Send(frames.Select(IEnd.Bytes).ToArray());

    /// <summary>Receives a message; its frames, with a bar between them.</summary>
    public static string ReceiveText(this IEnd end) => Text(end.Receive());

    /// <summary>Sends a message again and again until it arrives.</summary>
    public static void SendUntilItArrives(this IEnd from, IEnd to, params string[] frames)
    {
        long endMs = Environment.TickCount64 + World.PatienceMs;
        while (true)
        {
            from.SendText(frames);
            byte[][]? received = to.TryReceive(TryMs);
            if (received != null && Text(received).EndsWith(string.Join('|', frames), StringComparison.Ordinal))
            {
                return;
            }

            Assert.IsLessThan(endMs, Environment.TickCount64, from.Type + " to " + to.Type + ": nothing arrived");
        }
    }

    /// <summary>Receives until a message is there, past those that were sent before it more often than once.</summary>
    public static void ReceiveUntil(this IEnd end, string text, string past)
    {
        string received = past;
        while (received == past)
        {
            received = end.ReceiveText();
        }

        Assert.AreEqual(text, received);
    }

    /// <summary>Receives what a subscriber asks for, past another one. libzmq tells a new connection its subscriptions when its
    /// application next calls the socket; ours tells them at once.</summary>
    public static string ReceiveSubscription(this IEnd publisher, IEnd subscriber, string past = "")
    {
        long endMs = Environment.TickCount64 + World.PatienceMs;
        while (true)
        {
            byte[][]? received = publisher.TryReceive(TryMs);
            if (received != null && Text(received) != past)
            {
                return Text(received);
            }

            Assert.IsLessThan(endMs, Environment.TickCount64, "no subscription of the " + subscriber.Type + " came");
            if (subscriber is ZmqSocket)
            {
                Assert.IsNull(subscriber.TryReceive(0));
            }
        }
    }

    private static string Text(byte[][] frames) => string.Join('|', frames.Select(Encoding.UTF8.GetString));
}
