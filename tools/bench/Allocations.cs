namespace IoTNet.Bench;

/// <summary>Bytes that one call leaves on the heap, on whatever thread it is served. On a device each is a step towards the
/// next garbage collection.</summary>
internal static class Allocations
{
    private const int Calls = 20000;

    public static IEnumerable<Result> Measure(string where, Ends ends)
    {
        IoTNetWires.Connect(ends, out var near, out var far);
        IoTNetWires.BindUdp(ends, out var nearUdp, out var farUdp);
        using (near)
        using (far)
        using (nearUdp)
        using (farUdp)
        {
            var buffer = new byte[64];
            var to = farUdp.LocalEndPoint.Serialize();
            var from = new SocketAddress();
            var poller = new Poller();
            poller.Add(near, PollEvents.In);
            poller.Add(farUdp, PollEvents.In);
            poller.Add(far, PollEvents.Out);

            yield return PerCall(where, "TCP send + receive", () =>
            {
                near.TrySend(buffer, 0, buffer.Length, SocketFlags.None);
                return far.TryReceive(buffer, 0, buffer.Length, SocketFlags.None);
            });
            yield return PerCall(where, "TCP receive, nothing there", () =>
                far.TryReceive(buffer, 0, buffer.Length, SocketFlags.DontWait));
            yield return PerCall(where, "UDP send + receive", () =>
            {
                var flags = SocketFlags.None;
                nearUdp.TrySendTo(buffer, 0, buffer.Length, SocketFlags.None, to);
                return farUdp.TryReceiveFrom(buffer, 0, buffer.Length, ref flags, from);
            });
            yield return PerCall(where, "poll 3 sockets, 1 ready", () => poller.TryWait(-1));
            poller.Remove(2);
            yield return PerCall(where, "poll 2 sockets, none ready", () => poller.TryWait(0));
            yield return PerCall(where, "poll 1 socket", () => (int)near.Wait(PollEvents.Out, -1));
        }
    }

    private static Result PerCall(string where, string what, Func<int> call)
    {
        // What is made once, with the first calls, does not count.
        for (var i = 0; i < 1000; i++)
        {
            call();
        }

        // The runtime's own threads allocate now and then; what a call allocates, it allocates each time.
        var bytes = Enumerable.Range(0, 3).Min(_ => Measure(call));
        return new Result($"{where}: {what}", "B/call", null, bytes, null, null, "0 B", bytes == 0);
    }

    private static double Measure(Func<int> call)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < Calls; i++)
        {
            call();
        }

        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Calls;
    }
}
