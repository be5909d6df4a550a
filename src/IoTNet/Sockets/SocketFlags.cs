using System;

namespace IoTNet
{
    /// <summary>How a transfer is done (in), and what was seen (out). The low 16 bits are numbered as in .NET.</summary>
    [Flags]
    public enum SocketFlags
    {
        /// <summary>Nothing special.</summary>
        None = 0,

        /// <summary>MSG_OOB: urgent data. Stacks without it (lwIP, loopback) answer EOPNOTSUPP.</summary>
        OutOfBand = 0x1,

        /// <summary>MSG_PEEK: leave what is received in the queue.</summary>
        Peek = 0x2,

        /// <summary>MSG_DONTROUTE: send to a directly connected network only. Loopback and lwIP accept and ignore it.</summary>
        DontRoute = 0x4,

        /// <summary>MSG_TRUNC. Out: the datagram was longer than the buffer, the rest is gone. In: the call returns the
        /// datagram's real length even when the buffer was shorter.</summary>
        Truncated = 0x100,

        /// <summary>MSG_CTRUNC, out: control data did not fit.</summary>
        ControlDataTruncated = 0x200,

        /// <summary>Out: the datagram was sent to a broadcast address.</summary>
        Broadcast = 0x400,

        /// <summary>Out: the datagram was sent to a multicast address.</summary>
        Multicast = 0x800,

        /// <summary>MSG_DONTWAIT: this one call does not block; EAGAIN when nothing can be done now.</summary>
        DontWait = 0x10000,

        /// <summary>MSG_WAITALL: a stream receive waits until the buffer is full, the stream ends, an error comes or the
        /// receive timeout ends it (then what came is returned).</summary>
        WaitAll = 0x20000,

        /// <summary>MSG_EOR, out: the end of a record (Seqpacket).</summary>
        EndOfRecord = 0x40000,
    }
}
