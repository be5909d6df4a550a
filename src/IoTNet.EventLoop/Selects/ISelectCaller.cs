namespace IoTNet
{
    /// <summary>Who makes select calls, and where their events go: what a process is in Erlang. Implement it to be called on
    /// the loop's thread, or use a <see cref="Mailbox"/>.</summary>
    public interface ISelectCaller
    {
        /// <summary>One event for a pending call, on the loop's thread. It may call anything of the loop but Run and
        /// RunOnce.</summary>
        /// <param name="selected">The event.</param>
        void OnSelect(SelectEvent selected);
    }
}
