using System.Runtime.InteropServices;

namespace IoTNet.Tests.Loopback.Model;

/// <summary>The Linux kernel's own sockets behind the seam: what <see cref="LoopbackStack"/> is compared with. Calls never
/// wait (timeoutMs is taken for 0). Paths lie in a folder of its own, abstract names have a prefix of its own; a path is
/// unlinked when its socket closes, as names of the in-memory stack go with their sockets.</summary>
internal sealed unsafe class KernelStack : IDisposable
{
    private const int AfInet6 = 10;
    private const int SockFlags = 0x800 | 0x80000; // SOCK_NONBLOCK | SOCK_CLOEXEC
    private const int MsgPeek = 2;
    private const int MsgTrunc = 0x20;
    private const int MsgNoSignal = 0x4000;
    private const int SolSocket = 1;
    private const int SoError = 4;
    private const int SoLinger = 13;
    private const int SoReuseAddr = 2;
    private const int SoBroadcast = 6;
    private const int IpProtoTcp = 6;
    private const int TcpNoDelay = 1;
    private const int IpProtoIPv6 = 41;
    private const int IPv6V6Only = 26;
    private const ulong FionRead = 0x541B;

    private readonly string _folder = Directory.CreateTempSubdirectory("iotnet-").FullName;
    private readonly Dictionary<int, string> _paths = new();

    public int Open(AddressFamily family, SocketType type)
    {
        int handle = Answer(socket(Family(family), (int)type | SockFlags, 0));
        if (handle >= 0 && family == AddressFamily.InterNetworkV6)
        {
            // The default of the in-memory stack.
            int on = 1;
            setsockopt(handle, IpProtoIPv6, IPv6V6Only, &on, 4);
        }

        if (handle >= 0 && family != AddressFamily.Unix && type == SocketType.Stream)
        {
            // The in-memory stack never waits to fill a segment. Accepted sockets inherit it.
            int on = 1;
            setsockopt(handle, IpProtoTcp, TcpNoDelay, &on, 4);
        }

        return handle;
    }

    public int OpenPair(SocketType type, out int second)
    {
        int* pair = stackalloc int[2];
        int result = Answer(socketpair(1, (int)type | SockFlags, 0, pair));
        second = pair[1];
        return result < 0 ? result : pair[0];
    }

    public int Close(int handle)
    {
        if (_paths.Remove(handle, out string? path))
        {
            File.Delete(path);
        }

        return Answer(close(handle));
    }

    public int Bind(int handle, SocketAddress address)
    {
        byte[] bytes = ToKernel(address, out string? path);
        fixed (byte* name = bytes)
        {
            int result = Answer(bind(handle, name, bytes.Length));
            if (result == 0 && path != null)
            {
                _paths[handle] = path;
            }

            return result;
        }
    }

    public int Listen(int handle, int backlog) => Answer(listen(handle, backlog));

    public int Accept(int handle, SocketAddress peer)
    {
        byte* name = stackalloc byte[128];
        int length = 128;
        int result = Answer(accept4(handle, name, &length, SockFlags));
        FromKernel(name, result < 0 ? 0 : length, peer);
        return result;
    }

    public int Connect(int handle, SocketAddress address)
    {
        byte[] bytes = ToKernel(address, out _);
        fixed (byte* name = bytes)
        {
            return Answer(connect(handle, name, bytes.Length));
        }
    }

    public int Shutdown(int handle, SocketShutdown how) => Answer(shutdown(handle, (int)how));

    public int Send(int handle, byte[] buffer, int count, SocketAddress? to)
    {
        byte[] bytes = to == null ? [] : ToKernel(to, out _);
        fixed (byte* data = buffer)
        fixed (byte* name = bytes)
        {
            return Answer((int)sendto(handle, data, (nuint)count, MsgNoSignal, name, bytes.Length));
        }
    }

    public int Receive(int handle, byte[] buffer, int count, ref SocketFlags flags, SocketAddress from)
    {
        byte* name = stackalloc byte[128];
        int asked = ((flags & SocketFlags.Peek) != 0 ? MsgPeek : 0) | ((flags & SocketFlags.Truncated) != 0 ? MsgTrunc : 0);
        fixed (byte* data = buffer)
        {
            Piece piece = new() { Data = data, Length = (nuint)count };
            Header header = new() { Name = name, NameLength = 128, Pieces = &piece, PieceCount = 1 };
            int result = Answer((int)recvmsg(handle, &header, asked));
            flags = result >= 0 && (header.Flags & MsgTrunc) != 0 ? SocketFlags.Truncated : SocketFlags.None;
            FromKernel(name, result < 0 ? 0 : header.NameLength, from);
            return result;
        }
    }

    public int Poll(int handle, PollEvents events)
    {
        Entry entry = new() { Handle = handle, Events = (short)events };
        int result = poll(&entry, 1, 0);
        return result < 0 ? Answer(result) : entry.Seen;
    }

    public int GetError(int handle)
    {
        int value = 0;
        int length = 4;
        int result = Answer(getsockopt(handle, SolSocket, SoError, &value, &length));
        return result < 0 ? result : value;
    }

    public int Available(int handle)
    {
        int value = 0;
        int result = Answer(ioctl(handle, FionRead, &value));
        return result < 0 ? result : value;
    }

