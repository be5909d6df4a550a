namespace IoTNet.Emulator;

/// <summary>lwIP's <c>err_t</c>, and the one table that turns it into an <see cref="Errno"/>.</summary>
internal static class LwipError
{
    internal const sbyte Ok = 0;
    internal const sbyte Memory = -1;
    internal const sbyte Buffer = -2;
    internal const sbyte Timeout = -3;
    internal const sbyte Route = -4;
    internal const sbyte InProgress = -5;
    internal const sbyte Value = -6;
    internal const sbyte WouldBlock = -7;
    internal const sbyte InUse = -8;
    internal const sbyte Already = -9;
    internal const sbyte IsConnected = -10;
    internal const sbyte NotConnected = -11;
    internal const sbyte Interface = -12;
    internal const sbyte Aborted = -13;
    internal const sbyte Reset = -14;
    internal const sbyte Closed = -15;
    internal const sbyte Argument = -16;

    /// <summary>What a call answered.</summary>
    /// <param name="error">lwIP's error.</param>
    /// <returns>0, or <c>-(int)Errno</c>; one that is not in the table is EIO.</returns>
    internal static int ToResult(sbyte error)
    {
        return error switch
        {
            Ok => 0,
            Memory => -(int)Errno.ENOMEM,
            Buffer => -(int)Errno.ENOBUFS,
            Timeout => -(int)Errno.ETIMEDOUT,
            Route => -(int)Errno.ENETUNREACH,
            InProgress => -(int)Errno.EINPROGRESS,
            Value => -(int)Errno.EINVAL,
            WouldBlock => -(int)Errno.EAGAIN,
            InUse => -(int)Errno.EADDRINUSE,
            Already => -(int)Errno.EALREADY,
            IsConnected => -(int)Errno.EISCONN,
            NotConnected => -(int)Errno.ENOTCONN,
            Aborted => -(int)Errno.ECONNABORTED,
            Reset => -(int)Errno.ECONNRESET,
            Closed => -(int)Errno.ENOTCONN,
            Argument => -(int)Errno.EINVAL,
            _ => -(int)Errno.EIO,
        };
    }

    /// <summary>Why a connection ended, told by lwIP's error callback. The same code means another thing before the
    /// connection was established than after it.</summary>
    /// <param name="error">lwIP's error.</param>
    /// <param name="connecting">Whether the connection was still being made.</param>
    /// <returns>The error.</returns>
    internal static Errno OfConnection(sbyte error, bool connecting)
    {
        return error switch
        {
            // RFC 9293 3.10.7.3: a reset in SYN-SENT is "connection refused".
            Reset => connecting ? Errno.ECONNREFUSED : Errno.ECONNRESET,

            // lwIP gives up after its last retransmission, keep-alive or persist probe with the same code.
            Aborted => Errno.ETIMEDOUT,
            _ => (Errno)(-ToResult(error)),
        };
    }
}
