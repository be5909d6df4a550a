namespace IoTNet.Emulator;

/// <summary>How one direction of a cable treats the frames: what goes wrong, and how long it takes. Immutable; give a port
/// another one at any time while it runs.</summary>
public sealed record LinkConditions
{
    /// <summary>A cable without faults and without delay.</summary>
    public static LinkConditions Perfect { get; } = new();

    /// <summary>A cut cable: nothing passes.</summary>
    public static LinkConditions Down { get; } = new() { Up = false };

    /// <summary>The share of frames that vanish, 0..1. Default 0.</summary>
    public double Loss { get; init; }

    /// <summary>The share of frames in which one bit is turned, 0..1: the fault that is likeliest to slip through, as
    /// checksums find larger ones. Default 0.</summary>
    public double Corruption { get; init; }

    /// <summary>The share of frames that arrive twice, 0..1. Default 0.</summary>
    public double Duplication { get; init; }

    /// <summary>The share of frames that are held back so that later ones pass them, 0..1. Default 0.</summary>
    public double Reordering { get; init; }

    /// <summary>How long a frame that is held back waits beside the delay. Default 10 ms.</summary>
    public TimeSpan ReorderingDelay { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>How long every frame takes. Default 0.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How much longer it takes at most, evenly spread; frames keep their order. Default 0.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Bits per second, 0 = no limit. A frame leaves when the one before it is through; default 0.</summary>
    public long BandwidthBitsPerSecond { get; init; }

    /// <summary>How many bytes may wait for the bandwidth; more are dropped, as in a router. Default 65,536.</summary>
    public int QueueBytes { get; init; } = 65_536;

    /// <summary>The longest payload that passes, in bytes, without the 14 bytes of header; longer frames are dropped.
    /// Default 0 = no limit.</summary>
    public int Mtu { get; init; }

    /// <summary>Whether the cable is plugged in. Default true.</summary>
    public bool Up { get; init; } = true;

    /// <summary>Whether frames pass at once and unharmed.</summary>
    internal bool IsPerfect => Up && Loss == 0 && Corruption == 0 && Duplication == 0 && !IsTimed && Mtu == 0;

    /// <summary>Whether some frames arrive later than they are sent.</summary>
    internal bool IsTimed => Reordering > 0 || Delay > TimeSpan.Zero || Jitter > TimeSpan.Zero || BandwidthBitsPerSecond > 0;

    /// <summary>Refuses what cannot be.</summary>
    /// <returns>The conditions themselves.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A share outside 0..1, or something negative; the text names it.</exception>
    public LinkConditions Validated()
    {
        CheckShare(Loss, nameof(Loss));
        CheckShare(Corruption, nameof(Corruption));
        CheckShare(Duplication, nameof(Duplication));
        CheckShare(Reordering, nameof(Reordering));
        CheckTime(Delay, nameof(Delay));
        CheckTime(Jitter, nameof(Jitter));
        CheckTime(ReorderingDelay, nameof(ReorderingDelay));
        ArgumentOutOfRangeException.ThrowIfNegative(BandwidthBitsPerSecond);
        ArgumentOutOfRangeException.ThrowIfNegative(QueueBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(Mtu);
        return this;
    }

    private static void CheckShare(double share, string name)
    {
        if (!(share >= 0 && share <= 1))
        {
            throw new ArgumentOutOfRangeException(name, share, $"{name} is a share of the frames from 0 to 1 (0.2 is 20 %).");
        }
    }

    private static void CheckTime(TimeSpan time, string name)
    {
        if (time < TimeSpan.Zero || time > TimeSpan.FromMinutes(1))
        {
            throw new ArgumentOutOfRangeException(name, time, $"{name} is a time from 0 to one minute.");
        }
    }
}
