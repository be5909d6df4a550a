using System.Diagnostics;

namespace IoTNet.Bench;

/// <summary>Connections to an echo server, each with a window of batches on its way: the next one is sent when one is back. The
/// same client for either server: one thread, ready bytes, bare calls; answers are counted by their bytes, which are not copied, as
/// long ones would make the client the slower side.</summary>
internal sealed class WebLoad : Game
{
    private const int MostReady = 256;
    private const int MostReceived = 1 << 20;
    private const int AnswerMs = 10_000;

    private readonly EchoChild _server;
    private readonly WebShape _shape;
    private readonly WebClient[] _clients;
    private readonly long[] _due;
    private readonly int[] _events = new int[MostReady * 4];
    private readonly int[] _ready = new int[MostReady];
    private readonly byte[] _request;
    private readonly int _answerBytes;
    private readonly int _poll;

    /// <summary>Connects; each connection has had one batch of right answers when this returns.</summary>
    public WebLoad(EchoChild server, WebShape shape, int connections)
    {
        _server = server;
        _shape = shape;
        _request = shape.Request();
        _answerBytes = shape.Answer().Length;
        _due = new long[connections];
        _poll = Linux.OpenPoll();
        _clients = new WebClient[connections];
        for (var i = 0; i < connections; i++)
        {
            _clients[i] = new WebClient(server.Port, shape.IsSocketIO);
            _clients[i].Try(shape);
            Linux.Watch(_poll, _clients[i].Descriptor, i);
        }
    }

    /// <summary>How many messages the last turn had.</summary>
    public long Answered { get; private set; }

    /// <summary>Keeps all connections busy for a time.</summary>
    /// <returns>Messages a second, and for each second of the server's processor time.</returns>
    public override Rate Play(TimeSpan time)
    {
        var processorBefore = _server.ProcessorTime;
        var start = Stopwatch.GetTimestamp();
        var until = start + (long)(time.TotalSeconds * Stopwatch.Frequency);
        for (var i = 0; i < _clients.Length; i++)
        {
            Fill(i);
        }

        long bytes = 0;
        for (var busy = _clients.Length; busy > 0;)
        {
            var count = Linux.Wait(_poll, _events, _ready, AnswerMs);
            if (count == 0)
            {
                throw new TimeoutException($"{_server.Name} has not answered for {AnswerMs} ms");
            }

            for (var i = 0; i < count; i++)
            {
                bytes += Take(_ready[i]);
                if (Stopwatch.GetTimestamp() < until)
                {
                    Fill(_ready[i]);
                }

                busy -= _due[_ready[i]] == 0 ? 1 : 0;
            }
        }

        Answered = bytes / _answerBytes;
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new Rate(Answered / seconds, Answered / (_server.ProcessorTime - processorBefore).TotalSeconds);
    }

    public override void Dispose()
    {
        Linux.Close(_poll);
        Array.ForEach(_clients, client => client?.Dispose());
    }

    private int Take(int connection)
    {
        var got = Linux.Drop(_clients[connection].Descriptor, MostReceived);
        if (got == 0 || got > _due[connection])
        {
            throw new InvalidOperationException(_server.Name + (got == 0 ? " has closed a connection" : " sends more than is due"));
        }

        _due[connection] -= Math.Max(0, got);
        return Math.Max(0, got);
    }

    private void Fill(int connection)
    {
        long batch = _shape.Batch * _answerBytes;
        while (_due[connection] <= (_shape.Window - 1) * batch)
        {
            Linux.SendAll(_clients[connection].Descriptor, _request);
            _due[connection] += batch;
        }
    }
}
