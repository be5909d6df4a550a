using System;

namespace IoTNet
{
    /// <summary>A loop's interest in one socket (<see cref="EventLoop.Watch"/>). Its members belong to the loop's
    /// thread.</summary>
    public sealed class SocketWatch : WatchedSocket
    {
        private readonly EventLoop _loop;
        private readonly ISocketWatcher _watcher;

        internal SocketWatch(EventLoop loop, Socket socket, ISocketWatcher watcher)
            : base(socket)
        {
            _loop = loop;
            _watcher = watcher;
        }

        /// <inheritdoc/>
        public override EventLoop Loop => _loop;

        /// <summary>Whether the watch is over: closed, or its socket was.</summary>
        public bool IsClosed => !IsWatched;

        /// <summary>What is wanted: In, Out, both or None. The selector is told only of a change. Err and Hup come besides; with
        /// None once, or a peer that has left would be reported in every round to somebody who does not listen.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        /// <exception cref="SocketException">The selector has no place (ENFILE, ENOMEM).</exception>
        public PollEvents Events
        {
            get => WantedEvents;
            set => WantedEvents = value;
        }

        /// <summary>Ends the watch; the socket stays open. No call of the watcher comes afterwards, not even for what was
        /// already seen. Closing again does nothing.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Close()
        {
            Unwatch();
        }

        /// <inheritdoc/>
        protected internal override void OnReady(PollEvents events)
        {
            _watcher.OnReady(this, events);
        }
    }
}
