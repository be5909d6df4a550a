using System.Collections;

namespace IoTNet
{
    /// <summary>The inproc names of one context: who bound them, and who connected to one that nobody has bound yet.</summary>
    internal sealed class InprocTable
    {
        private readonly object _lock = new object();
        private readonly ArrayList _bound = new ArrayList();
        private readonly ArrayList _waiting = new ArrayList();

        /// <summary>Binds a name; those who wait for it are connected.</summary>
        /// <returns>Null when it is taken.</returns>
        public IEndpoint Bind(MessageSocket socket, string name)
        {
            lock (_lock)
            {
                if (Find(name) != null)
                {
                    return null;
                }

                Binding binding = new Binding(this, socket, name);
                _bound.Add(binding);
                for (int i = 0; i < _waiting.Count; i++)
                {
                    Waiting waiting = (Waiting)_waiting[i];
                    if (waiting.Name == name)
                    {
                        _waiting.RemoveAt(i--);
                        Join(socket, waiting.Socket, waiting.Peer);
                    }
                }

                return binding;
            }
        }

        /// <summary>Connects to a name, bound now or later.</summary>
        public IEndpoint Connect(MessageSocket socket, string name)
        {
            // libzmq: the marks of both sides add up, as there is one queue where over a network there are two.
            Peer peer = socket.NewPeer(socket.NewInput(), socket.NewOutput());
            peer.Tell(Peer.Attached);
            Waiting waiting = new Waiting(this, socket, name, peer);
            lock (_lock)
            {
                Binding binding = Find(name);
                if (binding != null)
                {
                    Join(binding.Socket, socket, peer);
                }
                else
                {
                    _waiting.Add(waiting);
                }
            }

            return waiting;
        }

        private static void Join(MessageSocket bound, MessageSocket connected, Peer peer)
        {
            if (!SocketTypes.MayTalk(bound.Type, (int)connected.Type))
            {
                peer.Out.CloseReader();
                peer.In.CloseWriter();
                return;
            }

            peer.In.Widen(bound.Options.SendHighWaterMark);
            peer.Out.Widen(bound.Options.ReceiveHighWaterMark);
            Peer other = bound.NewPeer(peer.Out, peer.In);
            other.Identity = connected.Options.Identity;
            peer.Identity = bound.Options.Identity;
            other.Epoch = 1;
            peer.Epoch = 1;
            bound.LinkNow(other);
            connected.LinkNow(peer);
            other.Tell(Peer.Attached | Peer.Linked);
            peer.Tell(Peer.Linked);
        }

        private Binding Find(string name)
        {
            for (int i = 0; i < _bound.Count; i++)
            {
                if (((Binding)_bound[i]).Name == name)
                {
                    return (Binding)_bound[i];
                }
            }

            return null;
        }

        private void Remove(object entry)
        {
            lock (_lock)
            {
                _bound.Remove(entry);
                _waiting.Remove(entry);
            }
        }

        private sealed class Binding : IEndpoint
        {
            private readonly InprocTable _table;

            public Binding(InprocTable table, MessageSocket socket, string name)
            {
                _table = table;
                Socket = socket;
                Name = name;
            }

            public MessageSocket Socket { get; }

            public string Name { get; }

            public Peer Peer => null;

            public void Close()
            {
                _table.Remove(this);
            }

            public void AwaitEnd()
            {
                // Close was all.
            }
        }

        private sealed class Waiting : IEndpoint
        {
            private readonly InprocTable _table;

            public Waiting(InprocTable table, MessageSocket socket, string name, Peer peer)
            {
                _table = table;
                Socket = socket;
                Name = name;
                Peer = peer;
            }

            public MessageSocket Socket { get; }

            public string Name { get; }

            public Peer Peer { get; }

            public void Close()
            {
                _table.Remove(this);
            }

            public void AwaitEnd()
            {
                // Close was all.
            }
        }
    }
}
