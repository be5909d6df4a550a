using System.Text;

namespace IoTNet.Emulator;

/// <summary>A frame's fate as the comment of its packet block, which Wireshark shows and <see cref="PcapReader"/> reads
/// back: the fate's name, a colon, and what it means.</summary>
internal static class FateComments
{
    private static readonly byte[][] s_comments = [.. Enum.GetValues<FrameFate>().Select(fate => Encoding.ASCII.GetBytes(Text(fate)))];

    /// <summary>The comment; empty for a frame that passed.</summary>
    public static ReadOnlySpan<byte> Of(FrameFate fate) => (uint)fate < (uint)s_comments.Length ? s_comments[(int)fate] : default;

    /// <summary>The fate that a comment begins with.</summary>
    public static bool TryRead(ReadOnlySpan<byte> comment, out FrameFate fate)
    {
        for (int i = 1; i < s_comments.Length; i++)
        {
            // Compared as far as the colon: the words behind it are for people.
            ReadOnlySpan<byte> name = s_comments[i].AsSpan(0, s_comments[i].AsSpan().IndexOf((byte)':') + 1);
            if (comment.StartsWith(name))
            {
                fate = (FrameFate)i;
                return true;
            }
        }

        fate = FrameFate.Passed;
        return false;
    }

    private static string Text(FrameFate fate)
    {
        return fate switch
        {
            FrameFate.Passed => "",
            FrameFate.Lost => "Lost: the sender's cable lost this frame",
            FrameFate.Corrupted => "Corrupted: the sender's cable turned one bit of this frame",
            FrameFate.Duplicated => "Duplicated: the sender's cable delivered this frame twice",
            FrameFate.Reordered => "Reordered: the sender's cable held this frame back",
            FrameFate.LinkDown => "LinkDown: the sender's cable is cut",
            FrameFate.TooLong => "TooLong: this frame is longer than the MTU of the sender's cable",
            FrameFate.Runt => "Runt: this is shorter than an Ethernet header",
            FrameFate.QueueFull => "QueueFull: too many bytes waited for the bandwidth of the sender's cable",
            FrameFate.Partitioned => "Partitioned: a partition lies between sender and receiver",
            _ => fate + ":",
        };
    }
}
