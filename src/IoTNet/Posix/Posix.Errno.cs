#if IOTNET_POSIX_NAMES
// <errno.h>, <string.h>.
namespace IoTNet
{
    public static partial class Posix
    {
        /// <summary>Why this thread's last failed call failed, E*; 0 in a thread where none has. A success leaves it
        /// alone.</summary>
        public static int errno
        {
            get => ThreadErrno.Get();
            set => ThreadErrno.Set(value);
        }

        /// <summary>What an error means, from the same table as the texts of <see cref="SocketException"/>.</summary>
        /// <param name="errnum">The error, E*.</param>
        /// <returns>A few words; <c>unknown error</c> for a number without a name.</returns>
        public static string strerror(int errnum)
        {
            switch (errnum)
            {
                case ENXIO: return "no such interface number";
                case ENODEV: return "no such interface name";
                case ENOTTY: return "not a request for this descriptor";
                case ENOSPC: return "the buffer for the text is too short";
                case EDOM: return "a number of microseconds is outside 0..999999";
                case ENAMETOOLONG: return "the buffer for the name is too short";
            }

            return ErrnoTable.Text((Errno)errnum);
        }
    }
}
#endif
