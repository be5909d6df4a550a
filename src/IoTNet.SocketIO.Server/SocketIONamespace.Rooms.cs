using System.Collections;

namespace IoTNet
{
    // Rooms, and what is sent to many.
    public sealed partial class SocketIONamespace
    {
        // Counts the selections; a socket that has been looked at bears its number.
        private int _round;

        // Those that an event is for; another one when an event is sent within the sending of one.
        private SocketList _spare;

        /// <summary>How many rooms there are.</summary>
        public int RoomCount => _rooms.Count;

        /// <summary>How many sockets are in a room.</summary>
        /// <param name="room">Its name.</param>
        /// <returns>How many.</returns>
        public int CountOf(string room)
        {
            SocketList found = (SocketList)_rooms[room];
            return found == null ? 0 : found.Count;
        }

        internal SocketList Enter(SocketIOSocket socket, string room)
        {
            SocketList found = (SocketList)_rooms[room];
            if (found == null)
            {
                if (_rooms.Count >= _server.MaxRooms)
                {
                    throw new SocketException(Errno.ENOBUFS, socket.ToString() + " cannot join: " + _rooms.Count.ToString() +
                        " rooms are there, as many as SocketIOServerOptions.MaxRooms");
                }

                found = new SocketList { Name = room };
                _rooms[room] = found;
            }

            found.Add(socket);
            return found;
        }

        internal void Leave(SocketIOSocket socket, SocketList room)
        {
            room.Remove(socket);
            if (room.Count == 0)
            {
                _rooms.Remove(room.Name);
            }
        }

        /// <summary>Selects sockets; the list is to be given back.</summary>
        /// <param name="rooms">Null = all sockets.</param>
        /// <param name="except">Null = none.</param>
        /// <param name="sender">Left out, too; may be null.</param>
        internal SocketList Select(ArrayList rooms, ArrayList except, SocketIOSocket sender)
        {
            SocketList selected = _spare ?? new SocketList();
            _spare = null;
            int round = ++_round;
            if (sender != null)
            {
                sender.Round = round;
            }

            for (int i = 0; except != null && i < except.Count; i++)
            {
                Collect((string)except[i], round, null);
            }

            if (rooms == null)
            {
                Collect(_sockets, round, selected);
            }

            for (int i = 0; rooms != null && i < rooms.Count; i++)
            {
                Collect((string)rooms[i], round, selected);
            }

            return selected;
        }

        internal void GiveBack(SocketList selected)
        {
            selected.Clear();
            _spare = selected;
        }

        internal int Broadcast(PacketWriter writer, bool isVolatile, ArrayList rooms, ArrayList except, SocketIOSocket sender)
        {
            bool isKept = History != null && !isVolatile;
            writer.End(isKept ? History.NextOffset() : null);
            writer.Finish(PacketType.Event, WireName, -1);
            if (isKept)
            {
                History.Add(writer, rooms, except, sender?.Id);
            }

            int worst = 1;
            SocketList selected = Select(rooms, except, sender);
            for (int i = 0; i < selected.Count; i++)
            {
                // One that is disconnected by the sending to another gives EPIPE, which says nothing about the event.
                int result = selected[i].Client.Session.Send(writer, isVolatile);
                worst = result < worst && result != -(int)Errno.EPIPE ? result : worst;
            }

            GiveBack(selected);
            return worst;
        }

        private void Collect(string room, int round, SocketList selected)
        {
            SocketList found = (SocketList)_rooms[room];
            if (found != null)
            {
                Collect(found, round, selected);
            }

            // A socket is alone in the room of its own id, which takes no memory.
            SocketIOSocket one = (SocketIOSocket)_byId[room];
            if (one != null && one.Round != round && one.IsConnected)
            {
                one.Round = round;
                selected?.Add(one);
            }
        }

        private static void Collect(SocketList sockets, int round, SocketList selected)
        {
            for (int i = 0; i < sockets.Count; i++)
            {
                SocketIOSocket socket = sockets[i];
                if (socket.Round != round && socket.IsConnected)
                {
                    socket.Round = round;
                    selected?.Add(socket);
                }
            }
        }
    }
}
