using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace IoTNet.Emulator;

/// <summary>
/// Attaches the network to a Linux TAP device: frames of the network come out of the device on the host, and what the host
/// sends into it, or a bridge that it is part of, goes into the network.
/// </summary>
/// <remarks>Frames are written on the sender's thread, as the kernel takes or refuses each at once; those that it refuses
/// (the device is down) are dropped and counted. One thread reads.</remarks>
public sealed unsafe partial class TapPort : IFrameSink, IDisposable
{
    /// <summary>IFNAMSIZ less the final zero.</summary>
    private const int LongestName = 15;

    private const int RequestBytes = 40, FlagsOffset = 16;

    // linux/if_tun.h: TUNSETIFF; IFF_TAP | IFF_NO_PI: Ethernet frames, without a header of the driver's.
    private const uint SetInterface = 0x400454CA;
    private const ushort TapWithoutInfo = 0x1002;
    private const int ReadWrite = 2, NonBlocking = 0x800, CloseOnExec = 0x80000;
    private const int NoEntry = 2, NoSuchDevice = 6, Busy = 16, NoDevice = 19;
    private const string Device = "/dev/net/tun";

    private readonly SafeFileHandle _file;
    private readonly IFrameWire _port;
    private readonly WakeEvent _stop = new();
    private readonly Thread _thread;
    private int _disposed;
    private long _framesIn;
    private long _framesOut;
    private long _framesDropped;

    /// <summary>Opens a TAP device and plugs it in.</summary>
    /// <param name="name">The device's name, 1 to 15 bytes. One that exists is used, when it was made for this user; else one
    /// is made that lives as long as this object, which needs CAP_NET_ADMIN.</param>
    /// <param name="port">Its end of the cable, which it disposes.</param>
    /// <exception cref="ArgumentException">The name cannot be.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has no TAP devices.</exception>
    /// <exception cref="SocketException">EPERM, EACCES: no right to it; EADDRINUSE: another process has it; EINVAL: the name is
    /// another kind of device's. The text says what to do.</exception>
    public TapPort(string name, IFrameWire port)
        : this(Open(name), name, port)
    {
    }

    // What is behind the descriptor is not looked at: whatever gives and takes a frame at a time.
    internal TapPort(SafeFileHandle file, string name, IFrameWire port)
    {
        ArgumentNullException.ThrowIfNull(port);
        Name = name;
        _file = file;
        _port = port;
        _thread = new Thread(Run) { IsBackground = true, Name = "tap " + name };
        port.Open(this);
        _thread.Start();
    }

    /// <summary>The device's name.</summary>
    public string Name { get; }

    /// <summary>Frames that came out of the device.</summary>
    public long FramesIn => Interlocked.Read(ref _framesIn);

    /// <summary>Frames that the device took.</summary>
    public long FramesOut => Interlocked.Read(ref _framesOut);

    /// <summary>Frames that the device refused: it is down, or its queue is full.</summary>
    public long FramesDropped => Interlocked.Read(ref _framesDropped);

    /// <summary>Why nothing can be read from the device any more (it was removed); null while it works.</summary>
    public string? Failure { get; private set; }

    /// <inheritdoc/>
    public void Deliver(ReadOnlySpan<byte> frame)
    {
        fixed (byte* bytes = frame)
        {
            bool taken = Write(_file, bytes, (nuint)frame.Length) == frame.Length;
            _ = Interlocked.Increment(ref taken ? ref _framesOut : ref _framesDropped);
        }
    }

    /// <summary>Unplugs the device and closes it. Nothing happens the second time.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _port.Dispose();
        _stop.Set();
        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }

        _file.Dispose();
        _stop.Dispose();
    }

    private static SafeFileHandle Open(string name)
    {
        CheckName(name);
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("TAP devices are Linux's; on this system boards reach the host by the gateway.");
        }

        SafeFileHandle file = new(OpenFile(Device, ReadWrite | NonBlocking | CloseOnExec), ownsHandle: true);
        if (file.IsInvalid)
        {
            throw Explain(Marshal.GetLastPInvokeError(), name, Device);
        }

        byte* request = stackalloc byte[RequestBytes];
        new Span<byte>(request, RequestBytes).Clear();
        _ = Encoding.ASCII.GetBytes(name, new Span<byte>(request, LongestName));
        *(ushort*)(request + FlagsOffset) = TapWithoutInfo;
        if (Control(file, SetInterface, request) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            file.Dispose();
            throw Explain(error, name, "device " + name);
        }

        return file;
    }

    // The kernel's rule (dev_valid_name): no slash, no colon, no space; a % would ask it to number the device.
    private static void CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Length > LongestName || name is "." or ".." || name.Any(c => c is <= ' ' or > '~' or '/' or ':' or '%'))
        {
            throw new ArgumentException(
                $"\"{name}\" cannot be a network device: a name has 1 to {LongestName} ASCII characters without spaces, '/', ':' and '%'.", nameof(name));
        }
    }

    private static Exception Explain(int error, string name, string what)
    {
        string right = $"run \"sudo ip tuntap add dev {name} mode tap user $USER\" once, or give the process CAP_NET_ADMIN";
        return error switch
        {
            NoEntry or NoDevice or NoSuchDevice => new PlatformNotSupportedException(
                $"{Device} is not here: load the kernel's module (modprobe tun), or give the container the device (--device {Device})."),
            (int)Errno.EPERM or (int)Errno.EACCES => new SocketException((Errno)error, $"No right to {what}: {right}."),
            Busy => new SocketException(Errno.EADDRINUSE, $"Device {name} is in use by another process or port; choose another name."),
            (int)Errno.EINVAL => new SocketException(Errno.EINVAL, $"Device {name} is no TAP device, or was made with other options; choose another name."),
            _ => new SocketException((Errno)error, $"Cannot open {what}: Linux answers error {error}."),
        };
    }

    private void Run()
    {
        // A bridge may pass on what is longer than the network's frames; the receivers drop it.
        byte[] buffer = GC.AllocateUninitializedArray<byte>(65_536, pinned: true);
        using PollSet polls = new();
        while (Volatile.Read(ref _disposed) == 0 && Failure == null)
        {
            polls.Clear();
            int device = polls.Add((int)_file.DangerousGetHandle(), HostCalls.PollIn);
            _ = polls.Add(_stop.Descriptor, HostCalls.PollIn);
            if (polls.Wait(Timeout.Infinite) > 0 && polls.Result(device) != 0)
            {
                ReadFrames(buffer);
            }
        }

        _port.Dispose();
    }

    private void ReadFrames(byte[] buffer)
    {
        fixed (byte* bytes = buffer)
        {
            nint count;
            while (Volatile.Read(ref _disposed) == 0 && (count = Read(_file, bytes, (nuint)buffer.Length)) != 0)
            {
                if (count < 0)
                {
                    int error = Marshal.GetLastPInvokeError();
                    Failure = error is (int)Errno.EAGAIN or (int)Errno.EINTR ? null : $"Device {Name} is gone: Linux answers error {error}.";
                    return;
                }

                _ = Interlocked.Increment(ref _framesIn);
                _port.Send(new ReadOnlySpan<byte>(bytes, (int)count));
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, nuint request, void* argument);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeFileHandle file, void* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeFileHandle file, void* bytes, nuint count);
}
