using System.Globalization;
using System.Runtime.InteropServices;

namespace IoTNet.Emulator;

// Ports of the host that lead to boards.
public sealed unsafe partial class HostGateway
{
    // libslirp listens with a backlog of 1; with more connections at once the kernel would let clients wait for seconds.
    private const int Backlog = 128;

    private readonly List<Forward> _forwards = [];

    /// <summary>The forwards that are open, with their real host ports.</summary>
    public IReadOnlyList<Forward> Forwards
    {
        get
        {
            lock (_forwards)
            {
                return [.. _forwards];
            }
        }
    }

    /// <summary>Opens a forward, at the host's 127.0.0.1 unless the address says otherwise.</summary>
    /// <param name="protocol">Tcp or Udp.</param>
    /// <param name="host">Where the host listens; port 0 = any free one. Another address than a loopback one lets other
    /// machines in.</param>
    /// <param name="board">The board's address and port, of the same family.</param>
    /// <returns>The forward, with the port that was taken.</returns>
    /// <exception cref="ArgumentException">The protocol or the addresses cannot be.</exception>
    /// <exception cref="SocketException">The host does not give the port: in use (EADDRINUSE), an address that is not the
    /// host's (EADDRNOTAVAIL), a port that needs rights (EACCES).</exception>
    /// <exception cref="ObjectDisposedException">The gateway is gone.</exception>
    public Forward AddForward(ProtocolType protocol, IPEndPoint host, IPEndPoint board)
    {
        ArgumentNullException.ThrowIfNull(board);
        return AddForward(new Forward { Protocol = protocol, Host = host, BoardAddress = board.Address, BoardPort = board.Port });
    }

    /// <summary>Opens a forward whose board is given by its address; <see cref="EmulatedNetwork.AddForward"/> finds it by
    /// its name.</summary>
    /// <param name="forward">The forward.</param>
    /// <returns>The forward, with the port that was taken.</returns>
    /// <exception cref="ArgumentException">The protocol or the addresses cannot be.</exception>
    /// <exception cref="SocketException">The host does not give the port; as above.</exception>
    /// <exception cref="ObjectDisposedException">The gateway is gone.</exception>
    public Forward AddForward(Forward forward)
    {
        ArgumentNullException.ThrowIfNull(forward);
        if (forward.Protocol is not (ProtocolType.Tcp or ProtocolType.Udp))
        {
            throw new ArgumentException("A forward is Tcp or Udp, not " + forward.Protocol + ".", nameof(forward));
        }

        if (forward.BoardAddress == null || forward.BoardPort == 0 || forward.BoardAddress.AddressFamily != forward.Host.AddressFamily)
        {
            throw new ArgumentException(
                $"Forward {forward} needs a board's port and an address of the same family as the host's, not " +
                (forward.BoardAddress?.ToString() ?? "none") + ".",
                nameof(forward));
        }

        return Call(() => Open(forward));
    }

    /// <summary>Closes a forward. Connections that came through it live on.</summary>
    /// <param name="forward">As AddForward gave it.</param>
    /// <returns>False when there is none at that host address and port.</returns>
    /// <exception cref="ObjectDisposedException">The gateway is gone.</exception>
    public bool RemoveForward(Forward forward)
    {
        ArgumentNullException.ThrowIfNull(forward);
        return Call(() => Close(forward));
    }

    private Forward Open(Forward forward)
    {
        byte* host = stackalloc byte[HostCalls.AddressRoom];
        byte* board = stackalloc byte[HostCalls.AddressRoom];
        uint hostLength = HostCalls.WriteAddress(forward.Host, host);
        uint boardLength = HostCalls.WriteAddress(new IPEndPoint(forward.BoardAddress, forward.BoardPort), board);
        HashSet<int> before = ForwardDescriptors();
        if (SlirpLibrary.AddForward(_slirp, host, hostLength, board, boardLength, Flags(forward)) != 0)
        {
            throw Refusal((Errno)Marshal.GetLastPInvokeError(), forward);
        }

        // libslirp does not tell which port the kernel chose for 0, but lists its sockets: the one that is new is asked. All
        // this is within one turn of the only thread that opens them.
        int descriptor = ForwardDescriptors().Except(before).DefaultIfEmpty(-1).First();
        if (descriptor < 0 || HostCalls.GetSocketName(descriptor, host, &hostLength) != 0)
        {
            throw new SocketException(Errno.EIO, $"libslirp opened forward {forward} but does not list it.");
        }

        if (forward.Protocol == ProtocolType.Tcp)
        {
            _ = HostCalls.Listen(descriptor, Backlog);
        }

        Forward opened = forward with { Host = new IPEndPoint(forward.Host.Address, HostCalls.ReadPort(host)) };
        lock (_forwards)
        {
            _forwards.Add(opened);
        }

        return opened;
    }

    private bool Close(Forward forward)
    {
        byte* host = stackalloc byte[HostCalls.AddressRoom];
        uint length = HostCalls.WriteAddress(forward.Host, host);
        lock (_forwards)
        {
            _ = _forwards.RemoveAll(f => f.Protocol == forward.Protocol && f.Host.Equals(forward.Host));
        }

        return SlirpLibrary.RemoveForward(_slirp, host, length, Flags(forward)) == 0;
    }

    private static int Flags(Forward forward)
    {
        return (forward.Protocol == ProtocolType.Udp ? SlirpLibrary.ForwardUdp : 0) |
            (forward.Host.AddressFamily == AddressFamily.InterNetworkV6 ? SlirpLibrary.ForwardV6Only : 0);
    }

    private static SocketException Refusal(Errno error, Forward forward)
    {
        string cause = error switch
        {
            Errno.EADDRINUSE => "the port is in use on this machine; choose another one, or 0 for any free one",
            Errno.EADDRNOTAVAIL => "the address is not this machine's",
            Errno.EACCES => "ports below 1024 need rights on this machine",
            _ => ErrnoTable.Text(error),
        };
        string protocol = forward.Protocol == ProtocolType.Udp ? "UDP" : "TCP";
        return new SocketException(error, $"Cannot listen on {protocol} {forward.Host} for forward {forward}: {cause}.");
    }

    // Lines such as "  TCP[HOST_FORWARD]  12 127.0.0.1 7007 ...": protocol and state, then the descriptor.
    private HashSet<int> ForwardDescriptors()
    {
        byte* text = SlirpLibrary.ConnectionInfo(_slirp);
        string info = Marshal.PtrToStringUTF8((nint)text) ?? "";
        NativeMemory.Free(text);
        HashSet<int> descriptors = [];
        foreach (string line in info.Split('\n'))
        {
            string[] words = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 3 && words[0].EndsWith("[HOST_FORWARD]", StringComparison.Ordinal) &&
                int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int descriptor))
            {
                _ = descriptors.Add(descriptor);
            }
        }

        return descriptors;
    }
}
