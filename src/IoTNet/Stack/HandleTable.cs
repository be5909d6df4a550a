using System;

namespace IoTNet
{
    /// <summary>
    /// Gives integer handles to a stack's socket objects: a pool of fixed size. A handle is slot + generation, so that one
    /// which was closed is not soon valid again, and a late call gets EBADF instead of somebody else's socket.
    /// </summary>
    /// <remarks>Safe for many threads; <see cref="Get"/> takes no lock.</remarks>
    public sealed class HandleTable
    {
        // 12 bits of slot, 19 of generation: positive in an int, and no generation comes back before 524,287 closes.
        private const int SlotBits = 12;
        private const int SlotMask = (1 << SlotBits) - 1;
        private const int MaxGeneration = (1 << 19) - 1;

        private readonly object[] _items;
        private readonly int[] _generations;
        private readonly object _lock = new object();
        private int _next;
        private int _count;

        /// <summary>Makes a table.</summary>
        /// <param name="capacity">How many handles can be open at once, 1 to 4,096.</param>
        /// <exception cref="ArgumentOutOfRangeException">The capacity is outside 1..4096.</exception>
        public HandleTable(int capacity)
        {
            if (capacity < 1 || capacity > SlotMask + 1)
            {
                throw new ArgumentOutOfRangeException(nameof(capacity), "A handle table has 1 to 4096 slots, not " + capacity.ToString() + ".");
            }

            _items = new object[capacity];
            _generations = new int[capacity];
        }

        /// <summary>How many handles can be open at once.</summary>
        public int Capacity => _items.Length;

        /// <summary>How many handles are open.</summary>
        public int Count => _count;

        /// <summary>Gives an object a handle.</summary>
        /// <param name="item">The object.</param>
        /// <returns>The handle, above 0; or -ENFILE when all slots are taken.</returns>
        public int Add(object item)
        {
            lock (_lock)
            {
                if (_count == _items.Length)
                {
                    return -(int)Errno.ENFILE;
                }

                while (_items[_next] != null)
                {
                    _next = _next + 1 == _items.Length ? 0 : _next + 1;
                }

                int slot = _next;
                _next = _next + 1 == _items.Length ? 0 : _next + 1;
                _generations[slot] = _generations[slot] == MaxGeneration ? 1 : _generations[slot] + 1;
                _items[slot] = item;
                _count++;
                return (_generations[slot] << SlotBits) | slot;
            }
        }

        /// <summary>Finds the object of a handle.</summary>
        /// <param name="handle">The handle.</param>
        /// <returns>The object, or null when the handle is not open.</returns>
        public object Get(int handle)
        {
            int slot = handle & SlotMask;
            if (handle < 0 || slot >= _items.Length)
            {
                return null;
            }

            // The item first: if the slot changes hands between the two reads, the generation no longer fits.
            object item = _items[slot];
            return _generations[slot] == handle >> SlotBits ? item : null;
        }

        /// <summary>Takes a handle back.</summary>
        /// <param name="handle">The handle.</param>
        /// <returns>Its object; null when it was not open (or another thread was first).</returns>
        public object Remove(int handle)
        {
            lock (_lock)
            {
                object item = Get(handle);
                if (item != null)
                {
                    _items[handle & SlotMask] = null;
                    _count--;
                }

                return item;
            }
        }

        /// <summary>Gives the object in a slot, for walks over all open handles.</summary>
        /// <param name="slot">0 to <see cref="Capacity"/> - 1.</param>
        /// <returns>The object, or null when the slot is free.</returns>
        public object ItemAt(int slot)
        {
            return _items[slot];
        }
    }
}
