using System;

namespace IoTNet
{
    /// <summary>A loop's interest in one socket (<see cref="EventLoop.Watch"/>). Its members belong to the loop's
    /// thread.</summary>
    public sealed class SocketWatch
    {
        private const PollEvents Always = PollEvents.Err | PollEvents.Hup | PollEvents.Nval;

        /// <summary>The next watch of the same bucket in the loop's table.</summary>
        internal SocketWatch Next;

        private readonly EventLoop _loop;
        private readonly ISocketWatcher _watcher;
        private readonly bool _once;
        private readonly int _madeInRound;
        private PollEvents _events;

        internal SocketWatch(EventLoop loop, ISelector selector, Socket socket, ISocketWatcher watcher, bool once, int round)
        {
            _loop = loop;
            Selector = selector;
            Socket = socket;
            Handle = socket.Handle;
            _watcher = watcher;
            _once = once;
            _madeInRound = round;
        }

        /// <summary>The socket.</summary>
        public Socket Socket { get; }

        /// <summary>Whether the watch is over: closed, or its socket was.</summary>
        public bool IsClosed { get; internal set; }

        /// <summary>What is wanted: In, Out, both or None. The selector is told only of a change. Err and Hup come besides; with
        /// None once, or a peer that has left would be reported in every round to somebody who does not listen.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        /// <exception cref="SocketException">The selector has no place (ENFILE, ENOMEM).</exception>
        public PollEvents Events
        {
            get => _events;
            set
            {
                _loop.CheckThread();
                if (value != _events && !IsClosed)
                {
                    _loop.Rearm(this, value);
                }
            }
        }

        /// <summary>The selector that watches it.</summary>
        internal ISelector Selector { get; }

        /// <summary>The socket's handle while it was open: the selector's key.</summary>
        internal int Handle { get; }

        /// <summary>Ends the watch; the socket stays open. No call of the watcher comes afterwards, not even for what was
        /// already seen. Closing again does nothing.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Close()
        {
            _loop.CheckThread();
            _loop.Forget(this);
        }

        /// <summary>Tells the selector what to look for.</summary>
        internal int Arm(PollEvents events)
        {
            _events = events;
            return Selector.Watch(Handle, events, _once || events == PollEvents.None, Handle);
        }

        /// <summary>Passes on what the selector saw.</summary>
        /// <param name="seen">What it saw.</param>
        /// <param name="round">In which round; a watch that was made in it is too young to be meant.</param>
        internal void Report(PollEvents seen, int round)
        {
            seen &= _events | Always;
            if (seen == PollEvents.None || round == _madeInRound)
            {
                return;
            }

            if ((seen & PollEvents.Nval) != 0)
            {
                seen = PollEvents.Nval;
                _loop.Forget(this);
            }

            _watcher.OnReady(this, seen);
        }
    }
}
