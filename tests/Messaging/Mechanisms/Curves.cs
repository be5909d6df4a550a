namespace IoTNet.Tests.Messaging;

/// <summary>A server, a client that it lets in, and their handshakes.</summary>
internal static class Curves
{
    public static CurveKeyPair ServerKeys { get; } = CurveKeyPair.Generate();

    public static CurveKeyPair ClientKeys { get; } = CurveKeyPair.Generate();

    public static Conversation New(MessageSocketType type = MessageSocketType.Pair) => new(NewClient(type), NewServer(type));

    public static Mechanism NewServer(MessageSocketType type = MessageSocketType.Pair) => new CurveServerSecurity(
        ServerKeys, key => key.AsSpan().SequenceEqual(ClientKeys.PublicKey)).Open(type, []);

    public static Mechanism NewClient(MessageSocketType type = MessageSocketType.Pair) => NewClient(ServerKeys.PublicKey, ClientKeys, type);

    public static Mechanism NewClient(byte[] serverKey, CurveKeyPair keys, MessageSocketType type = MessageSocketType.Pair) =>
        new CurveClientSecurity(serverKey, keys).Open(type, [1, 2, 3]);
}
