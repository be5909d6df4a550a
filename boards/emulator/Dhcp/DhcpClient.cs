using System.Net.NetworkInformation;

namespace IoTNet.Emulator;

/// <summary>
/// A board's DHCP client (RFC 2131): asks for an address until it has one, asks to keep it at 7/8 of the lease, gives it up
/// when the lease runs out, and begins anew. It stands in for lwIP's own, which Debian's build leaves out.
/// </summary>
/// <remarks>It talks in frames beside the stack: lwIP without an address neither sends nor takes datagrams. All work is done
/// on pool threads; nothing is done on the sender's.</remarks>
public sealed class DhcpClient : IDisposable
{
    private const int MostWaitingFrames = 16;

    private readonly Lock _lock = new();
    private readonly DhcpConversation _conversation;
    private readonly IFrameWire _wire;
    private readonly Action<DhcpLease?> _apply;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private readonly ManualResetEventSlim _bound = new();
    private readonly string _name;
    private DhcpLease? _lease;
    private bool _stopped;
    private int _waitingFrames;

    /// <summary>Makes a client that does nothing yet.</summary>
    /// <param name="name">The board's name: the host name that the server gets, and for messages.</param>
    /// <param name="hardwareAddress">The board's Ethernet address.</param>
    /// <param name="wanted">The address to ask for; null = whichever the server gives.</param>
    /// <param name="wire">Where its frames go; only used to send.</param>
    /// <param name="apply">Sets the board's address; gets null when it has to be given up. Called on a pool thread, one call
    /// at a time.</param>
    /// <param name="clock">The time; null = the machine's.</param>
    public DhcpClient(
        string name, PhysicalAddress hardwareAddress, IPAddress? wanted, IFrameWire wire, Action<DhcpLease?> apply, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(hardwareAddress);
        _name = name;
        _wire = wire;
        _apply = apply;
        _clock = clock ?? TimeProvider.System;

        // RFC 2131 4.1: clients that start together shall not go on together, and nothing else needs to be repeatable.
        _conversation = new DhcpConversation(hardwareAddress.GetAddressBytes(), name, wanted, new Random());
        _timer = _clock.CreateTimer(_ => Advance(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What the server gave; null = nothing yet, or no more.</summary>
    public DhcpLease? Lease => Volatile.Read(ref _lease);

    private long NowMs => (long)_clock.GetElapsedTime(0, _clock.GetTimestamp()).TotalMilliseconds;

    /// <summary>Begins to ask.</summary>
    public void Start()
    {
        _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Takes a frame from the network when it is for a DHCP client.</summary>
    /// <param name="frame">The frame.</param>
    /// <returns>Whether it was; the stack shall not see it then, as it would answer that nobody is there.</returns>
    public bool TryTake(ReadOnlySpan<byte> frame)
    {
        if (!DhcpReply.IsForClient(frame))
        {
            return false;
        }

        // The sender may hold its stack's lock, and the answer needs this board's.
        if (Interlocked.Increment(ref _waitingFrames) <= MostWaitingFrames)
        {
            _ = ThreadPool.UnsafeQueueUserWorkItem(Receive, frame.ToArray(), preferLocal: false);
        }
        else
        {
            _ = Interlocked.Decrement(ref _waitingFrames);
        }

        return true;
    }

    /// <summary>Waits until the board has an address.</summary>
    /// <param name="timeoutMs">Milliseconds, -1 = for ever.</param>
    /// <returns>The lease.</returns>
    /// <exception cref="TimeoutException">No server gave one in time; the text says what came instead.</exception>
    public DhcpLease Wait(int timeoutMs)
    {
        DhcpLease? lease = _bound.Wait(timeoutMs) ? Lease : null;
        if (lease == null)
        {
            lock (_lock)
            {
                throw new TimeoutException(
                    $"Board {_name} got no address by DHCP within {timeoutMs} ms: it asked {_conversation.Sent} times, and " +
                    (_conversation.Ignored == 0 ? "nobody answered; is there a gateway on the network?"
                        : $"{_conversation.Ignored} answers were malformed, incomplete or not for it."));
            }
        }

        return lease;
    }

    /// <summary>Stops at once; the address stays as it is. When it returns, apply is not called any more.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _stopped = true;
        }

        _timer.Dispose();
    }

    private void Advance()
    {
        lock (_lock)
        {
            if (!_stopped)
            {
                Conclude(_conversation.Tick(NowMs));
            }
        }
    }

    private void Receive(byte[] frame)
    {
        _ = Interlocked.Decrement(ref _waitingFrames);
        lock (_lock)
        {
            if (!_stopped)
            {
                Conclude(_conversation.Receive(frame, NowMs));
            }
        }
    }

    private void Conclude(byte[]? frame)
    {
        DhcpLease? lease = _conversation.Lease;
        if (!Equals(lease?.Address, _lease?.Address))
        {
            _apply(lease);
        }

        Volatile.Write(ref _lease, lease);
        if (lease == null)
        {
            _bound.Reset();
        }
        else
        {
            _bound.Set();
        }

        if (frame != null)
        {
            _wire.Send(frame);
        }

        // A timer takes at most 49 days; an early call is told to come again.
        long wait = Math.Clamp(_conversation.DueMs - NowMs, 0, 1_000_000_000);
        _ = _timer.Change(TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
    }
}
