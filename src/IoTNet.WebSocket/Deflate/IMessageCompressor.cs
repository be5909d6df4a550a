namespace IoTNet
{
    /// <summary>Packs and unpacks messages by DEFLATE (RFC 1951) for permessage-deflate (RFC 7692), each message by itself:
    /// nothing is carried from one to the next (no context takeover), so that one object serves all WebSockets of a
    /// loop.</summary>
    /// <remarks>On the desktop <c>DeflateCompressor</c> is one. nanoFramework has no DEFLATE: there the extension is not agreed
    /// upon, unless a board brings a class of its own. It has to inflate with a window of 32 KiB.</remarks>
    public interface IMessageCompressor
    {
        /// <summary>Packs a message.</summary>
        /// <param name="source">Holds the message.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="count">Its length in bytes, 1 or more.</param>
        /// <param name="target">Takes what it becomes from its beginning: blocks that end with an empty stored one, of which the
        /// last 4 bytes, 00 00 FF FF, are left out (RFC 7692 7.2.1).</param>
        /// <param name="limit">How many bytes it may take.</param>
        /// <returns>How many it took; -1 when they are more than the limit: the message is sent as it is.</returns>
        int Compress(byte[] source, int offset, int count, byte[] target, int limit);

        /// <summary>Unpacks a message.</summary>
        /// <param name="source">Holds what the peer made of it, without the last 4 bytes.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="count">Its length in bytes.</param>
        /// <param name="target">Takes the message from its beginning.</param>
        /// <param name="limit">How many bytes it may take: a few bytes may stand for very many.</param>
        /// <returns>How many it took; -1 when they are more than the limit; -2 when the source is no DEFLATE.</returns>
        int Decompress(byte[] source, int offset, int count, byte[] target, int limit);
    }
}
