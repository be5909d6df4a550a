namespace IoTNet.Tests.Dns;

[TestClass]
public sealed class FuzzTests
{
    private const int Messages = 1_000_000;

    [TestMethod]
    [Timeout(120_000)]
    public void Next_OfAMillionMutatedMessages_NeverThrowsNorReadsBeyondTheEnd()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("IOTNET_SEED"), out int given) ? given : 20261122;
        Console.WriteLine($"IOTNET_SEED={seed}");
        Random random = new(seed);
        byte[][] sources = [Golden.Query, Golden.Answer, Golden.Types];
        int whole = 0, broken = 0, records = 0;
        DnsReader reader = new();
        for (int run = 0; run < Messages; run++)
        {
            // The array ends with the message: reading beyond it throws.
            byte[] message = Mutate(random, sources[run % sources.Length]);
            int result = reader.Begin(message, message.Length);
            while (result >= 0 && (result = reader.Next()) > 0)
            {
                if (reader.GetRecord() is { } record)
                {
                    records++;
                    Use(record);
                }
            }

            _ = result == 0 ? whole++ : broken++;
            Assert.IsTrue(result is 0 or -(int)Errno.EINVAL, $"run {run}: {result}");
        }

        // Else the mutations do not reach the code behind the first check.
        Console.WriteLine($"{whole} whole, {broken} broken, {records} records");
        Assert.IsTrue(whole > Messages / 20 && broken > Messages / 5 && records > Messages / 2, $"{whole} whole, {broken} broken, {records} records");
    }

    private static void Use(DnsRecord record)
    {
        Assert.IsTrue(record.Name.Length is > 0 and <= 1004);
        Assert.IsTrue(record.TtlSeconds >= 0);
        _ = record.Target;
        _ = record.Address;
        _ = record.Priority + record.Weight + record.Port;
        for (int i = record.TextCount; i >= 0; i--)
        {
            _ = record.GetText(i);
        }

        _ = record.GetZoneNumber(4);
    }

    private static byte[] Mutate(Random random, byte[] source)
    {
        byte[] message = source[..(random.Next(4) == 0 ? random.Next(source.Length + 1) : source.Length)];
        for (int changes = random.Next(4); changes > 0 && message.Length > 0; changes--)
        {
            int at = random.Next(message.Length);
            switch (random.Next(4))
            {
                case 0:
                    message[at] = (byte)random.Next(256);
                    break;
                case 1:
                    message[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2 when at + 1 < message.Length:
                    message[at] = (byte)(0xC0 | random.Next(2));
                    message[at + 1] = (byte)random.Next(message.Length);
                    break;
                default:
                    int from = random.Next(message.Length);
                    int count = random.Next(1 + Math.Min(24, message.Length - Math.Max(at, from)));
                    Array.Copy(message, from, message, at, count);
                    break;
            }
        }

        return message;
    }
}
