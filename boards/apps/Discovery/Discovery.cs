using System;

namespace IoTNet.Apps
{
    /// <summary>One board's part: says hello to all, hears the others, notices who leaves. Everything happens on its event
    /// loop.</summary>
    internal sealed class Discovery
    {
        /// <summary>Where hellos go to (RFC 2365 6.2: a group of one's own within the organisation), besides the broadcast
        /// address, for networks whose switches lose one or the other.</summary>
        public const string Group = "239.255.41.41";
        public const int DefaultPort = 41414;

        // Who misses this many hellos has left: two may be lost.
        private const int Patience = 3;

        private readonly IAppHost _host;
        private readonly DiscoveryOptions _options;
        private readonly EventLoop _loop;
        private readonly DatagramSocket _socket;
        private readonly LoopTimer _timer;
        private readonly Neighbours _neighbours = new Neighbours();
        private readonly string _id = Announcement.MakeId(new Random().Next());
        private readonly byte[] _hello;
        private readonly SocketAddress _group;
        private readonly SocketAddress _broadcast;
        private readonly int _port;
        private readonly DatagramCallback _onSent;
        private string _lastFailure;
        private bool _isChanged;
        private bool _isLeaving;
        private int _farewells;
        private int _result;

        public Discovery(IAppHost host, DiscoveryOptions options, EventLoop loop, int port)
        {
            _host = host;
            _options = options;
            _loop = loop;
            _port = port;
            _hello = Announcement.Write(true, _id, options.Name);
            _group = new IPEndPoint(IPAddress.Parse(Group), port).Serialize();
            _broadcast = new IPEndPoint(IPAddress.Broadcast, port).Serialize();
            _onSent = OnSent;
            _timer = new LoopTimer(loop, Tick, null);

            // Several programs of one host may take part.
            _socket = new DatagramSocket(loop, AddressFamily.InterNetwork, Announcement.MaxBytes + 1) { ReuseAddress = true };
            _socket.Listening += OnListening;
            _socket.Message += OnMessage;
            _socket.Error += OnError;
            _socket.Closed += OnClosed;
        }

        /// <summary>Takes part until <see cref="Leave"/>.</summary>
        /// <returns>The app's exit code.</returns>
        public int Run()
        {
            LoopTimer end = new LoopTimer(_loop, Leave, null);
            try
            {
                if (_options.Seconds > 0)
                {
                    end.Start(_options.Seconds * 1000, 0);
                }

                _socket.Bind(_port);
                _loop.Run();
            }
            catch (ObjectDisposedException)
            {
                // Stopped before it began.
            }
            finally
            {
                _socket.Dispose();
            }

            return _result;
        }

        /// <summary>Says goodbye and ends <see cref="Run"/>; on the loop's thread.</summary>
        public void Leave(object state)
        {
            if (_isLeaving)
            {
                return;
            }

            _isLeaving = true;
            _timer.Stop();
            byte[] bye = Announcement.Write(false, _id, _options.Name);
            _farewells = 2;
            _socket.Send(bye, 0, bye.Length, _group, OnFarewell);
            _socket.Send(bye, 0, bye.Length, _broadcast, OnFarewell);
        }

        private void OnListening(DatagramSocket socket)
        {
            _host.Serving("udp", socket.Address());
            try
            {
                socket.SetBroadcast(true);
                socket.AddMembership(Group);
            }
            catch (DatagramException e)
            {
                // A board without the one still has the other.
                _host.Log(e.Message + " (" + Group + "): found by broadcast only");
            }

            _timer.Start(0, _options.PeriodMs);
        }

        // Said once for as long as it lasts.
        private void OnSent(DatagramException error, int bytes)
        {
            string failure = error == null ? null : error.Message;
            if (failure != null && failure != _lastFailure)
            {
                _host.Log("not heard by all: " + failure);
            }

            _lastFailure = failure ?? _lastFailure;
        }

        private void OnFarewell(DatagramException error, int bytes)
        {
            if (--_farewells == 0)
            {
                _socket.Close();
            }
        }

        private void OnClosed(DatagramSocket socket)
        {
            List(Environment.TickCount64);
            _loop.Stop();
        }

        private void OnError(DatagramSocket socket, DatagramException error)
        {
            _host.Log(AppFailure.Explain(error));
            if (!_timer.IsRunning && !_isLeaving)
            {
                // The bind: without a port there is nothing to do.
                _result = 1;
                _isLeaving = true;
                socket.Close();
            }
        }

        private void OnMessage(DatagramSocket socket, byte[] buffer, int offset, int count, SocketAddress from)
        {
            if (!Announcement.TryRead(buffer, offset, count, out bool isHello, out string id, out string name) || id == _id || _isLeaving)
            {
                return;
            }

            string address = IPEndPoint.FromSocketAddress(from).Address.ToString();
            if (!isHello)
            {
                Forget(_neighbours.Remove(id), "said goodbye");
            }
            else if (_neighbours.Hear(id, name, address, Environment.TickCount64))
            {
                _host.Log("found " + name + " at " + address);
                _isChanged = true;

                // So that a new board does not wait for the others' next hellos.
                socket.Send(_hello, 0, _hello.Length, from, _onSent);
            }
        }

        private void Tick(object state)
        {
            long nowMs = Environment.TickCount64;
            long limitMs = (long)_options.PeriodMs * Patience;
            Neighbour silent = _neighbours.FindSilent(nowMs, limitMs);
            while (silent != null)
            {
                Forget(_neighbours.Remove(silent.Id), "not heard for " + limitMs.ToString() + " ms");
                silent = _neighbours.FindSilent(nowMs, limitMs);
            }

            if (_isChanged)
            {
                List(nowMs);
                _isChanged = false;
            }

            _socket.Send(_hello, 0, _hello.Length, _group, _onSent);
            _socket.Send(_hello, 0, _hello.Length, _broadcast, _onSent);
        }

        private void Forget(Neighbour left, string why)
        {
            if (left != null)
            {
                _host.Log("lost " + left.Name + " at " + left.Address + ": " + why);
                _isChanged = true;
            }
        }

        private void List(long nowMs)
        {
            string text = _options.Name + " knows " + _neighbours.Count.ToString() + (_neighbours.Count == 1 ? " board" : " boards");
            for (int i = 0; i < _neighbours.Count; i++)
            {
                Neighbour board = _neighbours[i];
                text += (i == 0 ? ": " : ", ") + board.Name + " " + board.Address + " (for " + ((nowMs - board.FirstMs) / 1000).ToString() + " s)";
            }

            _host.Print(text);
        }
    }
}
