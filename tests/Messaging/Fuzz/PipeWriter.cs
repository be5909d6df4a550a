namespace IoTNet.Tests.Messaging.Fuzz;

/// <summary>Puts a stream of bytes into a pipe as a session does, piece by piece, and keeps a model of what the reader must get:
/// whole messages, in their order.</summary>
internal sealed class PipeWriter(FramePipe pipe, int maxMessages, int maxBytes) : IPipeEnd
{
    /// <summary>The longest frame that is taken.</summary>
    public const int MaxFrameBytes = 40_000;

    private readonly List<Frame> _message = [];
    private byte[] _stream = [];
    private int _at;
    private int _modelAt;
    private int _needed;
    private bool _woken;

    public record struct Frame(bool More, byte[] Body);

    /// <summary>What has been accepted and not been read.</summary>
    public Queue<Frame> Expected { get; } = new();

    /// <summary>Messages among it.</summary>
    public int ExpectedMessages { get; set; }

    /// <summary>Bytes among it, headers included.</summary>
    public int ExpectedBytes { get; set; }

    /// <summary>Whether the mark of the pipe stopped it.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Whether the stream is at its end, or was given up.</summary>
    public bool IsOver => _at == _stream.Length;

    /// <summary>How many frames went in.</summary>
    public int Accepted { get; private set; }

    void IPipeEnd.OnReadable() => throw new InvalidOperationException("the writer is no reader");

    void IPipeEnd.OnWritable() => _woken = true;

    /// <summary>A new connection.</summary>
    public void Begin(byte[] stream)
    {
        if (_stream.Length > 0)
        {
            pipe.Rollback();
        }

        _stream = stream;
        _at = 0;
        _modelAt = 0;
        _needed = 0;
        IsPaused = false;
        _message.Clear();
    }

    /// <summary>Receives a piece, or goes on after a pause.</summary>
    public void Step(int most)
    {
        if (IsPaused)
        {
            Resume();
            return;
        }

        int room = pipe.ReceiveRoom(_needed, out byte[] buffer, out int offset);
        Assert.IsTrue(room > 0 && offset >= 0 && offset + room <= buffer.Length, $"{room} bytes at {offset} of {buffer.Length}");
        Assert.IsLessThanOrEqualTo(Math.Max(MessagingDefaults.MaxBlockBytes, _needed), room, "more than was asked for");
        int count = Math.Min(Math.Min(room, most), _stream.Length - _at);
        Array.Copy(_stream, _at, buffer, offset, count);
        _at += count;
        pipe.Received(count);
        Scan();
    }

    /// <summary>After the reader took all that there was: it must have told.</summary>
    public void AssertNotForgotten() =>
        Assert.IsTrue(!IsPaused || _woken, "the pipe is empty, and the writer that waits for room was not told");

    private void Resume()
    {
        if (_woken && pipe.CanWrite())
        {
            IsPaused = false;
            Scan();
        }
    }

    // As ZmtpSession.Scan.
    private void Scan()
    {
        _needed = 0;
        while (true)
        {
            int header = pipe.ScanFrame(out int flags, out int body, out int count);
            (int Header, int Flags, int Size) expected = Reference.Header(_stream.AsSpan(_modelAt, _at - _modelAt));
            Assert.AreEqual(expected, (header, flags, Math.Max(count, -1)), "another header than the one that was sent");
            if (header == 0)
            {
                break;
            }

            if (header < 0 || count < 0 || count > MaxFrameBytes)
            {
                // The connection is lost.
                pipe.TellReader();
                _at = _stream.Length;
                pipe.Rollback();
                _message.Clear();
                break;
            }

            Assert.AreEqual(_message.Count > 0, pipe.ScansMessage);
            if (!pipe.ScansMessage && !pipe.CanWrite())
            {
                _woken = false;
                IsPaused = true;
                break;
            }

            Assert.AreEqual(_at - _modelAt >= header + count, pipe.HasWhole(header + count));
            if (!pipe.HasWhole(header + count))
            {
                _needed = header + count;
                break;
            }

            Assert.IsTrue(pipe.ScanBuffer.AsSpan(body, count).SequenceEqual(_stream.AsSpan(_modelAt + header, count)), "another body");
            Take(flags, header, count);
        }

        pipe.TellReader();
    }

    private void Take(int flags, int header, int count)
    {
        bool isLast = (flags & FrameHeader.More) == 0;
        if ((flags & FrameHeader.Command) != 0)
        {
            pipe.SkipScanned(header + count);
        }
        else
        {
            if (_message.Count == 0)
            {
                // The marks: one message may always come; beyond it they hold, whatever commands came in between.
                Assert.IsTrue(maxMessages == 0 || ExpectedMessages < maxMessages, $"{ExpectedMessages} messages wait, {maxMessages} may");
                Assert.IsTrue(maxBytes == 0 || ExpectedBytes < maxBytes, $"{ExpectedBytes} bytes wait, {maxBytes} may");
            }

            pipe.AcceptScanned(header + count, isLast);
            _message.Add(new Frame(!isLast, _stream[(_modelAt + header)..(_modelAt + header + count)]));
            Accepted++;
            if (isLast)
            {
                Publish();
            }
        }

        _modelAt += header + count;
    }

    private void Publish()
    {
        foreach (Frame frame in _message)
        {
            Expected.Enqueue(frame);
            ExpectedBytes += frame.Body.Length + 2;
        }

        ExpectedMessages++;
        _message.Clear();
    }
}
