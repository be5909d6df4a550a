// engine.io-protocol, revision 4, "Upgrade".
using System.Text;

namespace IoTNet
{
    // From long-polling to a WebSocket.
    internal sealed partial class EngineSession
    {
        // A client that asks for a probe's answer waits for its GET's first, which has nothing to say: it is answered again and
        // again until the client has changed.
        private const int NoopIntervalMs = 100;

        private static readonly byte[] s_probe = Encoding.UTF8.GetBytes("2probe");
        private static readonly byte[] s_probeAnswer = Encoding.UTF8.GetBytes("3probe");

        private WebSocket _probe;
        private LoopTimer _probeTimer;
        private int _noopsLeft;

        public bool IsProbing => _probe != null;

        /// <summary>A client tries a WebSocket.</summary>
        public void Probe(WebSocket socket)
        {
            _probe = socket;
            Lead(socket);
            _noopsLeft = 0;
            _probeTimer ??= new LoopTimer(_settings.Loop, OnProbeTimer, null);
            _probeTimer.Start(_settings.UpgradeTimeoutMs, 0);
        }

        private void TakeProbe(byte[] buffer, int offset, int count)
        {
            if (count == s_probe.Length && Bytes.AreSame(buffer, offset, s_probe, count))
            {
                _probe.TrySend(s_probeAnswer, 0, s_probeAnswer.Length, true);
                AnswerPoll("6");
                _noopsLeft = _settings.UpgradeTimeoutMs / NoopIntervalMs;
                _probeTimer.Start(NoopIntervalMs, 0);
            }
            else if (count == 1 && buffer[offset] == EnginePacket.Upgrade)
            {
                Change();
            }
            else
            {
                _probe.Close();
                EndProbe();
            }
        }

        private void Change()
        {
            _probeTimer.Stop();
            _socket = _probe;
            _probe = null;
            AnswerPoll("6");
            byte[] queue = _queue;
            int end = _queued;
            _queue = null;
            _queued = 0;
            for (int at = 0; at < end;)
            {
                int next = PollingPayload.EndOf(queue, at, end);
                if (queue[at] == EnginePacket.Binary)
                {
                    int size = PollingPayload.Decode(queue, at + 1, next - at - 1);
                    _socket.TrySend(queue, at + 1, size, false);
                }
                else
                {
                    _socket.TrySend(queue, at, next - at, true);
                }

                at = next + 1;
            }
        }

        private void OnProbeTimer(object state)
        {
            if (_noopsLeft-- > 0)
            {
                AnswerPoll("6");
                _probeTimer.Start(NoopIntervalMs, 0);
                return;
            }

            WebSocket probe = _probe;
            EndProbe();
            probe?.Close();
        }

        private void EndProbe()
        {
            WebSocket probe = _probe;
            _probe = null;
            _probeTimer?.Stop();
            if (!IsOpen && probe != null && !probe.IsClosed)
            {
                probe.Close();
            }
        }
    }
}
