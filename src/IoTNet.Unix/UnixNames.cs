using System;

namespace IoTNet
{
    /// <summary>The names that AF_UNIX sockets of one stack are bound to. Paths are one namespace; abstract names are one for
    /// each socket type, as on Linux. Guarded by the stack's lock.</summary>
    internal sealed class UnixNames
    {
        private readonly UnixBinding[] _buckets;
        private int _lastAutomatic;

        public UnixNames(int buckets)
        {
            _buckets = new UnixBinding[buckets];
        }

        /// <summary>Where the name in an address ends: as on Linux, a path ends at its first NUL.</summary>
        /// <returns>Its bytes; 0 when the address has no name.</returns>
        public static int LengthOf(SocketAddress address)
        {
            int length = address.Size - SocketAddress.UnixPathOffset;
            if (length > 0 && address.Buffer[SocketAddress.UnixPathOffset] != 0)
            {
                for (int i = 1; i < length; i++)
                {
                    if (address.Buffer[SocketAddress.UnixPathOffset + i] == 0)
                    {
                        return i;
                    }
                }
            }

            return length;
        }

        /// <summary>Finds the socket that is bound to a name.</summary>
        /// <param name="address">The name, which is not empty.</param>
        /// <param name="type">The type of the socket that asks.</param>
        /// <returns>The binding, whatever its type when the name is a path; or null.</returns>
        public UnixBinding Find(SocketAddress address, SocketType type)
        {
            return Find(address.Buffer, SocketAddress.UnixPathOffset, LengthOf(address), type);
        }

        /// <summary>Binds a socket to a name.</summary>
        /// <returns>False when the name is taken.</returns>
        public bool Add(UnixBinding binding, SocketAddress address)
        {
            int length = LengthOf(address);
            if (Find(address.Buffer, SocketAddress.UnixPathOffset, length, binding.Owner.Type) != null)
            {
                return false;
            }

            byte[] name = new byte[length];
            Array.Copy(address.Buffer, SocketAddress.UnixPathOffset, name, 0, length);
            Insert(binding, name);
            return true;
        }

        /// <summary>Binds a socket to a free abstract name: a NUL and five hexadecimal digits (unix(7), autobind).</summary>
        /// <returns>False when there is none.</returns>
        public bool AddAutomatic(UnixBinding binding)
        {
            const int Names = 0x100000;
            byte[] name = new byte[6];
            for (int tries = 0; tries < Names; tries++)
            {
                _lastAutomatic = (_lastAutomatic + 1) % Names;
                for (int digit = 1; digit < name.Length; digit++)
                {
                    int nibble = (_lastAutomatic >> (4 * (name.Length - 1 - digit))) & 0xF;
                    name[digit] = (byte)(nibble < 10 ? '0' + nibble : 'a' + nibble - 10);
                }

                if (Find(name, 0, name.Length, binding.Owner.Type) == null)
                {
                    Insert(binding, name);
                    return true;
                }
            }

            return false;
        }

        public void Remove(UnixBinding binding)
        {
            int bucket = BucketOf(binding.Name, 0, binding.Name.Length);
            if (_buckets[bucket] == binding)
            {
                _buckets[bucket] = binding.Next;
            }
            else
            {
                UnixBinding before = _buckets[bucket];
                while (before.Next != binding)
                {
                    before = before.Next;
                }

                before.Next = binding.Next;
            }

            binding.Next = null;
        }

        private void Insert(UnixBinding binding, byte[] name)
        {
            int bucket = BucketOf(name, 0, name.Length);
            binding.Name = name;
            binding.Next = _buckets[bucket];
            _buckets[bucket] = binding;
        }

        private UnixBinding Find(byte[] bytes, int offset, int length, SocketType type)
        {
            for (UnixBinding binding = _buckets[BucketOf(bytes, offset, length)]; binding != null; binding = binding.Next)
            {
                if (IsSame(binding.Name, bytes, offset, length) && (bytes[offset] != 0 || binding.Owner.Type == type))
                {
                    return binding;
                }
            }

            return null;
        }

        private static bool IsSame(byte[] name, byte[] bytes, int offset, int length)
        {
            if (name.Length != length)
            {
                return false;
            }

            for (int i = 0; i < length; i++)
            {
                if (name[i] != bytes[offset + i])
                {
                    return false;
                }
            }

            return true;
        }

        private int BucketOf(byte[] bytes, int offset, int length)
        {
            int hash = length;
            for (int i = 0; i < length; i++)
            {
                hash = (hash * 31) + bytes[offset + i];
            }

            return (hash & int.MaxValue) % _buckets.Length;
        }
    }
}
