namespace IoTNet.Emulator;

/// <summary>One socket's watch by one selector. Guarded by the stack's lock, and reused.</summary>
internal sealed class LwipWatch(LwipSelector selector)
{
    internal LwipSelector Selector { get; } = selector;

    /// <summary>The socket; null when the watch is free.</summary>
    internal LwipSocket? Socket { get; set; }

    internal int Handle { get; set; }

    internal int Events { get; set; }

    internal int Key { get; set; }

    internal bool IsOnce { get; set; }

    /// <summary>Whether it waits to be looked at. The queue keeps one that was ended until it comes to it.</summary>
    internal bool IsQueued { get; set; }

    /// <summary>The other selectors' watches of the socket; in the pool, the next free one.</summary>
    internal LwipWatch? Next { get; set; }

    /// <summary>What a poll would report now.</summary>
    internal int Look()
    {
        return Socket!.IsClosed ? (int)PollEvents.Nval
            : (int)Socket.Events & (Events | (int)(PollEvents.Err | PollEvents.Hup));
    }
}
