using System.Threading;

namespace IoTNet
{
    /// <summary>
    /// Frames of messages on their way from one thread to another, in the form that they have on the wire, so that many small
    /// ones go out in one send and come in in one receive. One writer, one reader; no lock. Only whole messages are seen by the
    /// reader.
    /// </summary>
    /// <remarks>A frame lies in one block. The writer publishes a count of bytes; what lies before it in the chain of blocks
    /// belongs to the reader, what comes after to the writer. Each end that sleeps says so before it looks a last time
    /// (Interlocked is a full fence), so that no wake is lost.</remarks>
    internal sealed partial class FramePipe
    {
        private readonly BlockPool _pool;
        private readonly int _maxBytes;
        private int _maxMessages;

        // Counts wrap: only differences are used.
        private int _published;
        private int _freed;
        private int _freedMessages;
        private int _readerSleeps;
        private int _writerSleeps;
        private int _writerClosed;
        private int _readerClosed;

        /// <param name="pool">Blocks.</param>
        /// <param name="maxMessages">The high-water mark in messages; 0 = none.</param>
        /// <param name="maxBytes">The high-water mark in bytes; 0 = none. One message always fits.</param>
        /// <param name="conflates">Whether only the latest message is kept; there are no marks then.</param>
        public FramePipe(BlockPool pool, int maxMessages, int maxBytes, bool conflates)
        {
            _pool = pool;
            _latest = conflates ? new LatestMessage() : null;
            _maxMessages = conflates ? 0 : maxMessages;
            _maxBytes = conflates ? 0 : maxBytes;
            _tail = new Block();
            _head = _tail;
            _publishedTail = _tail;
            _readerSleeps = 1;
        }

        /// <summary>Who reads.</summary>
        public IPipeEnd Reader { get; set; }

        /// <summary>Who writes.</summary>
        public IPipeEnd Writer { get; set; }

        /// <summary>Whether only the latest message is kept: the reader then holds a copy of the frame that it looks at.</summary>
        public bool Conflates => _latest != null;

        /// <summary>Whether the writer has closed: what is there can still be read.</summary>
        public bool IsWriterClosed => _writerClosed != 0;

        /// <summary>Whether the reader has closed: nothing more is taken.</summary>
        public bool IsReaderClosed => _readerClosed != 0;

        /// <summary>Adds the other socket's mark in messages to that of this one (inproc: one queue where over a network there are
        /// two). On any thread, before the pipe has both ends.</summary>
        public void Widen(int maxMessages)
        {
            if (_latest == null)
            {
                // 0 stays: no limit.
                int sum = _maxMessages > int.MaxValue - maxMessages ? int.MaxValue : _maxMessages + maxMessages;
                _maxMessages = _maxMessages == 0 || maxMessages == 0 ? 0 : sum;
                WakeWriter();
            }
        }

        /// <summary>Ends the writer's side; an unfinished message is dropped.</summary>
        public void CloseWriter()
        {
            Rollback();
            Interlocked.Exchange(ref _writerClosed, 1);
            Reader?.OnReadable();
        }

        /// <summary>Ends the reader's side.</summary>
        public void CloseReader()
        {
            Interlocked.Exchange(ref _readerClosed, 1);
            Writer?.OnWritable();
        }

        private void WakeReader()
        {
            if (_readerSleeps != 0 && Interlocked.Exchange(ref _readerSleeps, 0) != 0)
            {
                Reader?.OnReadable();
            }
        }

        private void WakeWriter()
        {
            if (_writerSleeps != 0 && Interlocked.Exchange(ref _writerSleeps, 0) != 0)
            {
                Writer?.OnWritable();
            }
        }
    }
}
