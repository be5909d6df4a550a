namespace IoTNet.Emulator;

/// <summary>Counts the frames of a link by their fates, and the bytes at its two ends.</summary>
/// <remarks>A frame that simply passes costs one interlocked addition: such frames are gathered in one word, their number
/// above 40 bits for their bytes, which is emptied into the totals long before either half is full.</remarks>
internal sealed class FrameCounters
{
    private const int BytesBits = 40;
    private const long OneFrame = 1L << BytesBits;
    private const long NearlyFull = (1L << 60) | (1L << (BytesBits - 1));

    private readonly object _lock = new();
    private readonly long[] _fates = new long[Enum.GetValues<FrameFate>().Length];
    private long _bytesIn;
    private long _bytesOut;
    private long _passed;

    /// <summary>Bytes of the frames that went into the link, those that it lost included.</summary>
    public long BytesIn => Total(ref _bytesIn, bytes: true);

    /// <summary>Bytes of the frames that came out of it.</summary>
    public long BytesOut => Total(ref _bytesOut, bytes: true);

    /// <summary>How many frames met a fate.</summary>
    public long Count(FrameFate fate)
    {
        ref long count = ref _fates[(int)fate];
        return fate == FrameFate.Passed ? Total(ref count, bytes: false) : Interlocked.Read(ref count);
    }

    /// <summary>Counts a frame that goes through at once and unharmed.</summary>
    public void Pass(int bytes)
    {
        if ((Interlocked.Add(ref _passed, OneFrame + bytes) & NearlyFull) != 0)
        {
            Empty();
        }
    }

    /// <summary>Counts a frame's fate; its bytes are none of the link's, unless <see cref="Enter"/> counts them.</summary>
    public void Note(FrameFate fate) => Interlocked.Increment(ref _fates[(int)fate]);

    /// <summary>Counts the bytes of a frame at the link's beginning.</summary>
    public void Enter(int bytes) => Interlocked.Add(ref _bytesIn, bytes);

    /// <summary>Counts the bytes of a frame, or of a copy of it, at the link's end.</summary>
    public void Leave(int bytes) => Interlocked.Add(ref _bytesOut, bytes);

    // Under the lock of those who read, to whom the word and the totals are one sum.
    private void Empty()
    {
        lock (_lock)
        {
            long word = Interlocked.Exchange(ref _passed, 0);
            long bytes = word & (OneFrame - 1);
            Interlocked.Add(ref _fates[(int)FrameFate.Passed], word >> BytesBits);
            Interlocked.Add(ref _bytesIn, bytes);
            Interlocked.Add(ref _bytesOut, bytes);
        }
    }

    private long Total(ref long total, bool bytes)
    {
        lock (_lock)
        {
            long word = Interlocked.Read(ref _passed);
            return Interlocked.Read(ref total) + (bytes ? word & (OneFrame - 1) : word >> BytesBits);
        }
    }
}
