namespace IoTNet
{
    /// <summary>REQ and REP: messages go and come in turn, and those that come have an envelope, which is taken off first.</summary>
    internal abstract class TurnPattern : QueuePattern
    {
        protected TurnPattern(MessageSocketOptions options, bool sends, bool beginsWithReceive)
            : base(options, sends, true)
        {
            MayReceive = beginsWithReceive;
        }

        /// <summary>Whether it is the turn of a message that comes.</summary>
        protected bool MayReceive { get; set; }

        /// <summary>Whether the envelope of the message that comes is taken off, and the rest of it not received yet.</summary>
        protected bool InMessage { get; set; }

        public override int Fetch()
        {
            if (!MayReceive)
            {
                return WrongState;
            }

            while (Incoming.TryFrame())
            {
                if (InMessage || TakeEnvelope())
                {
                    InMessage = true;
                    Show(Incoming.Current.In);
                    return 0;
                }
            }

            return WouldBlock;
        }

        public override void Consume()
        {
            base.Consume();
            if (!More)
            {
                InMessage = false;
                MayReceive = false;
            }
        }

        /// <summary>Takes the envelope of the message that begins.</summary>
        /// <returns>False when the message is not for the application: it is passed over.</returns>
        protected abstract bool TakeEnvelope();
    }
}
