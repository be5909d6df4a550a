using System.Text;

namespace IoTNet.Emulator;

/// <summary>What became of a frame as the comment of its packet block, which Wireshark shows and <see cref="PcapReader"/>
/// reads back: the fate's name, a colon, and what it means.</summary>
internal static class FateComments
{
    private static readonly byte[][] s_fromDevice = Comments(OnTheSendersCable);
    private static readonly byte[][] s_toDevice = Comments(OnTheWayTo);

    /// <summary>The comment; empty for a frame that passed. For one on its way out the port's name belongs behind it.</summary>
    public static ReadOnlySpan<byte> Of(FrameDirection direction, FrameFate fate)
    {
        byte[][] comments = direction == FrameDirection.ToDevice ? s_toDevice : s_fromDevice;
        return (uint)fate < (uint)comments.Length ? comments[(int)fate] : default;
    }

    /// <summary>The fate that a comment begins with.</summary>
    public static bool TryRead(ReadOnlySpan<byte> comment, out FrameFate fate)
    {
        for (int i = 1; i < s_fromDevice.Length; i++)
        {
            // Compared as far as the colon: the words behind it are for people.
            ReadOnlySpan<byte> name = s_fromDevice[i].AsSpan(0, s_fromDevice[i].AsSpan().IndexOf((byte)':') + 1);
            if (comment.StartsWith(name))
            {
                fate = (FrameFate)i;
                return true;
            }
        }

        fate = FrameFate.Passed;
        return false;
    }

    private static byte[][] Comments(Func<FrameFate, string> words) =>
        [.. Enum.GetValues<FrameFate>().Select(fate => Encoding.ASCII.GetBytes(fate == FrameFate.Passed ? "" : $"{fate}: {words(fate)}"))];

    private static string OnTheSendersCable(FrameFate fate) => fate switch
    {
        FrameFate.Lost => "the sender's cable lost this frame",
        FrameFate.Corrupted => "the sender's cable turned one bit of this frame",
        FrameFate.Duplicated => "the sender's cable delivered this frame twice",
        FrameFate.Reordered => "the sender's cable held this frame back",
        FrameFate.LinkDown => "the sender's cable is cut",
        FrameFate.TooLong => "this frame is longer than the MTU of the sender's cable",
        FrameFate.Runt => "this is shorter than an Ethernet header",
        FrameFate.QueueFull => "too many bytes waited for the bandwidth of the sender's cable",
        FrameFate.Partitioned => "a partition lies between sender and receiver",
        _ => "",
    };

    private static string OnTheWayTo(FrameFate fate) => fate switch
    {
        FrameFate.Lost => "lost on the way to ",
        FrameFate.Corrupted => "one bit turned on the way to ",
        FrameFate.Duplicated => "delivered twice to ",
        FrameFate.Reordered => "held back on the way to ",
        FrameFate.LinkDown => "the cable is cut on the way to ",
        FrameFate.TooLong => "longer than the MTU on the way to ",
        FrameFate.Runt => "shorter than an Ethernet header on the way to ",
        FrameFate.QueueFull => "too many bytes waited for the bandwidth on the way to ",
        FrameFate.Partitioned => "a partition lies on the way to ",
        _ => "on the way to ",
    };
}
