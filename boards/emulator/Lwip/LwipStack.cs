namespace IoTNet.Emulator;

/// <summary>
/// A board's network stack: the real lwIP 2.1.3, a private copy for each board, behind the <see cref="INetworkStack"/>
/// seam. It lives from power-on to power-off (<see cref="Dispose"/>).
/// </summary>
/// <remarks>
/// <para>lwIP runs on whatever thread calls, under one lock: the sockets here stand on lwIP's callback interface
/// (tcp_, udp_, raw_), not on its own socket layer, which hangs or ends the process when one thread closes what another one
/// waits on, cannot bound the backlog, and reports a refused connection as a reset one. A call that has to wait lets go of
/// the lock and is woken by lwIP's callback; nothing is polled.</para>
/// <para>Frames and time come from the <see cref="ReceivePump"/>. No managed object is kept by native code but through a
/// handle, and no callback lets an exception pass.</para>
/// </remarks>
public sealed unsafe partial class LwipStack : INetworkStack, ISelectorStack, INameServers, ILocalAddresses, ISocketCounter, IFrameSink, IDisposable
{
    private const int WouldBlock = -(int)Errno.EAGAIN;

    private readonly Lock _lock = new();
    private readonly LwipLibrary _library;
    private readonly LwipInterface _interface;
    private readonly FrameQueue _frames = new();
    private readonly HandleTable _handles;
    private readonly WaitPoint _anySocket = new();
    private readonly IFrameWire _wire;
    private WaitPoint?[] _changed = new WaitPoint?[16];
    private int _changedCount;
    private string _exhaustion = "no pool of the stack is exhausted";
    private bool _off;
    private bool _nested;
    private long _framesIn;
    private long _framesDropped;
    private int _pollers;
    private IPAddress[] _nameServers = [];

    /// <summary>Starts a stack and connects it to the network.</summary>
    /// <param name="configuration">Its addresses and limits.</param>
    /// <param name="wire">Its end of the cable; disposed with the stack.</param>
    /// <exception cref="PlatformNotSupportedException">There is no lwIP here (<see cref="IsAvailable"/>).</exception>
    /// <exception cref="ArgumentException">The addresses do not fit.</exception>
    public LwipStack(LwipConfiguration configuration, IFrameWire wire)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(wire);
        Configuration = configuration;
        SetNameServers(configuration.NameServers);
        _wire = wire;
        _handles = new HandleTable(configuration.Limits.Sockets);
        _library = new LwipLibrary();
        try
        {
            _interface = new LwipInterface(_library, configuration);
        }
        catch
        {
            _library.Dispose();
            _frames.FreeMemory();
            throw;
        }

