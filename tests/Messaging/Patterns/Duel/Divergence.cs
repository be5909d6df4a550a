namespace IoTNet.Tests.Messaging.Patterns.Duel;

/// <summary>One answer in which ours differ from libzmq on purpose.</summary>
/// <param name="Call">The call.</param>
/// <param name="Type">Of which socket.</param>
/// <param name="Theirs">What libzmq answers.</param>
/// <param name="Ours">What ours answers.</param>
/// <param name="Reason">Why.</param>
internal sealed record Divergence(string Call, MessageSocketType Type, int Theirs, int Ours, string Reason)
{
    /// <summary>All of them. What changes the state differently cannot stand here; <see cref="DuelScript"/> leaves it out.</summary>
    public static readonly Divergence[] All =
    [
        new("send", MessageSocketType.Router, -(int)Errno.EAGAIN, -(int)Errno.EHOSTUNREACH,
            "A peer that has gone, had a full queue, and left a message that has not been received: libzmq has it wait for room."),
    ];

    public static bool Allows(string call, MessageSocketType type, int theirs, int ours) =>
        All.Any(known => known.Call == call && known.Type == type && known.Theirs == theirs && known.Ours == ours);

    /// <summary>What libzmq says of what could be done next, and is not so.</summary>
    public static bool AllowsEvents(DuelSocket socket, PollEvents theirs, PollEvents ours) => socket.Type switch
    {
        // It looks whether anything is there, not whether it is a reply to the request, or a request with an envelope.
        MessageSocketType.Req => (theirs & ~PollEvents.In) == (ours & ~PollEvents.In) && (ours & PollEvents.In) == 0,
        MessageSocketType.Rep => (theirs & ~PollEvents.In) == (ours & ~PollEvents.In) && (ours & PollEvents.In) == 0,

        // A peer that is gone and left messages could still be sent to, as far as its queue goes.
        MessageSocketType.Router => socket.Options.Mandatory && (theirs & ~PollEvents.Out) == ours,
        _ => false,
    };

    /// <summary>Peers are served in turn, here and there; but libzmq's row changes when one has nothing or no room. Whose turn it is
    /// matters when a socket has several peers.</summary>
    public static bool TakesTurns(IReadOnlyList<DuelSocket> sockets, int ours, int theirs) =>
        ours is 0 or -(int)Errno.EAGAIN && theirs is 0 or -(int)Errno.EAGAIN && sockets.Any(s => s.Peers.Count + s.Waiting.Count > 1);

    /// <summary>What one subscriber that leaves had subscribed to is told in libzmq in the order of the alphabet, here as it stands
    /// in the table; also what a new publisher is told.</summary>
    public static bool UnsubscribesInOrder(byte[] ours, byte[] theirs) =>
        ours.Length > 0 && theirs.Length > 0 && ours[0] == theirs[0] && ours[0] <= 1;

    /// <summary>To tell whether there is anything to receive, these of libzmq take it out of its queue, and the sender has room
    /// for one more.</summary>
    public static bool LooksWithoutTaking(MessageSocketType type) =>
        type is not (MessageSocketType.Router or MessageSocketType.Rep or MessageSocketType.Sub or MessageSocketType.XSub);
}
