namespace IoTNet.Tests.Messaging.Fuzz;

/// <summary>Takes frames out of a pipe as a socket does, and compares them with the writer's model.</summary>
internal sealed class PipeReader(FramePipe pipe, BlockPool pool, PipeWriter writer, Fuzzer fuzzer) : IPipeEnd
{
    private bool _woken = true;

    /// <summary>Large frames that were taken without a copy.</summary>
    public int Taken { get; private set; }

    void IPipeEnd.OnReadable() => _woken = true;

    void IPipeEnd.OnWritable() => throw new InvalidOperationException("the reader is no writer");

    /// <summary>Reads up to so many frames.</summary>
    public void Read(int frames)
    {
        for (int i = 0; i < frames; i++)
        {
            if (!pipe.TryFrame())
            {
                Assert.IsEmpty(writer.Expected, "the writer has sent more");
                writer.AssertNotForgotten();
                _woken = false;
                return;
            }

            if ((pipe.FrameFlags & FrameHeader.Command) != 0)
            {
                // The session's, which has seen it.
                pipe.Consume();
                continue;
            }

            Compare();
            if (pipe.IsOwnBlock && fuzzer.Random.Next(2) == 0)
            {
                Assert.AreEqual(FrameHeader.MaxBytes, pipe.FrameOffset, "a block that is handed over begins with its header");
                Taken++;
                Block other = pool.Take(fuzzer.Random.Next(100));
                other.Bytes = pipe.TakeBytes(other.Bytes);
                pool.Return(other);
            }

            pipe.Consume();
        }
    }

    /// <summary>After something was published: it must have been told.</summary>
    public void AssertNotForgotten() =>
        Assert.IsTrue(_woken || writer.Expected.Count == 0, "a message is there, and the reader that waits was not told");

    private void Compare()
    {
        Assert.IsNotEmpty(writer.Expected, "a frame that was not sent, or not to its end");
        PipeWriter.Frame expected = writer.Expected.Dequeue();
        Assert.AreEqual(expected.More, (pipe.FrameFlags & FrameHeader.More) != 0, "More");
        Assert.IsTrue(pipe.FrameBuffer.AsSpan(pipe.FrameOffset, pipe.FrameCount).SequenceEqual(expected.Body), "another frame");
        writer.ExpectedBytes -= expected.Body.Length + 2;
        writer.ExpectedMessages -= expected.More ? 0 : 1;
    }
}
