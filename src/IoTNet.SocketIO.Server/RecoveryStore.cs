// socket.io-protocol, revision 5, "Connection state recovery": pid and offset.
using System;
using System.Collections;

namespace IoTNet
{
    /// <summary>What is kept of a namespace so that a client that lost its connection can come back: its last events, and who has
    /// left not long ago. Bounded in both.</summary>
    internal sealed class RecoveryStore
    {
        private readonly int _maxMs;
        private readonly int _maxSessions;
        private readonly KeptEvent[] _events;

        // In the order in which they left.
        private readonly ArrayList _sessions = new ArrayList();

        // The number of the next event; it lies at its number, modulo the length.
        private long _next;

        public RecoveryStore(SocketIOServer server)
        {
            _maxMs = server.MaxDisconnectionMs;
            _maxSessions = server.MaxSessions;
            _events = new KeptEvent[server.MaxRecoveryEvents];
        }

        /// <summary>What the next event that is added is named by.</summary>
        public string NextOffset()
        {
            return _next.ToString();
        }

        /// <summary>Keeps an event that was sent to many.</summary>
        /// <param name="sender">The id of a socket that does not get it; null = none.</param>
        public void Add(OutgoingPacket packet, ArrayList rooms, ArrayList except, string sender)
        {
            Add(new KeptEvent { Packet = packet.Copy(), Rooms = Names(rooms), Except = Names(except), Sender = sender });
        }

        /// <summary>Keeps an event that was sent to one.</summary>
        public void AddFor(OutgoingPacket packet, string id)
        {
            Add(new KeptEvent { Packet = packet.Copy(), Rooms = new[] { id } });
        }

        /// <summary>Keeps what a socket that has lost its connection will ask for.</summary>
        public void Keep(SocketIOSocket socket, string reason)
        {
            if (reason == DisconnectReason.ClientNamespaceDisconnect || reason == DisconnectReason.ServerNamespaceDisconnect)
            {
                return;
            }

            Prune();
            if (_sessions.Count < _maxSessions)
            {
                _sessions.Add(new KeptSession
                {
                    Id = socket.Id,
                    PrivateId = socket.PrivateId,
                    Rooms = socket.GetRooms(),
                    Tag = socket.Tag,
                    LeftMs = Environment.TickCount64,
                });
            }
        }

        /// <summary>Gives a new socket what it had, when the client names it and nothing of it is lost; else a new
        /// name.</summary>
        public void Restore(SocketIOSocket socket)
        {
            Prune();
            string privateId = socket.Handshake.GetAuth("pid");
            long last = OffsetOf(socket.Handshake.GetAuth("offset"));
            for (int i = 0; privateId != null && last >= 0 && i < _sessions.Count; i++)
            {
                KeptSession session = (KeptSession)_sessions[i];
                if (session.PrivateId == privateId && last < _next && last >= _next - _events.Length)
                {
                    _sessions.RemoveAt(i);
                    Restore(socket, session, last + 1);
                    return;
                }
            }

            socket.PrivateId = SessionId.Make();
        }

        /// <summary>Sends what a socket has missed.</summary>
        public void SendMissed(SocketIOSocket socket)
        {
            for (long i = socket.MissedFrom; i < _next; i++)
            {
                KeptEvent kept = _events[i % _events.Length];
                if (i >= _next - _events.Length && kept.IsFor(socket))
                {
                    socket.Client.Session.Send(kept.Packet, false);
                }
            }
        }

        private static void Restore(SocketIOSocket socket, KeptSession session, long missedFrom)
        {
            socket.Id = session.Id;
            socket.PrivateId = session.PrivateId;
            socket.Tag = session.Tag;
            socket.MissedFrom = missedFrom;
            socket.IsRecovered = true;
            for (int i = 0; i < session.Rooms.Length; i++)
            {
                socket.Join(session.Rooms[i]);
            }
        }

        private static long OffsetOf(string text)
        {
            long value = 0;
            for (int i = 0; text != null && i < text.Length; i++)
            {
                if (text[i] < '0' || text[i] > '9' || i == 18)
                {
                    return -1;
                }

                value = (value * 10) + text[i] - '0';
            }

            return text == null || text.Length == 0 ? -1 : value;
        }

        private static string[] Names(ArrayList rooms)
        {
            if (rooms == null)
            {
                return null;
            }

            string[] names = new string[rooms.Count];
            rooms.CopyTo(names, 0);
            return names;
        }

        private void Add(KeptEvent kept)
        {
            _events[_next % _events.Length] = kept;
            _next++;
        }

        private void Prune()
        {
            long nowMs = Environment.TickCount64;
            while (_sessions.Count > 0 && nowMs - ((KeptSession)_sessions[0]).LeftMs > _maxMs)
            {
                _sessions.RemoveAt(0);
            }
        }

        private sealed class KeptSession
        {
            public string Id;
            public string PrivateId;
            public string[] Rooms;
            public object Tag;
            public long LeftMs;
        }

        private sealed class KeptEvent
        {
            public OutgoingPacket Packet;

            // Null = all.
            public string[] Rooms;
            public string[] Except;
            public string Sender;

            public bool IsFor(SocketIOSocket socket)
            {
                return Sender != socket.Id && (Rooms == null || HasAny(Rooms, socket)) && !HasAny(Except, socket);
            }

            private static bool HasAny(string[] rooms, SocketIOSocket socket)
            {
                for (int i = 0; rooms != null && i < rooms.Length; i++)
                {
                    if (rooms[i] == socket.Id || socket.IsIn(rooms[i]))
                    {
                        return true;
                    }
                }

                return false;
            }
        }
    }
}
