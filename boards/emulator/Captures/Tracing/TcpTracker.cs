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
        Key key = KeyOf(segment, out bool forward);
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

    /// <summary>Looks at a segment again that was taken in before: it is not sent again.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="isLost">Whether it turns out that it, or a copy of it, did not reach the receiver.</param>
    public TcpView Look(in DecodedFrame segment, bool isLost)
    {
        Key key = KeyOf(segment, out bool forward);
        return _connections.TryGetValue(key, out Connection? connection) ? connection.Look(segment, forward, isLost)
            : new Connection(_made).Observe(segment, FrameFate.Corrupted, forward) with { Notes = TcpNotes.None };
    }

    private static Key KeyOf(in DecodedFrame segment, out bool forward)
    {
        FlowEnd from = new(segment.Source, segment.SourcePort);
        FlowEnd to = new(segment.Destination, segment.DestinationPort);
        forward = from.CompareTo(to) <= 0;
        return forward ? new Key(from, to) : new Key(to, from);
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
        private int _firstAcks;
        private bool _reset;

        private bool IsConnected => _firstAcks > 0;

        private bool IsOver => _reset || (_forward.EndAcks > 0 && _back.EndAcks > 0);

        /// <summary>Whether a segment opens another connection between the same ends.</summary>
        public bool IsBegunAnew(in DecodedFrame segment, FrameFate fate)
        {
            return fate != FrameFate.Corrupted && segment.Has(TcpFlags.Syn) && !segment.Has(TcpFlags.Ack)
                && (IsOver || (IsConnected && !_forward.IsStart(segment.Sequence) && !_back.IsStart(segment.Sequence)));
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
                notes |= NoteArrival(segment, own, other, copies: fate == FrameFate.Duplicated ? 2 : 1);
            }

            return View(segment, own, other, notes);
        }

        /// <summary>Looks at a segment again; takes back what it brought about when it did not arrive.</summary>
        public TcpView Look(in DecodedFrame segment, bool forward, bool isLost)
        {
            Direction own = forward ? _forward : _back;
            Direction other = forward ? _back : _forward;
            if (isLost && !segment.Has(TcpFlags.Rst))
            {
                NoteArrival(segment, own, other, copies: -1);
            }

            return View(segment, own, other, TcpNotes.None);
        }

        private TcpView View(in DecodedFrame segment, Direction own, Direction other, TcpNotes notes) => new(
            number, segment.Sequence - own.Start, segment.Has(TcpFlags.Ack) ? segment.Acknowledgment - other.Start : 0, notes);

        private TcpNotes NoteReset(Direction own, Direction other)
        {
            bool refused = !IsConnected && other.Syns > 0 && own.Syns == 0;
            _reset = true;
            return refused ? TcpNotes.Refused : TcpNotes.Reset;
        }

        // Counted, not just noted: of two copies one may turn out to be lost on the way out.
        private TcpNotes NoteArrival(in DecodedFrame segment, Direction own, Direction other, int copies)
        {
            bool wasConnected = IsConnected, wasOver = IsOver, hadSentAll = own.Fins > 0;
            bool syn = segment.Has(TcpFlags.Syn), ack = segment.Has(TcpFlags.Ack), fin = segment.Has(TcpFlags.Fin);
            own.Syns = Sum(own.Syns, copies, syn);
            _firstAcks = Sum(_firstAcks, copies, ack && !syn && own.Syns > 0 && other.Syns > 0);
            own.Fins = Sum(own.Fins, copies, fin);
            if (fin && !hadSentAll)
            {
                own.End = segment.Sequence + (uint)segment.PayloadLength + 1;
            }

            other.EndAcks = Sum(other.EndAcks, copies, ack && other.Fins > 0 && segment.Acknowledgment == other.End);
            return (IsConnected && !wasConnected ? TcpNotes.Connected : TcpNotes.None)
                | (own.Fins > 0 && !hadSentAll && other.Fins == 0 ? TcpNotes.HalfClosed : TcpNotes.None)
                | (IsOver && !wasOver ? TcpNotes.Closed : TcpNotes.None);
        }

        private static int Sum(int count, int copies, bool applies) => applies ? Math.Max(0, count + copies) : count;
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

        /// <summary>How many SYNs have arrived.</summary>
        public int Syns { get; set; }

        /// <summary>How many FINs have arrived.</summary>
        public int Fins { get; set; }

        /// <summary>The sequence number behind the FIN.</summary>
        public uint End { get; set; }

        /// <summary>How many acknowledgments of the FIN have arrived.</summary>
        public int EndAcks { get; set; }

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
