using System;
using NetSockets = System.Net.Sockets;

namespace IoTNet.Boards
{
    // The one way from what System.Net throws to an Errno. Unknown is EIO, never success.
    internal static class SystemNetErrors
    {
        // nanoFramework's CLR_E_OBJECT_DISPOSED, given as a socket error when another thread closes the socket.
        private const int ClosedDuringCall = -1728053248;

        // .NET's SocketError.OperationAborted: the same on the desktop.
        private const int OperationAborted = 995;

        public static int Of(Exception exception, NetCall call)
        {
            NetSockets.SocketException failure = exception as NetSockets.SocketException;
            if (failure != null)
            {
                return Of(Platform.CodeOf(failure), call);
            }

            if (exception is ObjectDisposedException)
            {
                return -(int)Errno.EBADF;
            }

            if (exception is OutOfMemoryException)
            {
                return -(int)Errno.ENOMEM;
            }

            // Before InvalidOperationException and ArgumentException: .NET refuses some states and addresses itself, where
            // the system would have said EINVAL.
            if (exception is NotSupportedException)
            {
                return -(int)Errno.EOPNOTSUPP;
            }

            if (exception is InvalidOperationException || exception is ArgumentException)
            {
                return -(int)Errno.EINVAL;
            }

            // On the device an exhausted pool is often a bare CLR_E_FAIL, a plain Exception.
            return call == NetCall.Open || call == NetCall.Accept ? -(int)Errno.ENFILE : -(int)Errno.EIO;
        }

        public static int Of(int code, NetCall call)
        {
            if (code == ClosedDuringCall || code == OperationAborted)
            {
                return -(int)Errno.EINTR;
            }

            if (!Platform.CodesTellTheCause)
            {
                // The code is left over from an earlier call; but each of these calls has one cause to fail on a board.
                switch (call)
                {
                    case NetCall.Open:
                        return -(int)Errno.ENFILE;
                    case NetCall.Bind:
                    case NetCall.Listen:
                        return -(int)Errno.EADDRINUSE;
                    case NetCall.Option:
                        return -(int)Errno.ENOPROTOOPT;
                    default:
                        break;
                }
            }

            Errno error = ErrnoTable.FromSocketError(code);
            if (error == Errno.None)
            {
                return -(int)Errno.EIO;
            }

            // Linux, for a level that the socket does not have.
            if (call == NetCall.Option && error == Errno.EOPNOTSUPP)
            {
                error = Errno.ENOPROTOOPT;
            }

            // POSIX send(): a stream whose connection is gone is EPIPE.
            if (call == NetCall.Send && error == Errno.ENOTCONN)
            {
                error = Errno.EPIPE;
            }

            return -(int)error;
        }
    }
}
