using System.Diagnostics;

namespace IoTNet.Bench;

/// <summary>Work done a second: by the clock on the wall, and by the processor time of this program, which does not count what
/// other programs take (nor what a contestant idles away).</summary>
internal readonly record struct Rate(double Wall, double Processor)
{
    public static Rate operator *(Rate rate, double factor) => new(rate.Wall * factor, rate.Processor * factor);
}

/// <summary>Both clocks.</summary>
internal sealed class Clock
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly TimeSpan _processorStart = Environment.CpuUsage.TotalTime;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    public Rate RateOf(long amount) =>
        new(amount / Elapsed.TotalSeconds, amount / (Environment.CpuUsage.TotalTime - _processorStart).TotalSeconds);
}

/// <summary>What a contestant does in its turn: plays for a time, gives its rate.</summary>
internal abstract class Game : IDisposable
{
    public abstract Rate Play(TimeSpan time);

    public virtual void Dispose()
    {
    }
}

/// <summary>A game over a connection, whose far end may be played by a thread of its own.</summary>
internal abstract class WireGame(WirePair pair) : Game
{
    private Thread? _farThread;

    protected Wire Near => pair.Near;

    protected Wire Far => pair.Far;

    public override void Dispose()
    {
        pair.Dispose();
        _farThread?.Join();
    }

    protected void OnFarThread(Action loop)
    {
        _farThread = new Thread(() =>
        {
            Pinning.Apply();
            loop();
        }) { IsBackground = true };
        _farThread.Start();
    }

    protected static void Sent(int result, int expected)
    {
        if (result != expected)
        {
            throw new InvalidOperationException($"expected to send {expected} bytes, the result is {result}");
        }
    }
}

/// <summary>A message goes there and back: round trips a second.</summary>
internal sealed class PingPong : WireGame
{
    private readonly int _size;
    private readonly byte[] _buffer;

    public PingPong(WirePair pair, int size)
        : base(pair)
    {
        _size = size;
        _buffer = new byte[size];
        OnFarThread(() =>
        {
            var buffer = new byte[size];
            while (Far.ReceiveAll(buffer, size))
            {
                Sent(Far.Send(buffer, 0, size), size);
            }
        });
    }

    public override Rate Play(TimeSpan time)
    {
        var clock = new Clock();
        long trips = 0;
        do
        {
            for (var i = 0; i < 16; i++, trips++)
            {
                Sent(Near.Send(_buffer, 0, _size), _size);
                if (!Near.ReceiveAll(_buffer, _size))
                {
                    throw new InvalidOperationException("the other side is gone");
                }
            }
        }
        while (clock.Elapsed < time);
        return clock.RateOf(trips);
    }
}

/// <summary>Bytes go one way as fast as they can: MB a second.</summary>
internal sealed class OneWay : WireGame
{
    private const int Chunk = 64 * 1024;
    private const int ChunksABatch = 64;
    private readonly byte[] _buffer = new byte[Chunk];
    private readonly byte[] _answer = new byte[1];

    public OneWay(WirePair pair)
        : base(pair)
    {
        OnFarThread(() =>
        {
            var buffer = new byte[Chunk];
            long wanted = (long)Chunk * ChunksABatch;
            for (long left = wanted; ;)
            {
                var received = Far.Receive(buffer, 0, (int)Math.Min(Chunk, left));
                if (received <= 0)
                {
                    return;
                }

                left -= received;
                if (left == 0)
                {
                    // The clock stops when the last byte has arrived, not when it was sent.
                    Sent(Far.Send(buffer, 0, 1), 1);
                    left = wanted;
                }
            }
        });
    }

    public override Rate Play(TimeSpan time)
    {
        var clock = new Clock();
        long bytes = 0;
        do
        {
            for (var i = 0; i < ChunksABatch; i++)
            {
                Sent(Near.Send(_buffer, 0, Chunk), Chunk);
                bytes += Chunk;
            }

            if (!Near.ReceiveAll(_answer, 1))
            {
                throw new InvalidOperationException("the other side is gone");
            }
        }
        while (clock.Elapsed < time);
        return clock.RateOf(bytes) * 1e-6;
    }
}

/// <summary>A burst that fits the socket's buffer is sent, then received, on one thread: packets a second.</summary>
internal sealed class Burst(WirePair pair, int size) : WireGame(pair)
{
    private const int Packets = 32;
    private readonly byte[] _buffer = new byte[size];

    public override Rate Play(TimeSpan time)
    {
        var clock = new Clock();
        long packets = 0;
        do
        {
            for (var i = 0; i < Packets; i++)
            {
                Sent(Near.Send(_buffer, 0, _buffer.Length), _buffer.Length);
            }

            for (var i = 0; i < Packets; i++)
            {
                Sent(Far.Receive(_buffer, 0, _buffer.Length), _buffer.Length);
            }

            packets += Packets;
        }
        while (clock.Elapsed < time);
        return clock.RateOf(packets);
    }
}
