using System;
using System.Collections;

namespace IoTNet.Apps
{
    /// <summary>
    /// A chat by lines, for netcat and telnet: the first line is the name, every other goes to all the others. <c>/who</c>
    /// tells who is there, <c>/quit</c> leaves. Who does not read what the others write is dropped when too much of it waits.
    /// </summary>
    public sealed class ChatServer
    {
        private static readonly byte[] s_nothing = new byte[0];

        private readonly ArrayList _members = new ArrayList();
        private readonly EventLoop _loop;
        private readonly TcpServer _server;
        private readonly ConnectionDataHandler _onData;
        private readonly ConnectionClosedHandler _onClosed;
        private readonly ConnectionLogLine _log;
        private bool _dropping;

        /// <summary>Opens the server.</summary>
        /// <param name="loop">The loop that serves it.</param>
        /// <param name="options">Where, and for how many.</param>
        /// <param name="log">Takes a line when somebody comes or goes.</param>
        /// <exception cref="ArgumentException">The URI is wrong.</exception>
        /// <exception cref="SocketException">It cannot listen there.</exception>
        public ChatServer(EventLoop loop, ChatOptions options, ConnectionLogLine log)
        {
            _loop = loop;
            _log = log;
            _onData = OnData;
            _onClosed = OnClosed;
            TcpServerOptions limits = new TcpServerOptions
            {
                MaxConnections = options.Clients,
                FirstByteTimeoutMs = 60000,
                IdleTimeoutMs = 1800000,
                BufferBytes = 512,
                HighWaterBytes = 4096,
                LowWaterBytes = 0,
                MaxBufferedBytes = 8192,
            };
            _server = new TcpServer(loop, options.Uri, limits);
            _server.Use(new ConnectionLog(log).Note);
            _server.Use(new RateLimit(options.Clients * 2, 1000, 16).Check);
            _server.Refused += OnRefused;
            _server.Error += OnError;
            _server.Connection += OnConnection;
        }

        /// <summary>Where it serves.</summary>
        public EndPoint LocalEndPoint => _server.Socket.LocalEndPoint;

        /// <summary>Closes it and all its connections.</summary>
        public void Close()
        {
            _members.Clear();
            _server.Close();
            _server.CloseConnections();
        }

        private void OnConnection(Connection connection)
        {
            connection.Tag = new ChatMember(connection);
            connection.Data += _onData;
            connection.Closed += _onClosed;
            Tell(connection, "Your name?\n");
        }

        private void OnData(Connection connection, byte[] buffer, int offset, int count)
        {
            ChatMember member = (ChatMember)connection.Tag;
            for (int i = offset; i < offset + count && connection.IsWritable; i++)
            {
                byte[] line = member.Take(buffer[i]);
                if (line != null)
                {
                    OnLine(member, line);
                }
            }
        }

        private void OnLine(ChatMember member, byte[] line)
        {
            if (member.Name == null)
            {
                Join(member, line);
            }
            else if (ChatText.AreEqual(line, ChatText.Bytes("/quit")))
            {
                member.Connection.End();
            }
            else if (ChatText.AreEqual(line, ChatText.Bytes("/who")))
            {
                foreach (object other in _members)
                {
                    Tell(member.Connection, ChatText.Join(((ChatMember)other).Name, "\n", s_nothing));
                }
            }
            else
            {
                TellOthers(member, ChatText.Join(ChatText.Join(member.Name, ": ", line), "\n", s_nothing));
            }
        }

        private void Join(ChatMember member, byte[] name)
        {
            foreach (object other in _members)
            {
                if (ChatText.AreEqual(((ChatMember)other).Name, name))
                {
                    Tell(member.Connection, "That name is taken. Another one?\n");
                    return;
                }
            }

            if (!ChatText.IsName(name))
            {
                Tell(member.Connection, "A name is 1 to 16 letters or signs, without spaces. Your name?\n");
                return;
            }

            member.Name = name;
            _members.Add(member);
            Tell(member.Connection, ChatText.Join(ChatText.Bytes("Welcome, "), "", ChatText.Join(name, "\n", s_nothing)));
            TellOthers(member, ChatText.Join(name, " joined\n", s_nothing));
        }

        private void OnClosed(Connection connection, bool hadError)
        {
            ChatMember member = (ChatMember)connection.Tag;
            if (_members.Contains(member))
            {
                _members.Remove(member);
                TellOthers(member, ChatText.Join(member.Name, member.IsTooSlow ? " was too slow\n" : " left\n", s_nothing));
            }
        }

        private void TellOthers(ChatMember member, byte[] text)
        {
            foreach (object item in _members)
            {
                ChatMember other = (ChatMember)item;
                if (other != member)
                {
                    // 0 or an error: more than HighWaterBytes wait, because it does not read.
                    other.IsTooSlow |= other.Connection.TryWrite(text, 0, text.Length) <= 0 && other.Connection.BufferedBytes > 0;
                }
            }

            DropTheSlow();
        }

        // After the round: a close tells the others, which makes a round of its own.
        private void DropTheSlow()
        {
            if (_dropping)
            {
                return;
            }

            _dropping = true;
            for (int i = _members.Count - 1; i >= 0; i--)
            {
                ChatMember member = (ChatMember)_members[i];
                if (member.IsTooSlow)
                {
                    member.Connection.Abort();
                    // It is gone, and others may have become too slow by that.
                    i = _members.Count;
                }
            }

            _dropping = false;
        }

        private void OnRefused(Connection connection, Exception reason)
        {
            Tell(connection, reason.Message + "\n");
            _log(connection.RemoteAddress + " refused: " + reason.Message);
        }

        private void OnError(object source, Exception error)
        {
            _log(error.Message);
        }

        private static void Tell(Connection connection, string text)
        {
            Tell(connection, ChatText.Bytes(text));
        }

        // What does not fit is for somebody who is dropped soon anyway.
        private static void Tell(Connection connection, byte[] text)
        {
            connection.TryWrite(text, 0, text.Length);
        }
    }
}
