using System;

namespace IoTNet
{
    /// <summary>
    /// Passes messages between two sockets, both ways (zmq_proxy, zmq_proxy_steerable): ROUTER and DEALER for a queue of work, XSUB
    /// and XPUB for a forwarder of subscriptions, PULL and PUSH for a streamer.
    /// </summary>
    public sealed class Proxy
    {
        private readonly MessageSocket _front;
        private readonly MessageSocket _back;
        private readonly MessageSocket _control;
        private byte[] _buffer = new byte[256];
        private bool _paused;

        /// <summary>Makes a proxy; <see cref="Run"/> runs it.</summary>
        /// <param name="front">The side of the clients.</param>
        /// <param name="back">The side of the servers; may be the same socket.</param>
        /// <param name="control">A PAIR, PULL, SUB or REP that receives PAUSE, RESUME and TERMINATE; null for none. A REP answers each with an
        /// empty message.</param>
        /// <exception cref="ArgumentNullException">A side is missing.</exception>
        public Proxy(MessageSocket front, MessageSocket back, MessageSocket control)
        {
            _front = front ?? throw new ArgumentNullException(nameof(front));
            _back = back ?? throw new ArgumentNullException(nameof(back));
            _control = control;
        }

        /// <summary>Passes messages on this thread until TERMINATE comes or a socket is closed. A message waits where it came from
        /// until the other side has room for it.</summary>
        public void Run()
        {
            MessagePoller poller = new MessagePoller();
            int front = poller.Add(_front, PollEvents.In);
            int back = poller.Add(_back, PollEvents.In);
            int control = _control == null ? -1 : poller.Add(_control, PollEvents.In);
            while (true)
            {
                poller.SetEvents(front, _paused ? PollEvents.None : PollEvents.In);
                poller.SetEvents(back, _paused ? PollEvents.None : PollEvents.In);
                poller.Wait(-1);
                if (control >= 0 && poller.GetEvents(control) != PollEvents.None && !Obey())
                {
                    return;
                }

                if (((poller.GetEvents(front) | poller.GetEvents(back)) & PollEvents.Nval) != 0)
                {
                    return;
                }

                if ((poller.GetEvents(front) & PollEvents.In) != 0 && !_paused && !Pass(_front, _back))
                {
                    return;
                }

                if ((poller.GetEvents(back) & PollEvents.In) != 0 && !_paused && _front != _back && !Pass(_back, _front))
                {
                    return;
                }
            }
        }

        // One message, all its frames. False when a socket is closed.
        private bool Pass(MessageSocket from, MessageSocket to)
        {
            bool more = true;
            while (more)
            {
                int next = from.NextFrameBytes;
                if (next > _buffer.Length)
                {
                    _buffer = new byte[next];
                }

                int count = from.TryReceive(_buffer, 0, _buffer.Length, out more, 0);
                if (count == -(int)Errno.EAGAIN)
                {
                    return true;
                }

                if (count < 0 || to.TrySend(_buffer, 0, count, more, -1) == -(int)Errno.EBADF)
                {
                    return false;
                }
            }

            return true;
        }

        // False for TERMINATE, and when the control socket is closed.
        private bool Obey()
        {
            int count = _control.TryReceive(_buffer, 0, _buffer.Length, out _, 0);
            if (count == -(int)Errno.EAGAIN)
            {
                return true;
            }

            if (count < 0)
            {
                return false;
            }

            string command = System.Text.Encoding.UTF8.GetString(_buffer, 0, count);
            if (_control.Type == MessageSocketType.Rep)
            {
                _control.TrySend(_buffer, 0, 0, false, 0);
            }

            _paused = command == "PAUSE" || (_paused && command != "RESUME");
            return command != "TERMINATE";
        }
    }
}
