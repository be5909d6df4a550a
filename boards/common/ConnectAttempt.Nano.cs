#if NANOFRAMEWORK_1_0 || IOTNET_NANO_API
using System;
using System.Threading;
using Net = System.Net;
using NetSockets = System.Net.Sockets;

namespace IoTNet.Boards
{
    // One connect on a thread of its own: nanoFramework's cannot be bounded, but closing the socket ends it.
    internal sealed class ConnectAttempt
    {
        private readonly NetSockets.Socket _socket;
        private readonly Net.EndPoint _peer;
        private readonly ManualResetEvent _ended = new ManualResetEvent(false);
        private readonly long _startedMs = Environment.TickCount64;

        public ConnectAttempt(NetSockets.Socket socket, Net.EndPoint peer)
        {
            _socket = socket;
            _peer = peer;
        }

        public bool HasEnded { get; private set; }

        // Null = connected.
        public Exception Failure { get; private set; }

        public int ElapsedMs { get; private set; }

        public void Start()
        {
            new Thread(Run).Start();
        }

        // Also how a connect without limit is made, on the caller's own thread.
        public void Run()
        {
            try
            {
                _socket.Connect(_peer);
            }
            catch (Exception e)
            {
                Failure = e;
            }

            ElapsedMs = (int)(Environment.TickCount64 - _startedMs);
            HasEnded = true;
            _ended.Set();
        }

        public bool Wait(int timeoutMs)
        {
            return _ended.WaitOne(timeoutMs, false);
        }
    }
}
#endif
