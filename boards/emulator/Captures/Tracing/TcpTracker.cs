namespace IoTNet.Emulator;

/// <summary>Follows the TCP connections of a capture: sequence numbers from 0, what was sent again, how each begins and
/// ends. It sees what was sent, lost segments too. Bounded: with too many connections it forgets all and begins anew.</summary>
internal sealed class TcpTracker
{
    private const int MostConnections = 4096;

    private readonly Dictionary<Key, Connection> _connections = [];
    private int _made;

    /// <summary>Takes a segment in.</summary>
    /// <param name="segment">A TCP segment with its whole header.</param>
    /// <param name="fate">What became of it.</param>
    public TcpView Observe(in DecodedFrame segment, FrameFate fate)
    {
        FlowEnd from = new(segment.Source, segment.SourcePort);
        FlowEnd to = new(segment.Destination, segment.DestinationPort);
        bool forward = from.CompareTo(to) <= 0;
        Key key = forward ? new Key(from, to) : new Key(to, from);
        if (!_connections.TryGetValue(key, out Connection? connection))
        {
            connection = new Connection(_made);
            if (fate != FrameFate.Corrupted)
            {
                // Of a corrupted segment nothing can be trusted, its ports included.
                Add(key, connection);
            }
        }
        else if (connection.IsBegunAnew(segment, fate))
        {
            connection = new Connection(_made++);
            _connections[key] = connection;
        }

        return connection.Observe(segment, fate, forward);
    }

    private void Add(Key key, Connection connection)
    {
        if (_connections.Count == MostConnections)
        {
            _connections.Clear();
        }

        _made++;
        _connections.Add(key, connection);
    }

    private readonly record struct FlowEnd(FrameAddress Address, int Port) : IComparable<FlowEnd>
    {
        // Any order will do, as long as it is the same for both directions.
        public int CompareTo(FlowEnd other)
        {
            int ports = Port.CompareTo(other.Port);
            return ports != 0 ? ports : Address.CompareTo(other.Address);
        }
    }

    private readonly record struct Key(FlowEnd Low, FlowEnd High);

    private sealed class Connection(int number)
    {
        private readonly Direction _forward = new();
        private readonly Direction _back = new();
        private bool _connected;
        private bool _over;

        /// <summary>Whether a segment opens another connection between the same ends.</summary>
        public bool IsBegunAnew(in DecodedFrame segment, FrameFate fate)
        {
            return fate != FrameFate.Corrupted && segment.Has(TcpFlags.Syn) && !segment.Has(TcpFlags.Ack)
                && (_over || (_connected && !_forward.IsStart(segment.Sequence) && !_back.IsStart(segment.Sequence)));
        }

        public TcpView Observe(in DecodedFrame segment, FrameFate fate, bool forward)
        {
            Direction own = forward ? _forward : _back;
            Direction other = forward ? _back : _forward;
            bool syn = segment.Has(TcpFlags.Syn);
            bool ack = segment.Has(TcpFlags.Ack);
            uint length = (uint)segment.PayloadLength + (syn ? 1u : 0) + (segment.Has(TcpFlags.Fin) ? 1u : 0);

            // Where the SYN was not captured, the first segment seen counts as the first behind it.
            own.Begin(syn ? segment.Sequence : segment.Sequence - 1, certain: syn);
            if (ack)
            {
                other.Begin(segment.Acknowledgment - 1, certain: false);
            }

            TcpNotes notes = segment.Has(TcpFlags.Rst)
                ? NoteReset(own, other)
                : own.Send(segment.Sequence, length, trusted: fate != FrameFate.Corrupted);
            if (ack && length == 0 && !segment.Has(TcpFlags.Rst))
            {
                notes |= own.Acknowledge(segment.Acknowledgment, segment.Window, other);
            }

            if (segment.Window == 0 && !segment.Has(TcpFlags.Rst))
            {
                notes |= TcpNotes.ZeroWindow;
            }

            if (fate is FrameFate.Passed or FrameFate.Duplicated or FrameFate.Reordered)
            {
                notes |= NoteArrival(segment, own, other, ack);
            }

            return new TcpView(number, segment.Sequence - own.Start, ack ? segment.Acknowledgment - other.Start : 0, notes);
        }

        private TcpNotes NoteReset(Direction own, Direction other)
        {
            bool refused = !_connected && other.SentSyn && !own.SentSyn;
            _over = true;
            return refused ? TcpNotes.Refused : TcpNotes.Reset;
        }

        private TcpNotes NoteArrival(in DecodedFrame segment, Direction own, Direction other, bool ack)
        {
            TcpNotes notes = TcpNotes.None;
            own.SentSyn |= segment.Has(TcpFlags.Syn);
            if (ack && !_connected && own.SentSyn && other.SentSyn && !segment.Has(TcpFlags.Syn))
            {
                _connected = true;
                notes |= TcpNotes.Connected;
            }

            if (segment.Has(TcpFlags.Fin) && !own.SentFin)
            {
                own.SentFin = true;
                own.End = segment.Sequence + (uint)segment.PayloadLength + 1;
                notes |= other.SentFin ? TcpNotes.None : TcpNotes.HalfClosed;
            }

            other.EndKnown |= ack && other.SentFin && segment.Acknowledgment == other.End;
            if (own.EndKnown && other.EndKnown && !_over)
            {
                _over = true;
                notes |= TcpNotes.Closed;
            }

            return notes;
        }
    }

    // One direction of a connection. Sequence numbers wrap: they are compared by their difference (RFC 9293 3.4).
    private sealed class Direction
    {
        private bool _certain;
        private bool _begun;
        private bool _sent;
        private uint _next;
        private bool _hasAcknowledged;
        private uint _acknowledged;
        private int _window;

        /// <summary>The sequence number of the SYN.</summary>
        public uint Start { get; private set; }

        public bool SentSyn { get; set; }

        public bool SentFin { get; set; }

        /// <summary>The sequence number behind the FIN.</summary>
        public uint End { get; set; }

        /// <summary>Whether the other side has acknowledged the FIN.</summary>
        public bool EndKnown { get; set; }

        public bool IsStart(uint sequence) => _begun && Start == sequence;

        public void Begin(uint start, bool certain)
        {
            if (!_begun || (certain && !_certain))
            {
                Start = start;
                _begun = true;
                _certain = certain;
            }
        }

        public TcpNotes Send(uint sequence, uint length, bool trusted)
        {
            int ahead = (int)(sequence - _next);
            if (!_sent)
            {
                ahead = 0;
            }
            else if (length == 0)
            {
                return ahead == -1 ? TcpNotes.KeepAlive : TcpNotes.None;
            }

            // A corrupted segment counts when it stands where the next one is expected.
            if (trusted || ahead == 0)
            {
                uint end = sequence + length;
                _next = !_sent || (int)(end - _next) > 0 ? end : _next;
                _sent = true;
            }

            return ahead < 0 ? TcpNotes.Retransmission : ahead > 0 ? TcpNotes.Gap : TcpNotes.None;
        }

        /// <summary>Takes note of a segment that does nothing but acknowledge.</summary>
        public TcpNotes Acknowledge(uint number, int window, Direction other)
        {
            bool again = _hasAcknowledged && number == _acknowledged && window == _window && other._sent && number != other._next;
            _hasAcknowledged = true;
            _acknowledged = number;
            _window = window;
            return again ? TcpNotes.DuplicateAck : TcpNotes.None;
        }
    }
}
