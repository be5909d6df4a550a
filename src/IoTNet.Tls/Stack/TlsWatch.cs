namespace IoTNet
{
    /// <summary>A selector's watch of one socket.</summary>
    internal sealed class TlsWatch
    {
        /// <summary>In <see cref="Wanted"/>: the inner selector does not watch the socket.</summary>
        public const int NotWatched = -1;

        public readonly TlsSelector Selector;
        public readonly int Index;
        public int Handle = -1;

        /// <summary>Null: a plain socket.</summary>
        public TlsSession Session;

        public int Events;
        public int Key;
        public bool IsOnce;
        public bool IsArmed;

        /// <summary>What the inner selector watches for it.</summary>
        public int Wanted = NotWatched;

        /// <summary>Whether a wait must not outlast the session's handshake.</summary>
        public bool IsTimed;

        /// <summary>The last round of waiting that reported it.</summary>
        public int ReportedIn;

        public bool IsQueued;
        public TlsWatch NextInQueue;
        public TlsWatch NextOfSession;
        public TlsWatch NextFree;

        public TlsWatch(TlsSelector selector, int index)
        {
            Selector = selector;
            Index = index;
        }
    }
}
