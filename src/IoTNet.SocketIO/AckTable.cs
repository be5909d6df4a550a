using System;

namespace IoTNet
{
    /// <summary>Events whose acknowledgement is due, in the order of their ids, and with it mostly of their answers.</summary>
    internal sealed class AckTable
    {
        private long[] _ids = new long[2];
        private long[] _dueMs = new long[2];
        private SocketIOAckHandler[] _handlers = new SocketIOAckHandler[2];

        /// <summary>The id of the next event that asks for one.</summary>
        public long NextId;

        /// <summary>For the earliest time that is due; made with the first one that has a time.</summary>
        public LoopTimer Timer;

        /// <summary>When the timer is due; long.MaxValue = it does not run.</summary>
        public long TimerDueMs = long.MaxValue;

        public int Count { get; private set; }

        /// <param name="dueMs">On the monotonic clock; long.MaxValue = never.</param>
        public void Add(long id, SocketIOAckHandler handler, long dueMs)
        {
            if (Count == _ids.Length)
            {
                int size = Count * 2;
                long[] ids = new long[size];
                long[] due = new long[size];
                SocketIOAckHandler[] handlers = new SocketIOAckHandler[size];
                Array.Copy(_ids, 0, ids, 0, Count);
                Array.Copy(_dueMs, 0, due, 0, Count);
                Array.Copy(_handlers, 0, handlers, 0, Count);
                _ids = ids;
                _dueMs = due;
                _handlers = handlers;
            }

            _ids[Count] = id;
            _dueMs[Count] = dueMs;
            _handlers[Count++] = handler;
        }

        /// <summary>Takes the handler of an id; null when there is none.</summary>
        public SocketIOAckHandler Take(long id)
        {
            for (int i = 0; i < Count; i++)
            {
                if (_ids[i] == id)
                {
                    return TakeAt(i);
                }
            }

            return null;
        }

        /// <summary>Takes one that is due; null when there is none.</summary>
        public SocketIOAckHandler TakeDue(long nowMs, out long id)
        {
            for (int i = 0; i < Count; i++)
            {
                if (_dueMs[i] <= nowMs)
                {
                    id = _ids[i];
                    return TakeAt(i);
                }
            }

            id = -1;
            return null;
        }

        /// <summary>Takes the first one, whatever its time.</summary>
        public SocketIOAckHandler TakeFirst()
        {
            return Count == 0 ? null : TakeAt(0);
        }

        /// <summary>When the next is due; long.MaxValue = never.</summary>
        public long NextDueMs()
        {
            long next = long.MaxValue;
            for (int i = 0; i < Count; i++)
            {
                next = _dueMs[i] < next ? _dueMs[i] : next;
            }

            return next;
        }

        private SocketIOAckHandler TakeAt(int index)
        {
            SocketIOAckHandler handler = _handlers[index];
            Count--;
            int after = Count - index;
            if (after > 0)
            {
                Array.Copy(_ids, index + 1, _ids, index, after);
                Array.Copy(_dueMs, index + 1, _dueMs, index, after);
                Array.Copy(_handlers, index + 1, _handlers, index, after);
            }

            _handlers[Count] = null;
            return handler;
        }
    }
}
