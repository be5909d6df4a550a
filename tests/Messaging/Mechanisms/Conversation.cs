namespace IoTNet.Tests.Messaging;

/// <summary>Two mechanisms that talk in memory. Commands are read and written in the middle of larger arrays, and what is beside
/// them must stay as it is.</summary>
internal sealed class Conversation(Mechanism client, Mechanism server)
{
    private const int Margin = 11;
    private const byte Untouched = 0xEE;

    public Mechanism Client => client;

    public Mechanism Server => server;

    /// <summary>What the sides have said, one command after the other.</summary>
    public List<byte[]> Said { get; } = [];

    /// <summary>The next command of a side; empty when it has nothing to say.</summary>
    public static byte[] Next(Mechanism mechanism)
    {
        byte[] buffer = Bytes.Filled(Mechanism.MaxCommandBytes + (2 * Margin), Untouched);
        int length = mechanism.Next(buffer, Margin);
        AssertUntouched(buffer, length);
        return buffer[Margin..(Margin + length)];
    }

    /// <summary>Gives a command to a side.</summary>
    public static bool Take(Mechanism mechanism, byte[] command)
    {
        byte[] buffer = Surround(command);
        bool isGood = mechanism.Take(buffer, Margin, command.Length);
        AssertUntouched(buffer, command.Length);
        return isGood;
    }

    /// <summary>Gives a command to a side that refuses it, and is then deaf and dumb.</summary>
    public static void AssertRefused(Mechanism mechanism, byte[] command, string message = "")
    {
        Assert.IsFalse(Take(mechanism, command), message);
        Assert.IsNotNull(mechanism.Failure, message);
        Assert.IsFalse(mechanism.IsDone, message);
        Assert.IsEmpty(Next(mechanism), message);
    }

    public static byte[] Seal(Mechanism mechanism, int flags, byte[] body)
    {
        byte[] source = Surround(body);
        byte[] target = Bytes.Filled(body.Length + mechanism.SealBytes + (2 * Margin), Untouched);
        int length = mechanism.Encode(flags, source, Margin, body.Length, target, Margin);
        Assert.AreEqual(body.Length + mechanism.SealBytes, length);
        AssertUntouched(target, length);
        Bytes.AssertEqual(Surround(body), source);
        return target[Margin..(Margin + length)];
    }

    /// <summary>Opens a sealed frame; null when it is refused.</summary>
    public static byte[]? Open(Mechanism mechanism, byte[] frame, out int flags)
    {
        byte[] buffer = Surround(frame);
        int length = mechanism.Decode(buffer, Margin, frame.Length, out flags, out int body);
        AssertUntouched(buffer, frame.Length);
        return length < 0 ? null : buffer[body..(body + length)];
    }

    /// <summary>Lets the sides talk, but for the last commands of those that a handshake has.</summary>
    /// <param name="commands">How many to let through.</param>
    public Conversation Talk(int commands = 4)
    {
        while (Said.Count < commands)
        {
            Mechanism from = Said.Count % 2 == 0 ? Client : Server;
            Said.Add(Next(from));
            Assert.IsNotEmpty(Said[^1], from.Failure ?? "nothing to say");
            Assert.IsTrue(Take(from == Client ? Server : Client, Said[^1]), Client.Failure ?? Server.Failure);
        }

        return this;
    }

    /// <summary>Lets the sides talk up to a command, and gives it and the side that is to take it.</summary>
    /// <param name="command">Its number, from 0 to 3.</param>
    public (byte[] Command, Mechanism Taker) TalkUpTo(int command)
    {
        Talk(command);
        return (Next(command % 2 == 0 ? Client : Server), command % 2 == 0 ? Server : Client);
    }

    private static byte[] Surround(byte[] bytes) => [.. Bytes.Filled(Margin, Untouched), .. bytes, .. Bytes.Filled(Margin, Untouched)];

    private static void AssertUntouched(byte[] buffer, int length)
    {
        Bytes.AssertEqual(Bytes.Filled(Margin, Untouched), buffer[..Margin], "written in front");
        Bytes.AssertEqual(Bytes.Filled(Margin, Untouched), buffer[(Margin + length)..(Margin + length + Margin)], "written behind");
    }
}
