using System.Runtime.InteropServices;

namespace IoTNet.Emulator;

/// <summary>
/// The way out of the network: boards reach the host at 10.0.2.2 and its name server at 10.0.2.3, the host reaches boards by
/// <see cref="Forward"/>s, and DHCP is answered. libslirp turns the boards' connections into plain sockets of this process,
/// so no rights are needed.
/// </summary>
/// <remarks>
/// <para>All of libslirp's work is done on one thread of the gateway's own, as it is not safe on several; members can be
/// called from any thread. Frames that come faster than that thread takes them are dropped and counted.</para>
/// <para>libslirp accepts a forwarded TCP connection before it asks the board: when the board refuses, the host's peer sees
/// the connection open and then end.</para>
/// <para>IP fragments are dropped: a board's datagram of more than 1,472 bytes does not get out.</para>
/// </remarks>
public sealed unsafe partial class HostGateway : IFrameSink, IDisposable
{
    // libslirp keeps settings of the process in static variables, set by the first instance.
    private static readonly Lock s_starting = new();

    private readonly IFrameWire _port;
    private readonly FrameRing _frames = new();
    private readonly WakeEvent _wake;
    private readonly PollSet _polls;
    private readonly Thread _thread;
    private readonly SlirpCallbacks* _callbacks;
    private readonly GCHandle _self;
    private readonly nint _slirp;
    private bool _stop;
    private int _disposed;
    private long _framesIn;
    private long _framesOut;
    private long _framesDropped;

    /// <summary>Starts a gateway and plugs it in.</summary>
    /// <param name="options">What it lets through.</param>
    /// <param name="port">Its end of the cable, which it disposes.</param>
    /// <exception cref="PlatformNotSupportedException">There is no libslirp here (<see cref="IsAvailable"/>).</exception>
    public HostGateway(GatewayOptions options, IFrameWire port)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(port);
        if (Unavailability != null)
        {
            throw new PlatformNotSupportedException(Unavailability);
        }

        Options = options;
        _port = port;
        _wake = new WakeEvent();
        _polls = new PollSet();
        _self = GCHandle.Alloc(this);

        // libslirp keeps the pointer, not a copy.
        _callbacks = (SlirpCallbacks*)NativeMemory.AllocZeroed((nuint)sizeof(SlirpCallbacks));
        FillCallbacks(_callbacks);
        SlirpConfig configuration = ToConfiguration(options);
        lock (s_starting)
        {
            _slirp = SlirpLibrary.New(&configuration, _callbacks, GCHandle.ToIntPtr(_self));
        }

        if (_slirp == 0)
        {
            Free();
            throw new InvalidOperationException("libslirp refused its configuration.");
        }

        _thread = new Thread(Run) { IsBackground = true, Name = options.Name };
        try
        {
            port.Open(this);
            _thread.Start();
        }
        catch
        {
            port.Dispose();
            SlirpLibrary.Cleanup(_slirp);
            Free();
            throw;
        }
    }

    /// <summary>Whether libslirp can be used here.</summary>
    public static bool IsAvailable => SlirpLibrary.Problem == null;

    /// <summary>Why libslirp cannot be used here and what to do about it, in one line; null when it can.</summary>
    public static string? Unavailability => SlirpLibrary.Problem;

    /// <summary>What it lets through.</summary>
    public GatewayOptions Options { get; }

    /// <summary>Frames that came from boards.</summary>
    public long FramesIn => Interlocked.Read(ref _framesIn);

    /// <summary>Frames sent to boards.</summary>
    public long FramesOut => Interlocked.Read(ref _framesOut);

    /// <summary>Frames of boards that were lost here: too many waited, one was too long, malformed, or a fragment.</summary>
    public long FramesDropped => Interlocked.Read(ref _framesDropped);

    /// <inheritdoc/>
    public void Deliver(ReadOnlySpan<byte> frame)
    {
        if (IsFragment(frame) || !_frames.Add(frame, out bool wake))
        {
            _ = Interlocked.Increment(ref _framesDropped);
            return;
        }

        _ = Interlocked.Increment(ref _framesIn);
        if (wake)
        {
            _wake.Set();
        }
    }

    /// <summary>Unplugs it and ends every connection and forward. Nothing happens the second time.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _port.Dispose();
        Volatile.Write(ref _stop, true);
        _wake.Set();
        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }
    }

    // libslirp 4.7 writes to wild addresses when it joins malformed fragments (ip_reass), which ends the process. Nothing of
    // a board may do that, so fragments are not let in at all. IPv4: flag More, or an offset; IPv6: next header 44.
    private static bool IsFragment(ReadOnlySpan<byte> frame)
    {
        const int FragmentHeader = 44;
        return frame.Length > 21 && ((frame[12] == 0x08 && frame[13] == 0x00 && ((frame[20] & 0x3F) | frame[21]) != 0) ||
            (frame[12] == 0x86 && frame[13] == 0xDD && frame[20] == FragmentHeader));
    }

    private static SlirpConfig ToConfiguration(GatewayOptions options)
    {
        SlirpConfig configuration = new()
        {
            Version = SlirpConfig.CurrentVersion,
            Restricted = options.Restricted ? 1 : 0,
            HasIPv4 = 1,
            Network = ToWord(10, 0, 2, 0),
            Netmask = ToWord(255, 255, 255, 0),
            Host = ToWord(10, 0, 2, 2),
            NameServer = ToWord(10, 0, 2, 3),
            DhcpStart = ToWord(10, 0, 2, 15),
            HasIPv6 = (byte)(options.HasIPv6 ? 1 : 0),
            Prefix6Length = 64,
            DisableHostLoopback = (byte)(options.AllowHostLoopback ? 0 : 1),
            DisableDns = (byte)(options.HasNameServer ? 0 : 1),
            DisableDhcp = (byte)(options.HasDhcp ? 0 : 1),
        };

        // fec0::/64, the host ::2, the name server ::3: QEMU's.
        configuration.Prefix6[0] = configuration.Host6[0] = configuration.NameServer6[0] = 0xFE;
        configuration.Prefix6[1] = configuration.Host6[1] = configuration.NameServer6[1] = 0xC0;
        configuration.Host6[15] = 2;
        configuration.NameServer6[15] = 3;
        return configuration;
    }

    private static uint ToWord(byte a, byte b, byte c, byte d)
    {
        return BitConverter.ToUInt32([a, b, c, d]);
    }

    private void Free()
    {
        NativeMemory.Free(_callbacks);
        _polls.Dispose();
        _wake.Dispose();
        _self.Free();
    }
}
