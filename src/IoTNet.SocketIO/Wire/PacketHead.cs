// socket.io-protocol, revision 5: <type>[<attachments>-][<namespace>,][<id>][JSON]
namespace IoTNet
{
    /// <summary>What stands before the JSON of a Socket.IO packet. It may be used again and again.</summary>
    internal sealed class PacketHead
    {
        // What a double, JavaScript's number, holds exactly in any case.
        private const int MaxIdDigits = 15;
        private const int MaxAttachmentDigits = 4;

        public int Type { get; private set; }

        public int Attachments { get; private set; }

        /// <summary>Where the namespace lies in the buffer; of no length when it is "/".</summary>
        public int NamespaceOffset { get; private set; }

        public int NamespaceCount { get; private set; }

        /// <summary>-1 = none.</summary>
        public long Id { get; private set; }

        public int PayloadOffset { get; private set; }

        public int PayloadCount { get; private set; }

        /// <summary>Reads it.</summary>
        /// <returns>Null when it is right, else what is wrong.</returns>
        public string Read(byte[] buffer, int at, int end, int maxAttachments, int maxNamespaceBytes)
        {
            if (at == end || buffer[at] < '0' || buffer[at] > '0' + PacketType.BinaryAck)
            {
                return "a packet of an unknown type";
            }

            Type = buffer[at++] - '0';
            Attachments = 0;
            if (PacketType.IsBinary(Type))
            {
                int start = at;
                Attachments = (int)Number(buffer, ref at, end, MaxAttachmentDigits);
                if (Attachments < 1 || at == end || buffer[at] != '-' || at == start)
                {
                    return "a binary packet without a count of attachments";
                }

                if (Attachments > maxAttachments)
                {
                    return "more than " + maxAttachments.ToString() + " attachments";
                }

                at++;
            }

            NamespaceOffset = at;
            NamespaceCount = 0;
            if (at < end && buffer[at] == '/')
            {
                while (at < end && buffer[at] != ',')
                {
                    at++;
                }

                NamespaceCount = at - NamespaceOffset;
                if (NamespaceCount > maxNamespaceBytes)
                {
                    return "a namespace of more than " + maxNamespaceBytes.ToString() + " bytes";
                }

                NamespaceCount = NamespaceCount == 1 ? 0 : NamespaceCount;
                at += at < end ? 1 : 0;
            }

            return ReadRest(buffer, at, end);
        }

        /// <summary>Whether the namespace is a given one; "/" is given as null.</summary>
        public bool IsFor(byte[] buffer, byte[] name)
        {
            int count = name == null ? 0 : name.Length;
            return NamespaceCount == count && Bytes.AreSame(buffer, NamespaceOffset, name, count);
        }

        private string ReadRest(byte[] buffer, int at, int end)
        {
            int start = at;
            Id = Number(buffer, ref at, end, MaxIdDigits);
            if (Id < 0)
            {
                return "an id of more than " + MaxIdDigits.ToString() + " digits";
            }

            Id = at == start ? -1 : Id;
            PayloadOffset = at;
            PayloadCount = end - at;
            return PacketType.IsAck(Type) && Id < 0 ? "an acknowledgement without an id" : null;
        }

        // -1 when it has too many digits; 0 when it has none.
        private static long Number(byte[] buffer, ref int at, int end, int maxDigits)
        {
            long value = 0;
            int start = at;
            while (at < end && buffer[at] >= '0' && buffer[at] <= '9')
            {
                if (at - start == maxDigits)
                {
                    return -1;
                }

                value = (value * 10) + buffer[at++] - '0';
            }

            return value;
        }
    }
}
