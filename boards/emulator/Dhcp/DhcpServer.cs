using System.Net.NetworkInformation;

namespace IoTNet.Emulator;

/// <summary>A DHCP server (RFC 2131) on a switch: real DISCOVER, OFFER, REQUEST, ACK and NAK in frames, as a router sends them,
/// and the ways in which one fails: silent, late, without a free address, leases that end.</summary>
/// <remarks>It answers on pool threads. All members can be called from any thread.</remarks>
public sealed class DhcpServer : IFrameSink, IDisposable
{
    private readonly Lock _lock = new();
    private readonly DhcpPool _pool;
    private readonly IFrameWire _wire;
    private readonly TimeProvider _clock;
    private readonly byte[] _hardwareAddress;
    private readonly HashSet<ITimer> _pending = [];
    private TimeSpan _delay;
    private bool _answers = true;
    private bool _disposed;
    private int _asked;

    /// <summary>Makes a server, which answers at once.</summary>
    /// <param name="options">What it gives away.</param>
    /// <param name="wire">Its end of the cable, which it disposes.</param>
    /// <param name="clock">The time of its leases; null = the machine's.</param>
    /// <exception cref="ArgumentException">The options cannot be; the text says which.</exception>
    public DhcpServer(DhcpServerOptions options, IFrameWire wire, TimeProvider? clock = null)
        : this(options, wire, clock, static _ => false)
    {
    }

    // RFC 2131 3.1: a server should probe an address before it offers it; here somebody knows.
    internal DhcpServer(DhcpServerOptions options, IFrameWire wire, TimeProvider? clock, Predicate<IPAddress> isTaken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(wire);
        Options = options;
        _pool = new DhcpPool(options, isTaken);
        _wire = wire;
        _clock = clock ?? TimeProvider.System;
        _hardwareAddress = BoardOptions.HardwareAddressOf(options.Name).GetAddressBytes();
        wire.Open(this);
    }

    /// <summary>What it gives away.</summary>
    public DhcpServerOptions Options { get; }

    /// <summary>Whether it answers; false = it hears everything and says nothing. Default: true.</summary>
    public bool Answers
    {
        get => Volatile.Read(ref _answers);
        set => Volatile.Write(ref _answers, value);
    }

    /// <summary>How long it takes to answer. Default: none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or longer than a day.</exception>
    public TimeSpan Delay
    {
        get
        {
            lock (_lock)
            {
                return _delay;
            }
        }

        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(1));
            lock (_lock)
            {
                _delay = value;
            }
        }
    }

    /// <summary>Messages of clients that came, answered or not.</summary>
    public int Asked => Volatile.Read(ref _asked);

    private long NowMs => (long)_clock.GetElapsedTime(0, _clock.GetTimestamp()).TotalMilliseconds;

    /// <summary>Tells which address a client has from here.</summary>
    /// <param name="hardwareAddress">The client's Ethernet address.</param>
    /// <returns>The address; null = none, or its lease is over.</returns>
    public IPAddress? AddressOf(PhysicalAddress hardwareAddress)
    {
        ArgumentNullException.ThrowIfNull(hardwareAddress);
        byte[] bytes = hardwareAddress.GetAddressBytes();
        lock (_lock)
        {
            return _pool.Leases.Where(l => l.UntilMs > NowMs && l.HardwareAddress.AsSpan().SequenceEqual(bytes)).Select(l => l.Address)
                .FirstOrDefault();
        }
    }

    /// <summary>Whether somebody has an address from here.</summary>
    internal bool HasGiven(IPAddress address)
    {
        lock (_lock)
        {
            return _pool.Leases.Any(l => l.UntilMs > NowMs && l.Address.Equals(address));
        }
    }

    /// <summary>Forgets all leases, as a router does that was reset: clients that ask to keep theirs are refused, and get
    /// another.</summary>
    public void EndLeases()
    {
        lock (_lock)
        {
            _pool.EndLeases();
        }
    }

    /// <inheritdoc/>
    public void Deliver(ReadOnlySpan<byte> frame)
    {
        DhcpRequest? request = DhcpRequest.Read(frame);
        if (request == null)
        {
            return;
        }

        _ = Interlocked.Increment(ref _asked);

        // Not on the sender's thread, which may hold its stack's lock.
        lock (_lock)
        {
            if (_disposed || !Answers)
            {
                return;
            }

            ITimer? timer = null;
            timer = _clock.CreateTimer(_ => Answer(request, timer!), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _ = _pending.Add(timer);
            _ = timer.Change(_delay, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Unplugs it; answers under way are not sent.</summary>
    public void Dispose()
    {
        ITimer[] pending;
        lock (_lock)
        {
            _disposed = true;
            pending = [.. _pending];
            _pending.Clear();
        }

        Array.ForEach(pending, timer => timer.Dispose());
        _wire.Dispose();
    }

    private void Answer(DhcpRequest request, ITimer timer)
    {
        byte[]? frame = null;
        lock (_lock)
        {
            _ = _pending.Remove(timer);
            if (!_disposed)
            {
                (byte type, IPAddress address) = _pool.Answer(request, NowMs);
                frame = type == 0 ? null : request.Answer(type, address, Options, _hardwareAddress);
            }
        }

        timer.Dispose();
        if (frame != null)
        {
            _wire.Send(frame);
        }
    }
}
