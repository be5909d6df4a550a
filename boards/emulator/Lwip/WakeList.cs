namespace IoTNet.Emulator;

/// <summary>Whom the thread is to wake when it holds no lock and has brought all frames: woken earlier, they would run into
/// its locks, and read a stream in crumbs.</summary>
internal static class WakeList
{
    [ThreadStatic]
    private static WaitPoint?[]? t_points;
    [ThreadStatic]
    private static int t_count;

    /// <summary>Adds one; it may be there already.</summary>
    internal static void Add(WaitPoint point)
    {
        WaitPoint?[] points = t_points ??= new WaitPoint?[16];
        if (t_count == points.Length)
        {
            Array.Resize(ref points, points.Length * 2);
            t_points = points;
        }

        points[t_count++] = point;
    }

    /// <summary>Wakes all.</summary>
    internal static void Pulse()
    {
        for (int i = 0; i < t_count; i++)
        {
            t_points![i]!.Pulse();
            t_points[i] = null;
        }

        t_count = 0;
    }
}
