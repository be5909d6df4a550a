namespace IoTNet
{
    /// <summary>What became of a pending call: it may be repeated now, or it was aborted.</summary>
    public struct SelectEvent
    {
        /// <summary>The socket.</summary>
        public Socket Socket { get; internal set; }

        /// <summary>Which call.</summary>
        public SelectTag Tag { get; internal set; }

        /// <summary>The handle in the call's <see cref="SelectInfo"/>.</summary>
        public int Handle { get; internal set; }

        /// <summary>0: repeat the call. Else it was aborted: EBADF, the socket was closed elsewhere; ECANCELED, the loop was
        /// stopped; ENOMEM, ENFILE, the selector has no place.</summary>
        public Errno Reason { get; internal set; }

        /// <summary>Whether the call was aborted.</summary>
        public bool IsAbort => Reason != 0;
    }
}
