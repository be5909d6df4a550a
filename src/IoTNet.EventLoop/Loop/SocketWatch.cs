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

        /// <summary>Why the selector cannot watch any longer, as <c>-(int)Errno</c>; 0 = it can.</summary>
        internal int Failure;

        private readonly EventLoop _loop;
        private readonly ISocketWatcher _watcher;
        private readonly int _madeInRound;
        private PollEvents _events;

        internal SocketWatch(EventLoop loop, ISelector selector, Socket socket, ISocketWatcher watcher, int round)
        {
            _loop = loop;
            _watcher = watcher;
            _madeInRound = round;
            Begin(selector, socket);
        }

        /// <summary>For pending selects: a watch that is used for one socket after the other, each time for once.</summary>
        internal SocketWatch(EventLoop loop, SelectQueues queues)
        {
            _loop = loop;
            Queues = queues;
        }

        /// <summary>The socket.</summary>
        public Socket Socket { get; private set; }

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

        /// <summary>The pending selects that it stands for; null when it has a watcher.</summary>
        internal SelectQueues Queues { get; }

        /// <summary>The selector that watches it.</summary>
        internal ISelector Selector { get; private set; }

        /// <summary>The socket's handle while it was open: the selector's key.</summary>
        internal int Handle { get; private set; }

        /// <summary>Whether a watch for once is still to be reported.</summary>
        internal bool IsArmed { get; set; }

        /// <summary>Ends the watch; the socket stays open. No call of the watcher comes afterwards, not even for what was
        /// already seen. Closing again does nothing.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Close()
        {
            _loop.CheckThread();
            _loop.Forget(this);
        }

        /// <summary>Turns to a socket.</summary>
        internal void Begin(ISelector selector, Socket socket)
        {
            Selector = selector;
            Socket = socket;
            Handle = socket.Handle;
            Failure = 0;
            IsArmed = false;
            IsClosed = false;
        }

        /// <summary>Tells the selector what to look for.</summary>
        internal int Arm(PollEvents events)
        {
            _events = events;
            int result = Selector.Watch(Handle, events, Queues != null || events == PollEvents.None, Handle);
            IsArmed = result >= 0;
            return result;
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
