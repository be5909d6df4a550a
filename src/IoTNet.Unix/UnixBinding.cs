using System;

namespace IoTNet
{
    /// <summary>The AF_UNIX half of a socket: its name.</summary>
    internal sealed class UnixBinding
    {
        private readonly UnixNames _names;
        private bool _isInTable;

        public readonly MemorySocket Owner;

        /// <summary>A path, or a NUL and an abstract name; null when the socket has none.</summary>
        public byte[] Name;

        /// <summary>The next one in the name table's bucket.</summary>
        public UnixBinding Next;

        public UnixBinding(MemorySocket owner, UnixNames names)
        {
            Owner = owner;
            _names = names;
        }

        /// <summary>Binds to a name; an empty one asks for an automatic name.</summary>
        /// <returns>0; or EAFNOSUPPORT, EINVAL (bound already), EADDRINUSE.</returns>
        public int Bind(SocketAddress address)
        {
            if (address.Family != AddressFamily.Unix)
            {
                return -(int)Errno.EAFNOSUPPORT;
            }

            if (UnixNames.LengthOf(address) == 0)
            {
                // unix(7): autobind of a socket that has a name changes nothing.
                _isInTable = _isInTable || (Name == null && _names.AddAutomatic(this));
                return Name != null ? 0 : -(int)Errno.EADDRINUSE;
            }

            // As on Linux, a path that exists is told before a name that the socket has.
            bool isPath = address.Buffer[SocketAddress.UnixPathOffset] != 0;
            if (Name != null)
            {
                return isPath && _names.Find(address, Owner.Type) != null ? -(int)Errno.EADDRINUSE : -(int)Errno.EINVAL;
            }

            _isInTable = _names.Add(this, address);
            return _isInTable ? 0 : -(int)Errno.EADDRINUSE;
        }

        /// <summary>Finds the socket that an address names.</summary>
        /// <param name="address">The address.</param>
        /// <param name="found">The socket, of this one's type.</param>
        /// <returns>0; or EAFNOSUPPORT, EINVAL (no name), ENOENT (no such path), ECONNREFUSED (no such abstract name),
        /// EPROTOTYPE (a socket of another type).</returns>
        public int Find(SocketAddress address, out MemorySocket found)
        {
            found = null;
            if (address.Family != AddressFamily.Unix)
            {
                return -(int)Errno.EAFNOSUPPORT;
            }

            if (UnixNames.LengthOf(address) == 0)
            {
                return -(int)Errno.EINVAL;
            }

            UnixBinding binding = _names.Find(address, Owner.Type);
            if (binding == null)
            {
                bool isPath = address.Buffer[SocketAddress.UnixPathOffset] != 0;
                return isPath ? -(int)Errno.ENOENT : -(int)Errno.ECONNREFUSED;
            }

            if (binding.Owner.Type != Owner.Type)
            {
                return -(int)Errno.EPROTOTYPE;
            }

            found = binding.Owner;
            return 0;
        }

        /// <summary>Gives the name back. Peers that are still connected go on to show it.</summary>
        public void Close()
        {
            if (_isInTable)
            {
                _names.Remove(this);
                _isInTable = false;
            }
        }

        /// <summary>Writes a name, or the lack of one, as a socket address.</summary>
        public static void CopyTo(byte[] name, SocketAddress target)
        {
            int length = name == null ? 0 : name.Length;
            target.Reset(AddressFamily.Unix, SocketAddress.UnixPathOffset + length);
            if (length > 0)
            {
                Array.Copy(name, 0, target.Buffer, SocketAddress.UnixPathOffset, length);
            }
        }
    }
}
