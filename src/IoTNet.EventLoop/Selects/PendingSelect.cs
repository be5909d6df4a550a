namespace IoTNet
{
    /// <summary>A call that waits for its event, or was told and has not been repeated yet.</summary>
    internal sealed class PendingSelect
    {
        internal PendingSelect Next;
        internal ISelectCaller Caller;
        internal SelectTag Tag;
        internal int Handle;
        internal bool IsTold;

        /// <summary>Takes back its event: the one that is to come, or the one that nobody has read.</summary>
        internal void Withdraw()
        {
            Mailbox mailbox = Caller as Mailbox;
            if (mailbox != null && IsTold)
            {
                mailbox.Remove(Handle);
            }
            else if (mailbox != null)
            {
                mailbox.Release();
            }
        }
    }
}
