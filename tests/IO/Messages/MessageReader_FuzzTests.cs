using System.Collections;

namespace IoTNet.IO.Tests;

[TestClass]
public class MessageReader_FuzzTests
{
    private const int Messages = 1_000_000;
    private static readonly byte[][] s_messages =
    [
        .. new[]
        {
            Message.FromJson(new Hashtable { ["action"] = "search", ["value"] = "caf\u00e9 \U0001F436" }),
            Message.FromJson(null),
            new Message("binary/custom-client-binary-type", "binary", []),
            new Message("text/plain", "iso-8859-1", [0, 255, 2, 0]),
        }.Select(MessageWriter.ToBytes),
    ];

    [TestMethod]
    public void Add_OfAMillionMutatedMessages_ThrowsTheDocumentedExceptionOnly()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("IOTNET_SEED"), out var given) ? given : Random.Shared.Next();
        var random = new Random(seed);
        var limits = new MessageLimits { ContentBytes = 64 };
        var message = new byte[512];
        int whole = 0, broken = 0;
        for (var i = 0; i < Messages; i++)
        {
            var length = Mutate(random, message);
            try
            {
                whole += ReadAll(new MessageReader(limits), message, length, random.Next(length + 1));
            }
            catch (MessageException)
            {
                broken++;
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}, message {i}: {Convert.ToHexString(message, 0, length)}: {e}");
            }
        }

        // Else the mutations do not reach the code behind the first check.
        Assert.IsTrue(whole > Messages / 10 && broken > Messages / 10, $"seed {seed}: {whole} whole, {broken} broken");
    }

    // In two pieces, as a stream gives them. How many messages came.
    private static int ReadAll(MessageReader reader, byte[] bytes, int length, int split)
    {
        var messages = 0;
        for (var at = 0; at < length;)
        {
            var used = reader.Add(bytes, at, (at < split ? split : length) - at);
            at += used;
            if (reader.Take() is { } message)
            {
                messages++;
                if (message.Content.Length > 64)
                {
                    throw new InvalidOperationException("beyond the limit");
                }
            }
            else if (used == 0)
            {
                throw new InvalidOperationException("no byte taken, no message given");
            }
        }

        reader.End();
        return messages;
    }

    // Gives the length.
    private static int Mutate(Random random, byte[] message)
    {
        var original = s_messages[random.Next(s_messages.Length)];
        original.CopyTo(message, 0);
        var length = original.Length;
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(length);
            switch (random.Next(8))
            {
                case 0: message[at] = (byte)random.Next(256); break;
                case 1: message[random.Next(2)] ^= (byte)(1 << random.Next(8)); break;
                case 2: length = at + 1; break;
                case 3:
                    // One behind the other.
                    original.AsSpan(0, Math.Min(original.Length, message.Length - length)).CopyTo(message.AsSpan(length));
                    length = Math.Min(length + original.Length, message.Length);
                    break;
                case 4: message[at] = (byte)"{}[]\",:0123456789"[random.Next(17)]; break;
                default: message[at] ^= (byte)(1 << random.Next(8)); break;
            }
        }

        return length;
    }
}
