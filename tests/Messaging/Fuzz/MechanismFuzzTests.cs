using System.Text;

namespace IoTNet.Tests.Messaging.Fuzz;

/// <summary>Mutated commands of the handshakes, and mutated sealed messages: nobody is let in by them, and nothing throws.</summary>
[TestClass]
public class MechanismFuzzTests
{
    private static readonly string[] s_names = ["HELLO", "WELCOME", "INITIATE", "READY"];

    [TestMethod]
    public void Null_OfMutatedCommands_TakesWhatIsGood()
    {
        Fuzzer fuzzer = new();
        MessageSocketType[] types = Enum.GetValues<MessageSocketType>();
        byte[][] corpus =
        [
            .. types.Select(type => Reference.Command("READY", Metadata.Write(type, [65, 66]))),
            Reference.Command("ERROR", 3, 65, 66, 67),
        ];
        int taken = 0;
        fuzzer.Run(
            Inputs.NullHandshakes,
            () => fuzzer.Mutate(fuzzer.Pick(corpus)),
            input =>
            {
                MessageSocketType type = fuzzer.Pick(types);
                Mechanism mechanism = MessageSecurity.Null.Open(type, []);
                bool spokeFirst = fuzzer.Random.Next(2) == 0;
                if (spokeFirst)
                {
                    Assert.IsNotEmpty(Conversation.Next(mechanism));
                }

                bool isGood = Conversation.Take(mechanism, input);
                Assert.AreEqual(Reference.IsGood("READY", input, type), isGood);
                Assert.AreEqual(isGood, mechanism.Failure == null);
                Assert.AreEqual(isGood && spokeFirst, mechanism.IsDone);
                Assert.IsTrue(isGood || mechanism.Failure!.Length < 400, "a reason has an end");
                taken += isGood ? 1 : 0;
            });
        Assert.IsInRange(Inputs.NullHandshakes / 200, Inputs.NullHandshakes / 2, taken, $"seed {fuzzer.Seed}");
    }

    [TestMethod]
    public void Plain_OfMutatedCommands_LetsNobodyIn()
    {
        Fuzzer fuzzer = new();
        int number = 0;
        Check(fuzzer, Inputs.PlainHandshakes, () => NewPlain().TalkUpTo(number = fuzzer.Random.Next(4)), () => number, (original, input) =>
            number < 2 ? original.AsSpan().SequenceEqual(input) : Reference.IsGood(s_names[number], input, MessageSocketType.Pair));
    }

    [TestMethod]
    public void Curve_OfMutatedCommands_LetsNobodyIn()
    {
        Fuzzer fuzzer = new();
        int number = 0;
        Check(fuzzer, Inputs.CurveHandshakes, () => Curves.New().TalkUpTo(number = fuzzer.Random.Next(4)), () => number, (original, input) =>
            original.AsSpan().SequenceEqual(input));
    }

    [TestMethod]
    public void CurveMessages_Mutated_AreRefused()
    {
        Fuzzer fuzzer = new();
        Conversation talk = Curves.New().Talk();
        byte[] original = [];
        byte[] plain = [];
        int good = 0;
        fuzzer.Run(
            Inputs.CurveMessages,
            () =>
            {
                plain = new byte[fuzzer.Random.Next(40)];
                fuzzer.Random.NextBytes(plain);
                original = Conversation.Seal(talk.Client, fuzzer.Random.Next(2), plain);
                return fuzzer.Mutate(original);
            },
            input =>
            {
                byte[]? opened = Conversation.Open(talk.Server, input, out _);
                bool isGood = original.AsSpan().SequenceEqual(input);
                Assert.AreEqual(isGood, opened != null);
                Assert.IsTrue(!isGood || opened!.AsSpan().SequenceEqual(plain));
                good += isGood ? 1 : 0;
            });
        Assert.IsInRange(Inputs.CurveMessages / 20, Inputs.CurveMessages / 5, good, $"seed {fuzzer.Seed}");
    }

    private static void Check(
        Fuzzer fuzzer, int inputs, Func<(byte[] Command, Mechanism Taker)> begin, Func<int> number, Func<byte[], byte[], bool> isGood)
    {
        byte[] original = [];
        Mechanism? taker = null;
        int taken = 0;
        int[] refused = new int[4];
        fuzzer.Run(
            inputs,
            () =>
            {
                (original, taker) = begin();
                // Now and then the peer says no; and never is that a yes.
                return fuzzer.Mutate(fuzzer.Random.Next(20) == 0 ? Reference.Command("ERROR", 3, 52, 48, 48) : original);
            },
            input =>
            {
                if (isGood(original, input))
                {
                    Assert.IsTrue(Conversation.Take(taker!, input), taker!.Failure);
                    taken++;
                }
                else
                {
                    Conversation.AssertRefused(taker!, input);
                    // Nor does it listen to the right one any more.
                    Assert.IsFalse(Conversation.Take(taker!, original));
                    Assert.IsFalse(taker!.IsDone);
                    refused[number()]++;
                }
            });
        Assert.IsTrue(taken > inputs / 50 && refused.Min() > inputs / 10, $"seed {fuzzer.Seed}: {taken} taken, {string.Join(", ", refused)} refused");
    }

    private static Conversation NewPlain() => new(
        new PlainClientSecurity("admin", "sesame").Open(MessageSocketType.Pair, []),
        new PlainServerSecurity((name, password) => name == "admin" && password == "sesame").Open(MessageSocketType.Pair, []));
}