    public int SetReset(int handle)
    {
        int* value = stackalloc int[] { 1, 0 };
        return Answer(setsockopt(handle, SolSocket, SoLinger, value, 8));
    }

    public int SetReuse(int handle) => SetOn(handle, SoReuseAddr);

    public int SetBroadcast(int handle) => SetOn(handle, SoBroadcast);

    public int GetLocal(int handle, SocketAddress address) => GetName(handle, address, true);

    public int GetRemote(int handle, SocketAddress address) => GetName(handle, address, false);

    public void Dispose() => Directory.Delete(_folder, true);

    private static int SetOn(int handle, int option)
    {
        int value = 1;
        return Answer(setsockopt(handle, SolSocket, option, &value, 4));
    }

    private static int Answer(int result) => result < 0 ? -Marshal.GetLastPInvokeError() : result;

    private static int Family(AddressFamily family) => family == AddressFamily.InterNetworkV6 ? AfInet6 : (int)family;

    private int GetName(int handle, SocketAddress address, bool isLocal)
    {
        byte* name = stackalloc byte[128];
        int length = 128;
        int result = Answer(isLocal ? getsockname(handle, name, &length) : getpeername(handle, name, &length));
        FromKernel(name, result < 0 ? 0 : length, address);
        return result;
    }

    private byte[] ToKernel(SocketAddress address, out string? path)
    {
        path = null;
        byte[] bytes = address.Buffer.AsSpan(0, address.Size).ToArray();
        bytes[0] = (byte)Family(address.Family);
        if (address.Family != AddressFamily.Unix || address.Size == 2)
        {
            return bytes;
        }

        byte[] rest = bytes.AsSpan(2).ToArray();
        if (rest[0] != 0)
        {
            path = Path.Combine(_folder, System.Text.Encoding.ASCII.GetString(rest));
            return [1, 0, .. System.Text.Encoding.ASCII.GetBytes(path), 0];
        }

        return [1, 0, 0, .. System.Text.Encoding.ASCII.GetBytes(_folder), .. rest.AsSpan(1)];
    }

    private void FromKernel(byte* name, int length, SocketAddress address)
    {
        ReadOnlySpan<byte> bytes = new(name, length);
        if (length == 0)
        {
            address.Reset(AddressFamily.Unspecified, 2);
            return;
        }

        if (bytes[0] == 1 && length > 2)
        {
            bool isAbstract = bytes[2] == 0;
            ReadOnlySpan<byte> rest = isAbstract ? bytes[3..] : bytes[2..].TrimEnd((byte)0);
            ReadOnlySpan<byte> prefix = System.Text.Encoding.ASCII.GetBytes(isAbstract ? _folder : _folder + "/");
            rest = rest.StartsWith(prefix) ? rest[prefix.Length..] : rest;
            byte[] own = isAbstract ? [0, .. rest] : rest.ToArray();
            address.Reset(AddressFamily.Unix, 2 + own.Length);
            own.CopyTo(address.Buffer, 2);
            return;
        }

        AddressFamily family = bytes[0] == AfInet6 ? AddressFamily.InterNetworkV6 : (AddressFamily)bytes[0];
        address.Reset(family, length);
        bytes[2..].CopyTo(address.Buffer.AsSpan(2));
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int socket(int family, int type, int protocol);

    [DllImport("libc", SetLastError = true)]
    private static extern int socketpair(int family, int type, int protocol, int* pair);

    [DllImport("libc", SetLastError = true)]
    private static extern int close(int handle);

    [DllImport("libc", SetLastError = true)]
    private static extern int bind(int handle, byte* name, int length);

    [DllImport("libc", SetLastError = true)]
    private static extern int listen(int handle, int backlog);

    [DllImport("libc", SetLastError = true)]
    private static extern int accept4(int handle, byte* name, int* length, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int connect(int handle, byte* name, int length);

    [DllImport("libc", SetLastError = true)]
    private static extern int shutdown(int handle, int how);

    [DllImport("libc", SetLastError = true)]
    private static extern nint sendto(int handle, byte* data, nuint count, int flags, byte* name, int length);

    [DllImport("libc", SetLastError = true)]
    private static extern nint recvmsg(int handle, Header* header, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int poll(Entry* entries, ulong count, int timeoutMs);

    [DllImport("libc", SetLastError = true)]
    private static extern int ioctl(int handle, ulong request, int* value);

    [DllImport("libc", SetLastError = true)]
    private static extern int getsockopt(int handle, int level, int name, void* value, int* length);

    [DllImport("libc", SetLastError = true)]
    private static extern int setsockopt(int handle, int level, int name, void* value, int length);

    [DllImport("libc", SetLastError = true)]
    private static extern int getsockname(int handle, byte* name, int* length);

    [DllImport("libc", SetLastError = true)]
    private static extern int getpeername(int handle, byte* name, int* length);

    private struct Piece
    {
        public byte* Data;
        public nuint Length;
    }

    // struct msghdr of 64-bit Linux.
    private struct Header
    {
        public byte* Name;
        public int NameLength;
        public Piece* Pieces;
        public nuint PieceCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }

    private struct Entry
    {
        public int Handle;
        public short Events;
        public short Seen;
    }
}
