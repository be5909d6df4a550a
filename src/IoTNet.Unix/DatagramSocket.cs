namespace IoTNet
{
    /// <summary>What UDP and AF_UNIX datagram sockets have in common: the queue of what came.</summary>
    internal abstract class DatagramSocket : MemorySocket
    {
        protected readonly RecordQueue Records = new RecordQueue();

        protected DatagramSocket(UnixStack stack, AddressFamily family)
            : base(stack, family, SocketType.Dgram)
        {
        }

        public override int Available => Records.NextLength;

        /// <summary>Whether it is worth to wake a sender: a quarter of the queue is free.</summary>
        public bool HasUsefulRoom
        {
            get
            {
                int most = Stack.Limits.DatagramQueueCount;
                return Records.Count == 0
                    || (4 * (long)(most - Records.Count) >= most && 4 * (long)(ReceiveBuffer - Records.Bytes) >= ReceiveBuffer);
            }
        }

        public override int Receive(ref Transfer data)
        {
            if (IsClosed)
            {
                return -(int)Errno.EINTR;
            }

            // As on Linux, an error comes before the datagrams that wait.
            int error = TakeError();
            if (error != 0)
            {
                return -error;
            }

            if (Records.Count == 0)
            {
                return IsInputEnded ? 0 : -(int)Errno.EAGAIN;
            }

            int count = Records.Take(ref data, Ancillary);
            OnTaken(ref data);
            if (!data.Has(SocketFlags.Peek) && HasUsefulRoom)
            {
                Waits.Wake(Wakes.QueueRoom);
            }

            return count;
        }

        public override int Poll()
        {
            int events = PendingError != 0 ? (int)PollEvents.Err : 0;
            if (IsInputEnded && IsOutputEnded)
            {
                events |= (int)PollEvents.Hup;
            }

            if (IsInputEnded || Records.Count > 0)
            {
                events |= (int)PollEvents.In;
            }

            return CanSend ? events | (int)PollEvents.Out : events;
        }

        /// <summary>Whether a send would find room.</summary>
        protected abstract bool CanSend { get; }

        /// <summary>What travels with each datagram beside its sender's address, one array for the whole stack; null = nothing.</summary>
        protected virtual byte[] Ancillary => null;

        /// <summary>A datagram was taken out of the queue, and what travelled with it.</summary>
        protected virtual void OnTaken(ref Transfer data)
        {
        }

        /// <summary>Puts a datagram into the queue, with the stack's Sender and what travels beside.</summary>
        /// <returns>Whether there was room.</returns>
        protected bool Enqueue(ref Transfer data)
        {
            if (Records.Count >= Stack.Limits.DatagramQueueCount || !Records.Add(ref data, Stack.Sender, Ancillary, ReceiveBuffer))
            {
                return false;
            }

            Waits.Wake(Wakes.Input);
            return true;
        }

        /// <summary>Ends one or both halves.</summary>
        protected void EndHalves(SocketShutdown how)
        {
            IsInputEnded |= how != SocketShutdown.Send;
            IsOutputEnded |= how != SocketShutdown.Receive;
            Waits.Wake(Wakes.Everything);
        }

        protected override void OnBufferChanged()
        {
            Waits.Wake(Wakes.QueueRoom);
        }
    }
}
