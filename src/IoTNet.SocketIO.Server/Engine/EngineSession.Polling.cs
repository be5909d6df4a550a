// engine.io-protocol, revision 4, "HTTP long-polling".
using System;
using System.Text;

namespace IoTNet
{
    // Long-polling: a GET that waits for packets, POSTs that bring them.
    internal sealed partial class EngineSession
    {
        private const string PayloadType = "text/plain; charset=UTF-8";

        // Packets that wait for a GET, as its answer will have them.
        private byte[] _queue;
        private int _queued;

        // The GET that waits for packets.
        private HttpResponse _poll;

        /// <summary>Opens it by the answer to the first GET.</summary>
        public void Open(HttpResponse response)
        {
            response.Send(200, PayloadType, Hello(true));
        }

        /// <summary>A GET for packets.</summary>
        public void Poll(HttpResponse response)
        {
            if (_poll != null)
            {
                EngineServer.Refuse(response, 400, EngineServer.BadRequest);
                Close(DisconnectReason.TransportError);
                return;
            }

            _poll = response;
            response.Tag = this;
            response.Aborted += OnPollAborted;
            if (_queued > 0)
            {
                AnswerPoll();
            }
        }

        /// <summary>A POST with packets.</summary>
        public void Post(HttpRequest request, HttpResponse response)
        {
            if (request.BodyCount > _settings.MaxPayload)
            {
                response.Send(413);
                Close(DisconnectReason.TransportError);
                return;
            }

            byte[] body = request.Body;
            int at = request.BodyOffset;
            int end = at + request.BodyCount;
            while (at < end && IsOpen)
            {
                int next = PollingPayload.EndOf(body, at, end);
                TakePolled(body, at, next - at);
                at = next + 1;
            }

            response.Send(200, "text/html", "ok");
        }

        private void TakePolled(byte[] body, int offset, int count)
        {
            if (count == 0 || body[offset] != EnginePacket.Binary)
            {
                TakePacket(body, offset, count);
                return;
            }

            int size = PollingPayload.Decode(body, offset + 1, count - 1);
            if (size < 0)
            {
                Close(DisconnectReason.ParseError);
                return;
            }

            // In place: four characters have become three bytes.
            Heard();
            User.OnBinary(body, offset + 1, size);
        }

        private int Queue(OutgoingPacket packet)
        {
            Queue(packet.Buffer, packet.Offset, packet.Count);
            for (int i = 0; i < packet.PartCount; i++)
            {
                byte[] part = packet.Parts[i];
                Reserve(2 + PollingPayload.SizeOf(part.Length));
                Separate();
                _queue[_queued++] = EnginePacket.Binary;
                _queued = PollingPayload.Encode(part, _queue, _queued);
            }

            if (_poll != null)
            {
                AnswerPoll();
            }

            return 1;
        }

        private void QueuePing()
        {
            Queue(s_ping, 0, 1);
            if (_poll != null)
            {
                AnswerPoll();
            }
        }

        private void Queue(byte[] buffer, int offset, int count)
        {
            Reserve(1 + count);
            Separate();
            Array.Copy(buffer, offset, _queue, _queued, count);
            _queued += count;
        }

        private void Separate()
        {
            if (_queued > 0)
            {
                _queue[_queued++] = EnginePacket.Separator;
            }
        }

        private void Reserve(int count)
        {
            int needed = _queued + count;
            if (_queue == null || needed > _queue.Length)
            {
                byte[] larger = new byte[needed < 128 ? 256 : needed * 2];
                if (_queued > 0)
                {
                    Array.Copy(_queue, 0, larger, 0, _queued);
                }

                _queue = larger;
            }
        }

        // The answer takes the buffer with it: it may be long, and goes out as the client reads.
        private void AnswerPoll()
        {
            HttpResponse poll = _poll;
            byte[] queue = _queue;
            int count = _queued;
            _poll = null;
            _queue = null;
            _queued = 0;
            poll.Send(200, PayloadType, queue, 0, count);
        }

        private void AnswerPoll(string packet)
        {
            HttpResponse poll = _poll;
            _poll = null;
            if (poll != null)
            {
                poll.Send(200, PayloadType, packet);
            }
        }

        private void EndPolling()
        {
            _queue = null;
            _queued = 0;
            AnswerPoll("1");
        }

        private static void OnPollAborted(HttpResponse response)
        {
            EngineSession session = (EngineSession)response.Tag;
            if (session._poll == response)
            {
                session._poll = null;
                session.Close(DisconnectReason.TransportError);
            }
        }
    }
}
