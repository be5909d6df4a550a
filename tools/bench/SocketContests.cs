using IoTNet.Boards;

namespace IoTNet.Bench;

/// <summary>What the socket API costs above the stack that it stands on.</summary>
internal static class SocketContests
{
    // One processor's worth of noise; a slower one is a fault to be found.
    private const double AsFast = 0.95;

    public static IReadOnlyList<Result> Run(Pace pace, Action<string> progress)
    {
        progress($"{pace.Rounds} rounds of {pace.Turn.TotalMilliseconds} ms each; {Pinning.Description}");
        var host = Ends.On(NetworkStack.Use(new SystemNetStack()));
        var memory = new LoopbackStack();
        var loopback = Ends.On(new NetworkStack(memory, memory));
        var results = new List<Result>();

        void Add(Result result)
        {
            results.Add(result);
            progress($"  {result.Name}: {Report.Number(result.Ours)} {result.Unit}");
        }

        foreach (var size in new[] { 64, 1024, 16384 })
        {
            Add(Contest.Run($"TCP echo, {size} B", "round trips/s", AsFast, pace,
                () => new PingPong(RawWires.Tcp(), size), () => new PingPong(IoTNetWires.Tcp(host), size)));
        }

        Add(Contest.Run("TCP stream", "MB/s", AsFast, pace,
            () => new OneWay(RawWires.Tcp()), () => new OneWay(IoTNetWires.Tcp(host))));
        Add(Contest.Run("UDP echo, 64 B", "round trips/s", AsFast, pace,
            () => new PingPong(RawWires.Udp(), 64), () => new PingPong(IoTNetWires.Udp(host), 64)));
        Add(Contest.Run("UDP bursts, 512 B", "packets/s", AsFast, pace,
            () => new Burst(RawWires.Udp(), 512), () => new Burst(IoTNetWires.Udp(host), 512)));
        Add(Contest.Run("in-memory TCP stream against the host's", "MB/s", 1, pace,
            () => new OneWay(RawWires.Tcp()), () => new OneWay(IoTNetWires.Tcp(loopback))));
        foreach (var result in Allocations.Measure("host", host).Concat(Allocations.Measure("in memory", loopback)))
        {
            Add(result);
        }

        return results;
    }
}
