#if IOTNET_POSIX_NAMES
// <unistd.h> gethostname; <net/if.h>.
namespace IoTNet
{
    public static partial class Posix
    {
        private static string s_hostName = HostName.Default;

        /// <summary>Tells the name of this host: what sethostname() set, at first the desktop's own name, and on a device the
        /// name of its platform, such as <c>ESP32</c>.</summary>
        /// <param name="name">Takes the name in ASCII and a NUL.</param>
        /// <param name="len">The room for it in bytes; HOST_NAME_MAX + 1 is always enough.</param>
        /// <returns>0, or -1: ENAMETOOLONG: it does not fit (as in glibc the first bytes are there, without NUL); EINVAL: a
        /// length below 0; EFAULT: no room, or less than the length says.</returns>
        public static int gethostname(byte[] name, int len)
        {
            int result = CheckMemory(ref name, 0, len);
            if (result < 0)
            {
                return Return(result);
            }

            string text = s_hostName;
            if (text.Length < len)
            {
                return PutText(text, name, len, ENAMETOOLONG);
            }

            for (int i = 0; i < len; i++)
            {
                name[i] = (byte)text[i];
            }

            return Fail(ENAMETOOLONG);
        }

        /// <summary>Names this host, for gethostname().</summary>
        /// <param name="name">The name in ASCII; need not end with NUL.</param>
        /// <param name="len">How many bytes it has.</param>
        /// <returns>0, or -1: EINVAL: a length below 0 or above HOST_NAME_MAX; EFAULT: fewer bytes than the length says.</returns>
        public static int sethostname(byte[] name, int len)
        {
            int result = len > HOST_NAME_MAX ? -EINVAL : CheckMemory(ref name, 0, len);
            if (result < 0)
            {
                return Return(result);
            }

            int length = 0;
            char[] text = new char[len];
            while (length < len && name[length] != 0)
            {
                text[length] = (char)name[length];
                length++;
            }

            s_hostName = new string(text, 0, length);
            return 0;
        }

        /// <summary>The number of a network interface (<see cref="INetworkInterfaces"/>).</summary>
        /// <param name="ifname">Its name.</param>
        /// <returns>The number, 1 or above; or 0: ENODEV: there is none of that name, or the stack does not name its
        /// interfaces.</returns>
        public static uint if_nametoindex(string ifname)
        {
            INetworkInterfaces interfaces = NetworkStack.Current.Network as INetworkInterfaces;
            int index = interfaces == null || ifname == null ? 0 : interfaces.FindInterface(ifname);
            if (index <= 0)
            {
                Fail(ENODEV);
            }

            return index <= 0 ? 0 : (uint)index;
        }

        /// <summary>The name of a network interface (<see cref="INetworkInterfaces"/>).</summary>
        /// <param name="ifindex">Its number.</param>
        /// <param name="ifname">Takes the name and a NUL: IF_NAMESIZE bytes; null when only the returned name is wanted.</param>
        /// <returns>The name; or null: ENXIO: there is none of that number, or the stack does not name its interfaces; EFAULT:
        /// less room than IF_NAMESIZE.</returns>
        public static string if_indextoname(uint ifindex, byte[] ifname)
        {
            INetworkInterfaces interfaces = NetworkStack.Current.Network as INetworkInterfaces;
            string name = interfaces == null || ifindex > int.MaxValue ? null : interfaces.GetInterfaceName((int)(long)ifindex);
            if (name == null)
            {
                Fail(ENXIO);
                return null;
            }

            return PutText(name, ifname, IF_NAMESIZE, ENXIO) < 0 ? null : name;
        }
    }
}
#endif
