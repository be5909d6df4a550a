using System;
using System.Text;
using System.Threading;

namespace IoTNet.Apps
{
    /// <summary>Sensors push readings to a hub, which prints them. The hub is this app on another board, or any ZeroMQ
    /// PULL.</summary>
    public sealed class SensorHubApp : IApp
    {
        // A reading is some ten bytes.
        private const int MaxReadingBytes = 256;

        // Who presses Ctrl-C does not wait as long for the last readings.
        private const int StopLingerMs = 500;

        // A sensor that lost its power holds a socket of the hub no longer than twice this.
        private const int HubHeartbeatMs = 30000;

        private readonly object _lock = new object();
        private readonly ManualResetEvent _stop = new ManualResetEvent(false);
        private MessageSocket _socket;
        private bool _stopped;

        /// <inheritdoc/>
        public string Name => "SensorHub";

        /// <inheritdoc/>
        public string Description => "Sensors push readings (NAME COUNTER VALUE) to a hub, by ZeroMQ's PUSH and PULL; port 5557.";

        /// <inheritdoc/>
        public string Usage => SensorHubOptions.Usage;

        /// <inheritdoc/>
        public int Run(IAppHost host)
        {
            SensorHubOptions options;
            IPEndPoint listen = host.Listen as IPEndPoint;
            try
            {
                options = SensorHubOptions.Read(host.Arguments);
                if (host.Listen != null && (listen == null || options.To != null))
                {
                    throw new ArgumentException(options.To == null ? "The hub listens on ADDRESS:PORT, not on " + host.Listen.ToString() + "."
                        : "A sensor does not listen: give --to or an address, not both.");
                }
            }
            catch (ArgumentException e)
            {
                host.Log(e.Message);
                return 2;
            }

            MessageContext context = MessageContext.Current;
            try
            {
                MessageSocket socket = Open(new MessageSocket(context, options.To == null ? MessageSocketType.Pull : MessageSocketType.Push));
                if (socket != null)
                {
                    return options.To == null ? Collect(socket, host, listen ?? new IPEndPoint(IPAddress.Any, options.Port))
                        : Measure(socket, host, options);
                }
            }
            catch (ArgumentException e)
            {
                host.Log(e.Message);
                return 2;
            }
            catch (ObjectDisposedException)
            {
                // Stopped before it began.
            }
            catch (SocketException e)
            {
                host.Log(AppFailure.Explain(e));
                return 1;
            }
            finally
            {
                context.Close();
            }

            return 0;
        }

        /// <inheritdoc/>
        public void Stop()
        {
            lock (_lock)
            {
                _stopped = true;
                if (_socket != null)
                {
                    _socket.Options.LingerMs = StopLingerMs;
                    _socket.Close();
                }
            }

            _stop.Set();
        }

        // The context closes it. Null when the app was stopped already.
        private MessageSocket Open(MessageSocket socket)
        {
            lock (_lock)
            {
                _socket = socket;
                return _stopped ? null : socket;
            }
        }

        private static int Collect(MessageSocket pull, IAppHost host, IPEndPoint address)
        {
            pull.Options.MaxFrameBytes = MaxReadingBytes;
            pull.Options.HeartbeatMs = HubHeartbeatMs;
            pull.Bind("tcp://" + address.ToString());
            string bound = pull.LastEndpoint;
            host.Serving("tcp", new IPEndPoint(address.Address, int.Parse(bound.Substring(bound.LastIndexOf(':') + 1))));

            byte[] reading = new byte[MaxReadingBytes];
            while (true)
            {
                int length = pull.TryReceive(reading, 0, reading.Length, out _, -1);
                if (length < 0)
                {
                    return End(host, length);
                }

                host.Print(Encoding.UTF8.GetString(reading, 0, length));
            }
        }

        private int Measure(MessageSocket push, IAppHost host, SensorHubOptions options)
        {
            push.Connect(options.To);
            string name = host.BoardName ?? "board";
            long beginMs = Environment.TickCount64;
            bool waited = false;
            for (int counter = 1; options.Count == 0 || counter <= options.Count; counter++)
            {
                byte[] reading = Encoding.UTF8.GetBytes(Reading(name, counter));
                int result = push.TrySend(reading, 0, reading.Length, false, 0);
                if (result == -(int)Errno.EAGAIN)
                {
                    if (!waited)
                    {
                        host.Log("waiting for " + options.To + ": no more readings are kept");
                        waited = true;
                    }

                    result = push.TrySend(reading, 0, reading.Length, false, -1);
                }

                if (result < 0)
                {
                    return End(host, result);
                }

                // From the begin, so that the beat does not drift; what was missed is left out.
                long leftMs = options.IntervalMs - ((Environment.TickCount64 - beginMs) % options.IntervalMs);
                if (counter != options.Count && _stop.WaitOne((int)leftMs, false))
                {
                    return 0;
                }
            }

            return 0;
        }

        // From 20.0 to 26.5: where a sensor of your own is read.
        private static string Reading(string name, int counter)
        {
            int tenths = 200 + (int)((long)counter * 5 % 70);
            return name + " " + counter.ToString() + " " + (tenths / 10).ToString() + "." + (tenths % 10).ToString();
        }

        private static int End(IAppHost host, int result)
        {
            if (result == -(int)Errno.EBADF)
            {
                // Closed by Stop.
                return 0;
            }

            host.Log(ErrnoTable.Describe((Errno)(-result)));
            return 1;
        }
    }
}
