namespace IoTNet.Emulator.Tests;

/// <summary>A cable between two devices, without a switch: what one sends, the other gets on the sender's thread.</summary>
internal sealed class Cable
{
    internal Cable()
    {
        A = new End(this);
        B = new End(this);
        A.Other = B;
        B.Other = A;
    }

    /// <summary>The one end.</summary>
    internal End A { get; }

    /// <summary>The other end.</summary>
    internal End B { get; }

    /// <summary>Looks at every frame first: false loses it.</summary>
    internal Func<End, byte[], bool>? Filter { get; set; }

    internal sealed class End(Cable cable) : IFrameWire
    {
        private readonly ReaderWriterLockSlim _delivering = new(LockRecursionPolicy.SupportsRecursion);
        private IFrameSink? _device;
        private long _sent;

        internal End Other { get; set; } = null!;

        /// <summary>Frames that the device sent.</summary>
        internal long Sent => Interlocked.Read(ref _sent);

        public void Send(ReadOnlySpan<byte> frame)
        {
            _ = Interlocked.Increment(ref _sent);
            if (cable.Filter == null || cable.Filter(this, frame.ToArray()))
            {
                Other.Deliver(frame);
            }
        }

        public void Open(IFrameSink device)
        {
            _device = device;
        }

        public void Dispose()
        {
            _delivering.EnterWriteLock();
            _device = null;
            _delivering.ExitWriteLock();
        }

        private void Deliver(ReadOnlySpan<byte> frame)
        {
            _delivering.EnterReadLock();
            _device?.Deliver(frame);
            _delivering.ExitReadLock();
        }
    }
}
