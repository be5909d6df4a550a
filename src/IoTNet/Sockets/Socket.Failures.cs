using System;

namespace IoTNet
{
    // How a negative answer of the stack becomes an exception. One place, so that every text says what was tried, on what
    // address and why.
    public sealed partial class Socket
    {
        private const int Closed = -(int)Errno.EBADF;
        private const int WouldBlock = -(int)Errno.EAGAIN;
        private const int TimedOut = -(int)Errno.ETIMEDOUT;

        /// <summary>Says why a Try call failed, for people: what the stack knows beyond the Errno, such as why a certificate was
        /// refused.</summary>
        /// <param name="error">What the call gave.</param>
        /// <returns>One line; the Errno's own words when the stack knows no more.</returns>
        public string DescribeFailure(Errno error)
        {
            return Reason(error) ?? ErrnoTable.Describe(error);
        }

        private static SocketException Failure(NetworkStack stacks, INetworkStack stack, AddressFamily family, int result, string what)
        {
            Errno error = (Errno)(-result);
            string text = what + ": " + ErrnoTable.Describe(error);
            string cause = error == Errno.ENFILE || error == Errno.EMFILE ? stack.DescribeExhaustion() : stacks.DescribeMissing(error, family);
            return new SocketException(error, cause == null ? text : text + ": " + cause);
        }

        private SocketException Failure(int result, string what)
        {
            string reason = Reason((Errno)(-result));
            return reason == null ? Failure(_stacks, _stack, AddressFamily, result, what)
                : new SocketException((Errno)(-result), what + ": " + reason);
        }

        private string Reason(Errno error)
        {
            IFailureReasons reasons = _stack as IFailureReasons;
            return reasons == null ? null : reasons.DescribeFailure(_handle, error);
        }

        private static string OpenText(string what, AddressFamily family, SocketType type, ProtocolType protocol)
        {
            return "open a " + what + " of family " + ((int)family).ToString() + ", type " + ((int)type).ToString() +
                ", protocol " + ((int)protocol).ToString();
        }

        // For calls whose text costs nothing to name; the others build theirs only when they fail.
        private int Check(int result, string what)
        {
            if (result < 0)
            {
                throw Failure(result, what);
            }

            return result;
        }

        // A call on a socket that is closed already, as .NET's and nanoFramework's: not a SocketException. One that is
        // closed under a call that waits ends that call with EINTR or EBADF.
        private void ThrowIfClosed()
        {
            if (IsClosed)
            {
                throw new ObjectDisposedException(nameof(Socket));
            }
        }
    }
}
