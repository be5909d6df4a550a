#if IOTNET_POSIX_NAMES
namespace IoTNet
{
    /// <summary>Keeps objects that a call needs while it runs, so that calls do not allocate. Never more than a few are
    /// kept: when more calls run at once, the rest make their own.</summary>
    /// <remarks>What is taken is empty, and is given back so.</remarks>
    internal sealed class Scratch
    {
        private const int Capacity = 8;

        // As many kinds of control data as a stack can add to one message, and one more.
        private const int ControlCapacity = 4;

        private static readonly Scratch s_addresses = new Scratch();
        private static readonly Scratch s_messages = new Scratch();
        private static readonly Scratch s_pollers = new Scratch();

        private readonly object[] _items = new object[Capacity];
        private int _count;

        private Scratch()
        {
        }

        public static SocketAddress TakeAddress()
        {
            return (SocketAddress)s_addresses.Take() ?? new SocketAddress();
        }

        public static void Give(SocketAddress address)
        {
            address.Reset(AddressFamily.Unspecified, SocketAddress.UnixPathOffset);
            s_addresses.Put(address);
        }

        public static SocketMessage TakeMessage()
        {
            return (SocketMessage)s_messages.Take() ?? new SocketMessage(ControlCapacity) { Address = new SocketAddress() };
        }

        public static void Give(SocketMessage message, SocketAddress address)
        {
            message.Clear();
            address.Reset(AddressFamily.Unspecified, SocketAddress.UnixPathOffset);
            message.Address = address;
            s_messages.Put(message);
        }

        public static Poller TakePoller()
        {
            return (Poller)s_pollers.Take() ?? new Poller();
        }

        public static void Give(Poller poller)
        {
            poller.Clear();
            s_pollers.Put(poller);
        }

        private object Take()
        {
            lock (_items)
            {
                if (_count == 0)
                {
                    return null;
                }

                object item = _items[--_count];
                _items[_count] = null;
                return item;
            }
        }

        private void Put(object item)
        {
            lock (_items)
            {
                if (_count < Capacity)
                {
                    _items[_count++] = item;
                }
            }
        }
    }
}
#endif
