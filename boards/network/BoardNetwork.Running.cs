using System;

namespace IoTNet.Boards
{
    // The network's thread, and what the state machine tells it.
    public sealed partial class BoardNetwork
    {
        /// <summary>Makes one step of the state machine.</summary>
        /// <returns>As <see cref="NetworkMachine.Step(NetworkCredentials, bool)"/>.</returns>
        internal int Step()
        {
            NetworkCredentials configured;
            bool retryNow;
            lock (_lock)
            {
                configured = _configured;
                _configured = null;
                retryNow = _retryNow;
                _retryNow = false;
            }

            return _machine.Step(configured, retryNow);
        }

        private void Run()
        {
            while (!IsStopping)
            {
                int waitMs = Step();
                if (waitMs != 0 && !IsStopping)
                {
                    _ = _wake.WaitOne(waitMs, false);
                }
            }

            Leave();
            try
            {
                lock (_leaving)
                {
                    _closed = true;
                    _link.Close();
                }
            }
            catch (Exception e)
            {
                Note(e);
            }
        }

        private bool IsStopping
        {
            get
            {
                lock (_lock)
                {
                    return _stopping;
                }
            }
        }

        private void Leave()
        {
            try
            {
                lock (_leaving)
                {
                    if (!_closed)
                    {
                        _link.Disconnect();
                    }
                }
            }
            catch (Exception e)
            {
                Note(e);
            }
        }

        private void Note(Exception error)
        {
            lock (_lock)
            {
                _lastError = error;
            }
        }

        private void Change(NetworkState state, NetworkReason reason, IPAddress address)
        {
            NetworkState before;
            lock (_lock)
            {
                if (_stopping)
                {
                    return;
                }

                before = _state;
                _state = state;
                _reason = reason;
                _address = address;
                if (state == NetworkState.Up)
                {
                    _ = _up.Set();
                }
                else
                {
                    _ = _up.Reset();
                }
            }

            Raise(StateChanged, state, reason);
            if (state == NetworkState.Up && before != NetworkState.Up)
            {
                Raise(WentUp, state, reason);
            }
            else if (before == NetworkState.Up && state != NetworkState.Up)
            {
                Raise(WentDown, state, reason);
            }
        }

        private void Raise(NetworkStateHandler handlers, NetworkState state, NetworkReason reason)
        {
            if (handlers == null || IsStopping)
            {
                return;
            }

            try
            {
                handlers(this, state, reason);
            }
            catch (Exception e)
            {
                // It must not end the thread that looks after the network.
                Note(e);
            }
        }

        // Keeps the calls of the state machine out of the class's face.
        private sealed class Watcher : INetworkWatcher
        {
            private readonly BoardNetwork _network;

            internal Watcher(BoardNetwork network)
            {
                _network = network;
            }

            public bool IsStopping => _network.IsStopping;

            public void OnState(NetworkState state, NetworkReason reason, IPAddress address) =>
                _network.Change(state, reason, address);

            public void OnError(Exception error) => _network.Note(error);

            public void OnLinkChanged() => _ = _network._wake.Set();
        }
    }
}
