using System.Globalization;
using IoTNet.Boards;

namespace IoTNet.Bench;

/// <summary>Two message sockets and what goes between them.</summary>
/// <param name="IsStream">Whether messages go one way, from the far side; else there and back.</param>
/// <param name="Near">The socket that binds, on the thread that measures.</param>
/// <param name="Far">The socket that connects, on a thread of its own.</param>
/// <param name="Endpoint">What to bind.</param>
/// <param name="Bytes">The length of each message.</param>
/// <param name="Frames">Whether ours are handed over as libzmq's are (MessageFrame), not copied in and out of arrays.</param>
internal sealed record MessageShape(bool IsStream, MessageSocketType Near, MessageSocketType Far, string Endpoint, int Bytes, bool Frames)
{
    public bool IsInproc => Endpoint.StartsWith("inproc:", StringComparison.Ordinal);
}

/// <summary>A game that is told how many messages to play, not how long: both contestants then stop at a message's end.</summary>
internal abstract class CountedGame : Game
{
    private const int FirstCount = 1000;
    private const int PartsOfATurn = 2;
    private long _count = FirstCount;

    public override Rate Play(TimeSpan time)
    {
        double wall = 0;
        double processor = 0;
        long done = 0;
        while (wall < time.TotalSeconds * 0.9)
        {
            var (seconds, processorSeconds) = Run(_count);
            wall += seconds;
            processor += processorSeconds;
            done += _count;
            _count = Math.Max(10, (long)(done / wall * time.TotalSeconds / PartsOfATurn));
        }

        return new Rate(done / wall, done / processor);
    }

    /// <summary>Plays so many.</summary>
    /// <returns>The seconds that it took, by the wall and of the processors.</returns>
    public abstract (double Wall, double Processor) Run(long count);
}

/// <summary>IoTNet's message sockets, with buffers that are used again.</summary>
internal sealed class OurMessages : CountedGame
{
    private readonly MessageShape _shape;
    private readonly MessageContext _nearContext = NewContext();
    private readonly MessageContext _farContext;
    private readonly MessageSocket _near;
    private readonly MessageSocket _far;
    private readonly byte[] _buffer;
    private readonly MessageFrame _frame;
    private readonly AutoResetEvent _go = new(false);
    private readonly Thread _farThread;
    private long _count;

    public OurMessages(MessageShape shape)
    {
        _shape = shape;
        _buffer = new byte[shape.Bytes];

        // As zmq_peer.c: over TCP each side has a context, and with it a loop, of its own.
        _farContext = shape.IsInproc ? _nearContext : NewContext();
        _near = new MessageSocket(_nearContext, shape.Near);
        _far = new MessageSocket(_farContext, shape.Far);
        _frame = new MessageFrame(_nearContext);
        _near.Options.LingerMs = 0;
        _far.Options.LingerMs = 0;
        _near.Bind(shape.Endpoint);
        _far.Connect(_near.LastEndpoint);
        _farThread = new Thread(shape.IsStream ? SendStream : SendBack) { IsBackground = true };
        _farThread.Start();
    }

    public override (double Wall, double Processor) Run(long count)
    {
        var clock = new Clock();
        _count = count;
        if (_shape.IsStream)
        {
            _go.Set();
        }

        for (long i = 0; i < count; i++)
        {
            if (!_shape.IsStream)
            {
                Expect(_near.TrySend(_buffer, 0, _shape.Bytes, false, -1), 0);
            }

            Expect(
                _shape.Frames ? _near.TryReceive(_frame, out _, -1) : _near.TryReceive(_buffer, 0, _shape.Bytes, out _, -1),
                _shape.Bytes);
        }

        var rate = clock.RateOf(count);
        return (count / rate.Wall, count / rate.Processor);
    }

    /// <summary>Bytes that one message, or one round trip, leaves on the heap.</summary>
    public double Allocated(int count)
    {
        Run(count);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        Run(count);
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)count;
    }

    public override void Dispose()
    {
        _count = -1;
        _go.Set();
        _near.Close();
        _far.Close();
        _farThread.Join();
        _nearContext.Close();
        _farContext.Close();
        _go.Dispose();
    }

    private static MessageContext NewContext() => new(new NetworkStack(new SystemNetStack(), new UnixStack()));

    private void SendStream()
    {
        var buffer = new byte[_shape.Bytes];
        var frame = new MessageFrame(_farContext);
        while (_go.WaitOne() && _count > 0)
        {
            for (var left = _count; left > 0; left--)
            {
                if ((_shape.Frames ? SendFrame(frame) : _far.TrySend(buffer, 0, buffer.Length, false, -1)) != 0)
                {
                    return;
                }
            }
        }
    }

    private int SendFrame(MessageFrame frame)
    {
        frame.Allocate(_shape.Bytes);
        return _far.TrySend(frame, false, -1);
    }

    private void SendBack()
    {
        var buffer = new byte[_shape.Bytes];
        while (_far.TryReceive(buffer, 0, buffer.Length, out _, -1) == buffer.Length &&
            _far.TrySend(buffer, 0, buffer.Length, false, -1) == 0)
        {
        }
    }

    private static void Expect(int result, int expected)
    {
        if (result != expected)
        {
            throw new InvalidOperationException($"a message socket gave {result} instead of {expected}");
        }
    }
}

/// <summary>libzmq's, in a process that times its own loops: the pipe to it is not measured.</summary>
internal sealed class ZmqMessages(ZmqPeer peer, MessageShape shape) : CountedGame
{
    private readonly System.Diagnostics.Process _process = peer.Start(shape);

    public override (double Wall, double Processor) Run(long count)
    {
        _process.StandardInput.WriteLine(count.ToString(CultureInfo.InvariantCulture));
        _process.StandardInput.Flush();
        var answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("zmq_peer ended");
        var times = Array.ConvertAll(answer.Split(' '), t => double.Parse(t, CultureInfo.InvariantCulture));
        return (times[0], times[1]);
    }

    public override void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(10_000))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
