using System;

namespace IoTNet
{
    /// <summary>What to wait for, and what was seen. Numbered as POSIX poll() on Linux and Zephyr.</summary>
    [Flags]
    public enum PollEvents
    {
        /// <summary>Nothing; Err, Hup and Nval are reported all the same.</summary>
        None = 0,

        /// <summary>POLLIN: receive or accept will not block (data, end of stream, or an error).</summary>
        In = 0x1,

        /// <summary>POLLPRI: urgent data (no stack of IoTNet has it; accepted and ignored).</summary>
        Pri = 0x2,

        /// <summary>POLLOUT: send will not block, or a connect has ended.</summary>
        Out = 0x4,

        /// <summary>POLLERR, out only: an error is pending; SO_ERROR tells which.</summary>
        Err = 0x8,

        /// <summary>POLLHUP, out only: both halves of the connection are over.</summary>
        Hup = 0x10,

        /// <summary>POLLNVAL, out only: the socket is closed.</summary>
        Nval = 0x20,
    }
}
