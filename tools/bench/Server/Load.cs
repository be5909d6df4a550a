using System.Diagnostics;

namespace IoTNet.Bench;

/// <summary>What a turn of load gave: latencies in microseconds, processor time that the server took for a request.</summary>
internal readonly record struct Turn(double Rate, double MedianUs, double P99Us, double ProcessorUs);

/// <summary>Connections to an echo server, each with one request of <see cref="Size"/> bytes on its way: the next one is sent when
/// the answer is there (closed loop). One thread, epoll(7) and bare calls, so that it costs less than any server.</summary>
internal sealed class Load : IDisposable
{
    public const int Size = 64;
    private const int MostReady = 256;
    private const int AnswerMs = 10_000;

    private readonly EchoChild _server;
    private readonly System.Net.Sockets.Socket[] _sockets;
    private readonly int[] _descriptors;
    private readonly int[] _received;
    private readonly long[] _sentAt;
    private readonly int[] _events = new int[MostReady * 4];
    private readonly int[] _ready = new int[MostReady];
    private readonly byte[] _request = new byte[Size];
    private readonly byte[] _answer = new byte[Size];
    private readonly Latencies _latencies = new();
    private readonly int _poll;

    /// <summary>Connects; each connection has had one answer when this returns, so that the server has taken it.</summary>
    public Load(EchoChild server, int connections)
    {
        _server = server;
        _sockets = new System.Net.Sockets.Socket[connections];
        _descriptors = new int[connections];
        _received = new int[connections];
        _sentAt = new long[connections];
        _poll = Linux.OpenPoll();
        for (var i = 0; i < connections; i++)
        {
            var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.InterNetwork,
                System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp) { NoDelay = true };
            _sockets[i] = socket;
            _descriptors[i] = (int)socket.Handle;
            socket.Connect(System.Net.IPAddress.Loopback, server.Port);
            Linux.Watch(_poll, _descriptors[i], i);
            Send(i, Stopwatch.GetTimestamp());
            for (var done = 0; done == 0;)
            {
                done = Answers(Await(), long.MinValue);
            }
        }
    }

    /// <summary>Keeps all connections busy for a time.</summary>
    public Turn Play(TimeSpan time)
    {
        _latencies.Clear();
        var processorBefore = _server.ProcessorTime;
        var start = Stopwatch.GetTimestamp();
        var until = start + (long)(time.TotalSeconds * Stopwatch.Frequency);
        for (var i = 0; i < _descriptors.Length; i++)
        {
            Send(i, Stopwatch.GetTimestamp());
        }

        for (var left = _descriptors.Length; left > 0;)
        {
            left -= Answers(Await(), until);
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var processor = _server.ProcessorTime - processorBefore;
        return new Turn(_latencies.Count / seconds, _latencies.Percentile(0.5), _latencies.Percentile(0.99),
            processor.TotalMicroseconds / _latencies.Count);
    }

    /// <summary>How many answers the last turn had.</summary>
    public long Answered => _latencies.Count;

    public void Dispose()
    {
        Linux.Close(_poll);
        Array.ForEach(_sockets, socket => socket?.Dispose());
    }

    private int Await()
    {
        var count = Linux.Wait(_poll, _events, _ready, AnswerMs);
        return count > 0 ? count : throw new TimeoutException($"{_server.Name} has not answered for {AnswerMs} ms");
    }

    // Sends the next request where the answer is there and it is not late; gives how many connections came to rest.
    private int Answers(int count, long until)
    {
        var rested = 0;
        for (var i = 0; i < count; i++)
        {
            var connection = _ready[i];
            var got = Linux.Receive(_descriptors[connection], _answer.AsSpan(0, Size - _received[connection]));
            if (got == 0)
            {
                throw new InvalidOperationException(_server.Name + " has closed a connection");
            }

            _received[connection] += Math.Max(0, got);
            if (_received[connection] < Size)
            {
                continue;
            }

            _received[connection] = 0;
            var now = Stopwatch.GetTimestamp();
            _latencies.Add(now - _sentAt[connection]);
            if (now < until)
            {
                Send(connection, now);
            }
            else
            {
                rested++;
            }
        }

        return rested;
    }

    private void Send(int connection, long now)
    {
        _sentAt[connection] = now;
        if (Linux.Send(_descriptors[connection], _request) != Size)
        {
            throw new InvalidOperationException("a request did not fit into an empty send buffer");
        }
    }

    /// <summary>Counts by ticks, in steps of less than 1 %.</summary>
    private sealed class Latencies
    {
        private const int Steps = 128;
        private readonly int[] _counts = new int[Steps * 64];

        public long Count { get; private set; }

        public void Clear()
        {
            Array.Clear(_counts);
            Count = 0;
        }

        public void Add(long ticks)
        {
            Count++;
            _counts[Bucket(ticks)]++;
        }

        /// <returns>Microseconds.</returns>
        public double Percentile(double part)
        {
            var before = (long)(part * (Count - 1));
            var bucket = 0;
            for (long seen = _counts[0]; seen <= before; seen += _counts[bucket])
            {
                bucket++;
            }

            return Ticks(bucket) * 1e6 / Stopwatch.Frequency;
        }

        // A power of two and the 7 bits behind its first.
        private static int Bucket(long ticks)
        {
            var power = Math.Max(0, System.Numerics.BitOperations.Log2((ulong)ticks | 1) - 7);
            return (power * Steps) + (int)(ticks >> power);
        }

        private static double Ticks(int bucket)
        {
            var power = Math.Max(0, (bucket / Steps) - 1);
            return (double)(bucket - (power * Steps)) * (1L << power);
        }
    }
}
