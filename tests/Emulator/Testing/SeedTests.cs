namespace IoTNet.Emulator.Tests;

/// <summary>Faults come from a seed, which is the test's own or the environment's.</summary>
[TestClass]
public sealed class SeedTests
{
    private const string Variable = "IOTNET_SEED";

    /// <summary>sha256("SeedTests.one"), the first four bytes, low byte first, modulo a million.</summary>
    private const int SeedOfOne = 287399;

    [TestMethod]
    public void Seed_OfATest_IsTheSameInEachRun()
    {
        Assert.AreEqual("SeedTests.one", Name("one"));
        Assert.AreEqual(Seed("one"), Seed("one"));
        Assert.AreNotEqual(Seed("one"), Seed("two"));

        // Also tomorrow and elsewhere.
        Assert.AreEqual(SeedOfOne, Seed("one"));
    }

    [TestMethod]
    public void Seed_WithTheEnvironmentVariable_IsThatOne()
    {
        Environment.SetEnvironmentVariable(Variable, "-42");
        try
        {
            Assert.AreEqual(-42, Seed("one"));
            Environment.SetEnvironmentVariable(Variable, "dice");
            Assert.Contains("'dice'", Assert.ThrowsExactly<ArgumentException>(() => Seed("one")).Message);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }

    [TestMethod]
    public void Faults_OfTheSameSeed_AreTheSame()
    {
        List<FrameFate> first = Fates("one");
        CollectionAssert.AreEqual(first, Fates("one"));
        CollectionAssert.AreNotEqual(first, Fates("two"));
        Assert.Contains(FrameFate.Lost, first);
    }

    private static int Seed(string test)
    {
        int seed = 0;
        TestNetwork.Run(net => seed = net.Seed, test);
        return seed;
    }

    private static string Name(string test)
    {
        string name = "";
        TestNetwork.Run(net => name = net.Name, test);
        return name;
    }

    // What becomes of the first hundred frames; broadcasts wait for no answer.
    private static List<FrameFate> Fates(string test)
    {
        FateList fates = new();
        TestNetwork.Run(
            net =>
            {
                EmulatedBoard board = net.AddBoard("sensor");
                net.SetLink(board, new LinkConditions { Loss = 0.2, Duplication = 0.1 });
                net.Switch.Attach(fates);
                net.Wait(board.Run(() =>
                {
                    using Socket socket = Nets.Udp();
                    socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Broadcast, 1);
                    for (int i = 0; i < 100; i++)
                    {
                        socket.SendTo([1], new IPEndPoint(IPAddress.Broadcast, 9));
                    }
                }));
            },
            test);
        return [.. fates.Seen.Take(100)];
    }

    private sealed class FateList : IFrameObserver
    {
        internal List<FrameFate> Seen { get; } = [];

        public void Observe(in FrameObservation seen, ReadOnlySpan<byte> frame) => Seen.Add(seen.Fate);
    }
}
