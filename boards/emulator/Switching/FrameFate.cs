namespace IoTNet.Emulator;

/// <summary>What became of a frame on its way; every count and every line of a trace names one of these.</summary>
public enum FrameFate
{
    /// <summary>It went on.</summary>
    Passed,

    /// <summary>The link lost it (LinkConditions.Loss).</summary>
    Lost,

    /// <summary>It went on with one bit turned.</summary>
    Corrupted,

    /// <summary>It went on twice.</summary>
    Duplicated,

    /// <summary>It went on later than the ones behind it.</summary>
    Reordered,

    /// <summary>The cable is cut.</summary>
    LinkDown,

    /// <summary>It was longer than the link's MTU.</summary>
    TooLong,

    /// <summary>It was no Ethernet frame: shorter than its header.</summary>
    Runt,

    /// <summary>Too many bytes waited for the link's bandwidth.</summary>
    QueueFull,

    /// <summary>A partition lies between sender and receiver.</summary>
    Partitioned,
}
