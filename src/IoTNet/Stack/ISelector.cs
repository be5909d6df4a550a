namespace IoTNet
{
    /// <summary>What a stack implements beside <see cref="INetworkStack"/> when it can watch many sockets without looking at
    /// each of them again and again.</summary>
    public interface ISelectorStack
    {
        /// <summary>Makes a selector for this stack's sockets.</summary>
        /// <returns>The selector, to be closed; null when the system has none to give.</returns>
        ISelector OpenSelector();
    }

    /// <summary>
    /// Watches sockets of one stack and tells which are ready, as epoll(7) does: sockets are named once, not with each wait,
    /// and a wait costs what is ready, not what is watched. An event loop stands on it.
    /// </summary>
    /// <remarks>
    /// <para><b>Level.</b> Each wait reports a socket again for as long as what was asked for is so; a watch for once ends
    /// with its first report.</para>
    /// <para><b>Close.</b> A socket that is closed while it is watched is reported one last time, as Nval, and its watch is
    /// over. After <see cref="Unwatch"/> no wait that begins later reports the key, not even for a socket closed before.</para>
    /// <para><b>Threads.</b> One thread waits; any thread may watch, unwatch, wake, and close sockets meanwhile. No lock of the
    /// selector or of the stack is held while another selector is woken.</para>
    /// <para><b>Memory.</b> Wait, Wake and the change of a watch do not allocate. A watch that is new may.</para>
    /// </remarks>
    public interface ISelector
    {
        /// <summary>Watches a socket, or changes its watch. What is so already is reported by the next wait.</summary>
        /// <param name="handle">The socket. Different selectors may watch the same one.</param>
        /// <param name="events">In, Out, both or None; Err, Hup and Nval always count.</param>
        /// <param name="once">Whether the watch is over with its first report.</param>
        /// <param name="key">What waits give for it, 0 or above.</param>
        /// <returns>0; or EBADF (the socket or the selector is closed), ENOMEM, ENFILE (the selector's own limit).</returns>
        int Watch(int handle, PollEvents events, bool once, int key);

        /// <summary>Ends a watch; a socket that is not watched, or closed, is passed over.</summary>
        /// <param name="handle">The socket.</param>
        void Unwatch(int handle);

        /// <summary>Waits until a watched socket is ready or <see cref="Wake"/> is called.</summary>
        /// <param name="keys">Filled with the keys of those that are ready, each socket once; when there are more than fit, the
        /// rest comes first in the next wait.</param>
        /// <param name="seen">Filled with the <see cref="PollEvents"/> seen on each, as int; as long as keys, at least 1.</param>
        /// <param name="timeoutMs">How long to wait: 0 = only look, -1 = for ever.</param>
        /// <returns>How many were filled in; 0 when the time is over or it was woken (a wake and what is ready may come
        /// together); or EBADF (the selector is closed, also meanwhile), ENETDOWN (the stack has ended), EIO, ENOMEM.</returns>
        int Wait(int[] keys, int[] seen, int timeoutMs);

        /// <summary>Ends the wait that is going on, or the next one when none is. Several before a wait ends count as one.</summary>
        void Wake();

        /// <summary>Wakes another selector for as long as this one has something to report: a thread that waits there need not
        /// look here in turn, only (with timeout 0) after it was woken.</summary>
        /// <param name="other">The selector on which the thread waits; null for none.</param>
        /// <returns>False when this selector cannot: it sees what is ready only while a thread waits in it
        /// (<see cref="PollingSelector"/>).</returns>
        bool Forward(ISelector other);

        /// <summary>Ends all watches and the wait that goes on, and gives back what the selector holds. The sockets stay
        /// open.</summary>
        void Close();
    }
}
