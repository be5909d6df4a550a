using System;

namespace IoTNet
{
    /// <summary>From the messages of a connection to packets: a packet with attachments is kept until all of them have come. It
    /// holds no more than one, of bounded size.</summary>
    internal sealed class PacketDecoder
    {
        // A buffer longer than this is let go after its packet.
        private const int KeptBytes = 4096;

        private readonly PacketLimits _limits;
        private readonly PacketHead _head;
        private readonly IPacketTarget _target;

        // Made with the first packet that has attachments.
        private PacketParts _parts;
        private byte[] _kept;
        private int _keptCount;
        private int _textCount;

        // How many attachments are due in all; 0 = none.
        private int _expected;

        /// <param name="head">May be shared with other decoders of the same thread.</param>
        public PacketDecoder(PacketLimits limits, PacketHead head, IPacketTarget target)
        {
            _limits = limits;
            _head = head;
            _target = target;
        }

        /// <summary>Takes a text message.</summary>
        /// <returns>Null; else what is wrong.</returns>
        public string Text(byte[] buffer, int offset, int count)
        {
            if (_expected > 0)
            {
                return "text where an attachment was due";
            }

            string violation = _head.Read(buffer, offset, offset + count, _limits.MaxAttachments, _limits.MaxNamespaceBytes);
            if (violation != null || !PacketType.IsBinary(_head.Type))
            {
                return violation ?? _target.OnPacket(_head, buffer, PacketParts.None);
            }

            _expected = _head.Attachments;
            _parts ??= new PacketParts();
            if (_parts.Ends == null || _parts.Ends.Length < _expected)
            {
                _parts.Ends = new int[_expected];
            }

            _parts.Count = 0;
            _keptCount = 0;
            violation = Keep(buffer, offset, count);
            _textCount = _keptCount;
            return violation;
        }

        /// <summary>Takes a binary message.</summary>
        /// <returns>Null; else what is wrong.</returns>
        public string Binary(byte[] buffer, int offset, int count)
        {
            if (_expected == 0)
            {
                return "an attachment of no packet";
            }

            string violation = Keep(buffer, offset, count);
            if (violation != null)
            {
                return violation;
            }

            _parts.Ends[_parts.Count++] = _keptCount;
            return _parts.Count < _expected ? null : Deliver();
        }

        /// <summary>Drops what it holds.</summary>
        public void Clear()
        {
            _expected = 0;
            _kept = null;
            _keptCount = 0;
        }

        private string Deliver()
        {
            _expected = 0;
            _parts.Buffer = _kept;
            _parts.Start = _textCount;
            _head.Read(_kept, 0, _textCount, _limits.MaxAttachments, _limits.MaxNamespaceBytes);
            try
            {
                return _target.OnPacket(_head, _kept, _parts);
            }
            finally
            {
                _parts.Buffer = null;
                _kept = _kept != null && _kept.Length > KeptBytes ? null : _kept;
            }
        }

        private string Keep(byte[] buffer, int offset, int count)
        {
            if (count > _limits.MaxEventBytes - _keptCount)
            {
                return "an event of more than " + _limits.MaxEventBytes.ToString() + " bytes with its attachments";
            }

            int needed = _keptCount + count;
            if (_kept == null || needed > _kept.Length)
            {
                int size = needed < _limits.MaxEventBytes / 2 ? needed * 2 : _limits.MaxEventBytes;
                byte[] larger = new byte[size];
                if (_keptCount > 0)
                {
                    Array.Copy(_kept, 0, larger, 0, _keptCount);
                }

                _kept = larger;
            }

            Array.Copy(buffer, offset, _kept, _keptCount, count);
            _keptCount = needed;
            return null;
        }
    }
}
