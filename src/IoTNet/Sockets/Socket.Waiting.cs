using System;

namespace IoTNet
{
    // Waiting for one socket; Poller waits for many.
    public sealed partial class Socket
    {
        /// <summary>Waits until the socket can do something, as .NET's and nanoFramework's Poll.</summary>
        /// <param name="microSeconds">How long, in microseconds (rounded up to whole milliseconds); -1 = for ever.</param>
        /// <param name="mode">What to wait for.</param>
        /// <returns>Whether it can, also when an error or the end of the stream is what it can tell.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The mode is none of the three.</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public bool Poll(int microSeconds, SelectMode mode)
        {
            ThrowIfClosed();
            int timeoutMs = microSeconds < 0 ? -1 : (microSeconds / 1000) + (microSeconds % 1000 == 0 ? 0 : 1);
            switch (mode)
            {
                case SelectMode.SelectRead:
                    return (Wait(PollEvents.In, timeoutMs) & (PollEvents.In | PollEvents.Hup | PollEvents.Err)) != 0;
                case SelectMode.SelectWrite:
                    return (Wait(PollEvents.Out, timeoutMs) & (PollEvents.Out | PollEvents.Err)) != 0;
                case SelectMode.SelectError:
                    return (Wait(PollEvents.Pri, timeoutMs) & PollEvents.Err) != 0;
                default:
                    throw new ArgumentOutOfRangeException(nameof(mode), "A select mode is 0, 1 or 2, not " + ((int)mode).ToString() + ".");
            }
        }

        /// <summary>Waits until something happens on the socket. Does not throw and does not allocate. For several sockets
        /// use <see cref="Poller"/>.</summary>
        /// <param name="events">What to wait for; Err, Hup and Nval always count.</param>
        /// <param name="timeoutMs">Milliseconds; 0 = look only, -1 = for ever.</param>
        /// <returns>What was seen; None when the time is over, Nval when the socket is closed.</returns>
        public PollEvents Wait(PollEvents events, int timeoutMs)
        {
            int result = IsClosed ? (int)PollEvents.Nval : _stack.Poll(_handle, events, timeoutMs);
            return result < 0 ? PollEvents.Err : (PollEvents)result;
        }
    }
}