        try
        {
            lock (_lock)
            {
                _library.LockCore();
                try
                {
                    _interface.Start(configuration, wire);
                }
                finally
                {
                    _library.UnlockCore();
                }
            }

            ReceivePump.Shared.Attach(this);
            wire.Open(this);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether lwIP can be used here.</summary>
    public static bool IsAvailable => LwipLibrary.Problem == null;

    /// <summary>Why lwIP cannot be used here and what to do about it, in one line; null when it can.</summary>
    public static string? Unavailability => LwipLibrary.Problem;

    /// <inheritdoc/>
    public string Name => "lwip";

    /// <inheritdoc/>
    public bool HasLoopback => true;

    /// <summary>The addresses and limits it was started with.</summary>
    public LwipConfiguration Configuration { get; }

    /// <summary>Whether the stack was powered off.</summary>
    public bool IsOff => Volatile.Read(ref _off);

    /// <summary>How many sockets are open.</summary>
    public int OpenSockets => _handles.Count;

    /// <summary>Frames that came from the network.</summary>
    public long FramesIn => Interlocked.Read(ref _framesIn);

    /// <summary>Frames given to the network.</summary>
    public long FramesOut => _interface.FramesOut;

    /// <summary>Frames that were lost in the board: its queue was full, a backlog was full, or one could not be sent.</summary>
    public long FramesDropped => Interlocked.Read(ref _framesDropped) + _interface.Failures;

    /// <summary>The lock that guards the stack, its sockets and their watches.</summary>
    internal Lock Gate => _lock;

    internal LwipLibrary Library => _library;

    internal LwipInterface Interface => _interface;

    internal StackLimits Limits => Configuration.Limits;

    /// <summary>The pump's: whether the stack is in its list, and what comes after it.</summary>
    internal bool IsReady { get; set; }

    /// <summary>The pump's list.</summary>
    internal LwipStack? NextReady { get; set; }

    /// <inheritdoc/>
    public string DescribeExhaustion()
    {
        return Volatile.Read(ref _exhaustion);
    }

    /// <summary>Power-off: the cable is cut first, so nobody hears of it; every call that waits ends with EINTR, every later
    /// one with EBADF or ENETDOWN. Safe at any moment, on any thread but lwIP's callbacks, and again.</summary>
    public void Dispose()
    {
        _wire.Dispose();
        ReceivePump.Shared.Detach(this);
        _frames.Close();
        bool nested = ReceivePump.BeginCall();
        lock (_lock)
        {
            if (_off)
            {
                ReceivePump.Shared.EndCall(nested);
                return;
            }

            _off = true;
            _library.LockCore();
            for (int slot = 0; slot < _handles.Capacity; slot++)
            {
                if (_handles.ItemAt(slot) is LwipSocket socket)
                {
                    _ = _handles.Remove(socket.Handle);
                    socket.Abandon();
                }
            }

            AbandonAll(_library.TcpActivePcbs);
            AbandonAll(_library.TcpTimeWaitPcbs);
            _interface.Stop();
            _library.UnlockCore();
            TakeChanged();
            _library.Dispose();
            _frames.FreeMemory();

            // Also those that watch nothing have a thread that waits.
            foreach (LwipSelector selector in _selectors)
            {
                selector.OnOff();
            }
        }

        ReceivePump.Shared.EndCall(nested);
        _anySocket.Pulse();
    }

    /// <summary>Changes the board's IPv4 address; connections over the old one end, as lwIP does it.</summary>
    /// <param name="address">The address.</param>
    /// <param name="netmask">The network mask.</param>
    /// <param name="gateway">The router; Any = none.</param>
    public void SetAddress(IPAddress address, IPAddress netmask, IPAddress gateway)
    {
        if (Enter())
        {
            try
            {
                _interface.SetAddress(address, netmask, gateway);
            }
            finally
            {
                Leave();
            }
        }
    }

    /// <summary>Sets the name servers that the board's programs are told; lwIP itself resolves nothing.</summary>
    /// <param name="servers">The servers; empty = none.</param>
    public void SetNameServers(IReadOnlyList<IPAddress> servers)
    {
        ArgumentNullException.ThrowIfNull(servers);
        Volatile.Write(ref _nameServers, [.. servers]);
    }

    /// <inheritdoc/>
    public int GetNameServers(IPAddress[] servers)
    {
        IPAddress[] known = Volatile.Read(ref _nameServers);
        int count = Math.Min(known.Length, servers.Length);
        Array.Copy(known, servers, count);
        return count;
    }

    /// <summary>Tells the stack that its cable is plugged in or not. Without, lwIP has no route.</summary>
    /// <param name="up">Whether there is a link.</param>
    public void SetLink(bool up)
    {
        if (Enter())
        {
            try
            {
                _interface.SetLink(up);
            }
            finally
            {
                Leave();
            }
        }
    }

    /// <summary>Counts what is in use; zero when the board is off.</summary>
    internal StackUsage GetUsage()
    {
        if (!Enter())
        {
            return default;
        }

        try
        {
            return new StackUsage(TcpInUse, TcpTimeWaiting);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Takes the lock within which lwIP may be called.</summary>
    /// <returns>False when the board is off; the lock is not held then.</returns>
    internal bool Enter()
    {
        bool nested = ReceivePump.BeginCall();
        _lock.Enter();
        if (_off)
        {
            _lock.Exit();
            ReceivePump.Shared.EndCall(nested);
            return false;
        }

        _nested = nested;
        _library.LockCore();
        _interface.BeginWork();
        return true;
    }

    /// <summary>Lets lwIP receive what it sent to itself, gives the lock back, and sees to it that those whose sockets changed
    /// are woken.</summary>
    internal void Leave()
    {
        if (_interface.HasLoopbackPackets)
        {
            ProcessLoopback();
            if (_interface.HasLoopbackPackets)
            {
                ReceivePump.Shared.Post(this);
            }
        }

        _library.UnlockCore();
        TakeChanged();
        bool nested = _nested;
        _lock.Exit();
        ReceivePump.Shared.EndCall(nested);
    }

    /// <summary>Remembers, under the lock, whom to wake when it is given back.</summary>
    internal void Change(WaitPoint point)
    {
        if (!point.IsChanged)
        {
            point.IsChanged = true;
            if (_changedCount == _changed.Length)
            {
                Array.Resize(ref _changed, _changed.Length * 2);
            }

            _changed[_changedCount++] = point;
        }
    }

    /// <summary>The pump's: runs lwIP's timers.</summary>
    internal void RunTimers()
    {
        if (Enter())
        {
            try
            {
                _library.CheckTimeouts();
            }
            finally
            {
                Leave();
            }
        }
    }

    // Hands those whom to wake over to the thread: the board's list is the next caller's when the lock is given back.
    private void TakeChanged()
    {
        TellSelectors();
        for (int i = 0; i < _changedCount; i++)
        {
            WaitPoint point = _changed[i]!;
            _changed[i] = null;
            point.IsChanged = false;
            WakeList.Add(point);
        }

        if (_changedCount > 0 && Volatile.Read(ref _pollers) > 0)
        {
            WakeList.Add(_anySocket);
        }

        _changedCount = 0;
    }

    private void AbandonAll(LwipTcpPcb** list)
    {
        while (*list != null)
        {
            _library.TcpAbandon(*list, 0);
        }
    }
}
