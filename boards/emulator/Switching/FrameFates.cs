namespace IoTNet.Emulator;

/// <summary>What fates have in common.</summary>
internal static class FrameFates
{
    /// <summary>Whether a frame with this fate gets no further.</summary>
    public static bool IsDropped(this FrameFate fate) =>
        fate is not (FrameFate.Passed or FrameFate.Corrupted or FrameFate.Duplicated or FrameFate.Reordered);
}
