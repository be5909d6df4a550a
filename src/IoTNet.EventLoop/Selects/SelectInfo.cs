namespace IoTNet
{
    /// <summary>Names a call that could not be completed at once (Erlang's select_info): one event with this handle will tell
    /// when to repeat it.</summary>
    public struct SelectInfo
    {
        internal Socket Socket;
        internal ISelectCaller Caller;

        /// <summary>Which call.</summary>
        public SelectTag Tag { get; internal set; }

        /// <summary>A number that no other select of this program has; 0: the call was completed, nothing is
        /// pending.</summary>
        public int Handle { get; internal set; }
    }
}
