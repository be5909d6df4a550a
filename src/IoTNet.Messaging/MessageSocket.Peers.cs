namespace IoTNet
{
    // Peers that come, have news, and go.
    public sealed partial class MessageSocket
    {
        // What other threads told. Under the lock.
        private void TakeEvents()
        {
            while (_events.HasAny)
            {
                Peer peer = _events.Take(out int what);
                if (peer == null)
                {
                    return;
                }

                if ((what & Peer.Attached) != 0)
                {
                    Attach(peer);
                }

                if (!peer.IsAttached)
                {
                    continue;
                }

                if ((what & Peer.Linked) != 0)
                {
                    _pattern.Link(peer);
                }

                // Looked at before all is read: what comes between is told again.
                bool isOver = peer.In.IsWriterClosed;
                _pattern.Read(peer);
                if (peer.Out.IsReaderClosed)
                {
                    _pattern.StopSending(peer);
                }

                if (isOver && !DetachIfEnded(peer))
                {
                    _ending.Add(peer);
                }
            }
        }

        // Those that are gone and were not read to their end. Under the lock.
        private void DetachEnded()
        {
            for (int i = _ending.Count - 1; i >= 0; i--)
            {
                if (DetachIfEnded((Peer)_ending[i]))
                {
                    _ending.RemoveAt(i);
                }
            }
        }

        // The application ends a connection of its own: what it has not received is lost, what it sent may linger.
        private void Drop(Peer peer)
        {
            TakeEvents();
            if (peer.IsAttached)
            {
                _pattern.StopSending(peer);
                Detach(peer);
            }
        }

        private bool DetachIfEnded(Peer peer)
        {
            if (peer.IsAttached && peer.In.IsEnded)
            {
                Detach(peer);
            }

            return !peer.IsAttached;
        }

        private void Detach(Peer peer)
        {
            _pattern.Detach(peer);
            peer.IsAttached = false;
            _pattern.Close(peer);
            _peers.Remove(peer);
            ForgetEndpoint(peer);
        }

        // What was connected and has ended for good.
        private void ForgetEndpoint(Peer peer)
        {
            for (int i = 0; i < _endpoints.Count; i++)
            {
                IEndpoint endpoint = (IEndpoint)_endpoints[i];
                if (endpoint.Peer == peer)
                {
                    _endpoints.RemoveAt(i);
                    endpoint.Close();
                    return;
                }
            }
        }

        private void Attach(Peer peer)
        {
            if (_closed || !_pattern.Attach(peer))
            {
                _pattern.Close(peer);
                ForgetEndpoint(peer);
                return;
            }

            peer.IsAttached = true;
            _peers.Add(peer);
        }
    }
}
