using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace IoTNet.Tests;

/// <summary>Inputs by chance, from a seed that stands in every failure: set IOTNET_SEED to it to have the same ones again.</summary>
internal sealed class Fuzzer
{
    private const string Variable = "IOTNET_SEED";
    private const int MostChanges = 4;

    // Where lengths and signs end.
    private static readonly byte[] s_edges = [0, 1, 2, 4, 127, 128, 254, 255];

    public Fuzzer()
    {
        Seed = int.TryParse(Environment.GetEnvironmentVariable(Variable), out int given) ? given : Random.Shared.Next();
        Random = new Random(Seed);
        Console.WriteLine($"{Variable}={Seed}");
    }

    public int Seed { get; }

    public Random Random { get; }

    /// <summary>Runs a test with each input; whatever it throws is a failure that tells seed and input.</summary>
    public void Run(int inputs, Func<byte[]> next, Action<byte[]> test)
    {
        for (int i = 0; i < inputs; i++)
        {
            byte[] input = next();
            try
            {
                test(input);
            }
            catch (Exception e)
            {
                throw new AssertFailedException($"{Variable}={Seed}, input {i}: {Convert.ToHexString(input)}: {e.Message}", e);
            }
        }
    }

    /// <summary>One of several.</summary>
    public T Pick<T>(IReadOnlyList<T> all) => all[Random.Next(all.Count)];

    /// <summary>A copy with up to <see cref="MostChanges"/> changes; one in ten has none, so that what is good is seen, too.</summary>
    public byte[] Mutate(byte[] source)
    {
        List<byte> bytes = [.. source];
        for (int changes = Random.Next(10) == 0 ? 0 : Random.Next(1, MostChanges + 1); changes > 0; changes--)
        {
            Change(bytes);
        }

        return [.. bytes];
    }

    private void Change(List<byte> bytes)
    {
        int at = Random.Next(bytes.Count + 1);
        int kind = Random.Next(8);
        if (kind == 0)
        {
            bytes.Insert(at, (byte)Random.Next(256));
        }
        else if (at == bytes.Count)
        {
            bytes.Add(Pick(s_edges));
        }
        else if (kind == 1)
        {
            bytes.RemoveRange(at, bytes.Count - at);
        }
        else if (kind == 2)
        {
            bytes.RemoveRange(at, Random.Next(1, Math.Min(8, bytes.Count - at) + 1));
        }
        else if (kind == 3)
        {
            bytes.InsertRange(Random.Next(bytes.Count + 1), bytes.GetRange(at, Random.Next(1, Math.Min(24, bytes.Count - at) + 1)));
        }
        else
        {
            bytes[at] = kind == 4 ? (byte)Random.Next(256) : kind == 5 ? Pick(s_edges) : (byte)(bytes[at] ^ (1 << Random.Next(8)));
        }
    }
}
