namespace IoTNet.Tests.Loopback.Model;

/// <summary>One answer in which the in-memory stack differs from Linux on purpose.</summary>
/// <param name="Call">The call.</param>
/// <param name="Kinds">Of which sockets.</param>
/// <param name="Kernel">What Linux answers.</param>
/// <param name="Ours">What the in-memory stack answers.</param>
/// <param name="Reason">Why.</param>
internal sealed record Divergence(string Call, Kind[] Kinds, int Kernel, int Ours, string Reason)
{
    /// <summary>All of them. What changes the state differently cannot stand here; <see cref="Duel.Avoids"/> has it.</summary>
    public static readonly Divergence[] All =
    [
        new("receive", [Kind.UnixStream], -(int)Errno.EINVAL, -(int)Errno.ENOTCONN,
            "POSIX recv() and the seam name ENOTCONN for a socket that is not connected; only Linux's AF_UNIX streams say EINVAL."),
        new("receive", [Kind.UnixDgram, Kind.Udp4, Kind.Udp6], -(int)Errno.EAGAIN, 0,
            "After Shutdown(Receive) poll() says In, here and there; on Linux only a receive that may wait gives 0, and one that "
            + "may not gives EAGAIN: a loop around poll() would spin."),
        new("accept", [Kind.UnixStream, Kind.UnixSeqpacket], -(int)Errno.EAGAIN, -(int)Errno.EINVAL,
            "After Shutdown(Receive) of a listener no connection comes any more. Linux says so, with EINVAL, to an accept that "
            + "may wait only."),
        new("available", [Kind.UnixSeqpacket], Any, Any,
            "Linux counts the bytes of all records that wait; here, as the option's description says, what one receive takes."),
    ];

    private const int Any = int.MinValue;

    public static bool Allows(string call, Kind kind, int kernel, int ours) =>
        All.Any(known => known.Call == call && known.Kinds.Contains(kind)
            && (known.Kernel == Any || known.Kernel == kernel)
            && (known.Ours == Any || known.Ours == ours));
}

/// <summary>What is compared.</summary>
internal enum Kind
{
    UnixStream,
    UnixDgram,
    UnixSeqpacket,
    Tcp4,
    Tcp6,
    Udp4,
    Udp6,
}
