namespace IoTNet.Bench;

/// <summary>The same call over and over on one thread: calls a second.</summary>
/// <param name="call">Gives a number that depends on its work, so that none of it is optimised away.</param>
internal sealed class CallGame(Func<int> call) : Game
{
    private int _sum;

    public override Rate Play(TimeSpan time)
    {
        var clock = new Clock();
        long calls = 0;
        do
        {
            for (var i = 0; i < 64; i++, calls++)
            {
                _sum += call();
            }
        }
        while (clock.Elapsed < time);
        return clock.RateOf(calls);
    }

    /// <summary>The bytes that a call leaves on the heap.</summary>
    public static double Allocated(Func<int> call)
    {
        const int Calls = 1000;
        call();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Calls; i++)
        {
            call();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Calls;
    }
}
