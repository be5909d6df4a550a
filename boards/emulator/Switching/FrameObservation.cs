namespace IoTNet.Emulator;

/// <summary>Who looks at a frame's first link, and under which name; without a looker it costs nothing.</summary>
internal readonly struct FrameObservation(IFrameObserver[] observers, string port, TimeProvider clock)
{
    public static FrameObservation None => default;

    public void Tell(FrameFate fate, ReadOnlySpan<byte> frame)
    {
        if (observers is null || observers.Length == 0)
        {
            return;
        }

        DateTimeOffset time = clock.GetUtcNow();
        foreach (IFrameObserver observer in observers)
        {
            observer.Observe(port, time, fate, frame);
        }
    }
}
