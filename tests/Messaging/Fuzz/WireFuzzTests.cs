using System.Text;

namespace IoTNet.Tests.Messaging.Fuzz;

/// <summary>Mutated greetings, frame headers, metadata and commands at the parsers.</summary>
[TestClass]
public class WireFuzzTests
{
    private static readonly byte[][] s_metadata =
    [
        Metadata.Write(MessageSocketType.Push, []),
        Metadata.Write(MessageSocketType.Dealer, Encoding.ASCII.GetBytes("sensor-7")),
        Metadata.Write(MessageSocketType.Router, new byte[255].Select(_ => (byte)7).ToArray()),
        [.. Metadata.Write(MessageSocketType.Req, [1]), 5, .. Encoding.ASCII.GetBytes("X-Any"), 0, 0, 0, 3, 1, 2, 3],
    ];

    private static readonly byte[][] s_commands =
    [
        Reference.Command("ERROR", [4, .. Encoding.ASCII.GetBytes("busy")]),
        Reference.Command("PING", 0, 10, 1, 2, 3),
        Reference.Command("PONG", 1, 2, 3),
        Reference.Command("SUBSCRIBE", 65, 66),
        Reference.Command("CANCEL", 65, 66),
        Reference.Command("READY", Metadata.Write(MessageSocketType.Pair, [])),
    ];

    [TestMethod]
    public void Inputs_OfAllTests_AreAMillion() => Assert.AreEqual(
        1_000_000,
        typeof(Inputs).GetFields().Sum(field => (int)field.GetRawConstantValue()!));

    [TestMethod]
    public void Greeting_Mutated_IsJudgedTheSameAtEveryPoint()
    {
        Fuzzer fuzzer = new();
        byte[][] good = [Reference.Greeting("NULL"), Reference.Greeting("PLAIN", true), Reference.Greeting("CURVE")];
        int taken = 0;
        fuzzer.Run(
            Inputs.Greetings,
            () => [.. fuzzer.Mutate(fuzzer.Pick(good)), .. new byte[Greeting.Bytes]],
            input =>
            {
                byte[] greeting = input[..Greeting.Bytes];
                string whole = Greeting.Check(greeting, Greeting.Bytes);
                bool isGood = greeting[0] == 0xFF && greeting[9] == 0x7F && greeting[10] >= 3;
                Assert.AreEqual(isGood, whole == null);
                int split = fuzzer.Random.Next(Greeting.Bytes);
                string part = Greeting.Check(greeting[..split], split);
                Assert.IsTrue(part == null ? split <= 10 || isGood : part == whole, $"{split}: {part}");

                string name = Greeting.MechanismName(greeting);
                Assert.IsTrue(name.Length <= 20 && name.All(c => c is > ' ' and < '\x7F'), name);
                Assert.AreEqual(greeting.AsSpan(12, 20).SequenceEqual(good[0].AsSpan(12, 20)), Greeting.HasMechanism(greeting, "NULL"));
                Assert.AreEqual(greeting[10] == 3 && greeting[11] == 0, Greeting.IsVersion30(greeting));
                Assert.AreEqual((greeting[32] & 1) != 0, Greeting.IsServer(greeting));
                taken += isGood ? 1 : 0;
            });
        Assert.IsInRange(Inputs.Greetings / 10, Inputs.Greetings * 9 / 10, taken, $"seed {fuzzer.Seed}");
    }

    [TestMethod]
    public void Header_Mutated_IsReadAsTheRfcSays()
    {
        Fuzzer fuzzer = new();
        byte[][] good = [[0, 5], [1, 255], [4, 9], [2, 0, 0, 0, 0, 0, 0, 1, 0], [3, 0, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF], [6, 0, 0, 0, 0, 0x80, 0, 0, 0]];
        int whole = 0, none = 0;
        fuzzer.Run(
            Inputs.Headers,
            () => fuzzer.Mutate(fuzzer.Pick(good)),
            input =>
            {
                (int Header, int Flags, int Size) read = Poisoned.Parse(input, (buffer, offset) =>
                    (FrameHeader.Read(buffer, offset, input.Length, out int flags, out int size), flags, Math.Max(size, -1)));
                (int Header, int Flags, int Size) expected = Reference.Header(input);
                Assert.AreEqual(expected.Header, read.Header);
                if (expected.Header > 0)
                {
                    Assert.AreEqual(expected, read);
                    whole++;
                }

                none += expected.Header < 0 ? 1 : 0;
            });
        Assert.IsTrue(whole > Inputs.Headers / 5 && none > Inputs.Headers / 10, $"seed {fuzzer.Seed}: {whole} whole, {none} none");
    }

    [TestMethod]
    public void Metadata_Mutated_AreReadAsTheRfcSays()
    {
        Fuzzer fuzzer = new();
        int good = 0;
        fuzzer.Run(
            Inputs.Metadata,
            () => fuzzer.Mutate(fuzzer.Pick(s_metadata)),
            input =>
            {
                (int, string)? read = Poisoned.Parse<(int, string)?>(input, (buffer, offset) =>
                    Metadata.Read(buffer, offset, input.Length) is { } metadata
                        ? (metadata.SocketType, Convert.ToHexString(metadata.Identity)) : null);
                Assert.AreEqual(Reference.Metadata(input), read);
                good += read != null ? 1 : 0;
            });
        Assert.IsInRange(Inputs.Metadata / 10, Inputs.Metadata * 9 / 10, good, $"seed {fuzzer.Seed}");
    }

    [TestMethod]
    public void Command_Mutated_HasItsNameOrNotAndAReasonForPeople()
    {
        Fuzzer fuzzer = new();
        byte[][] names = [CommandName.Error, CommandName.Ping, CommandName.Pong, CommandName.Subscribe, CommandName.Cancel, CommandName.Ready];
        int named = 0;
        fuzzer.Run(
            Inputs.Commands,
            () => fuzzer.Mutate(fuzzer.Pick(s_commands)),
            input =>
            {
                byte[]? name = names.SingleOrDefault(n => input.AsSpan().StartsWith(n));
                named += name != null ? 1 : 0;
                foreach (byte[] candidate in names)
                {
                    Assert.AreEqual(candidate == name, Poisoned.Parse(input, (b, at) => CommandName.Is(candidate, b, at, input.Length)));
                }

                if (name == CommandName.Error)
                {
                    string reason = Poisoned.Parse(input, (b, at) => CommandName.ErrorReason(b, at, input.Length));
                    Assert.IsTrue(reason.Length <= Math.Max(0, input.Length - name.Length - 1) && reason.All(c => c is >= ' ' and < '\x7F'), reason);
                    byte[] again = new byte[512];
                    Assert.IsLessThanOrEqualTo(name.Length + 1 + 255, CommandName.WriteError(reason, again, 0));
                }
            });
        Assert.IsInRange(Inputs.Commands / 10, Inputs.Commands * 9 / 10, named, $"seed {fuzzer.Seed}");
    }
}
