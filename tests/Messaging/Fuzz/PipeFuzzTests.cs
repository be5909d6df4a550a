using System.Text;

namespace IoTNet.Tests.Messaging.Fuzz;

/// <summary>Mutated streams of frames through a pipe, received in pieces of any size: what comes out is what went in.</summary>
[TestClass]
public class PipeFuzzTests
{
    // One pipe is used by so many connections, one after the other.
    private const int StreamsPerPipe = 20;

    [TestMethod]
    public void Pipe_OfMutatedStreams_GivesWholeMessagesInOrder()
    {
        Fuzzer fuzzer = new();
        byte[][] corpus = [.. Enumerable.Range(0, 200).Select(_ => NewStream(fuzzer.Random))];
        BlockPool pool = new(1 << 20);
        FramePipe? pipe = null;
        PipeWriter? writer = null;
        PipeReader? reader = null;
        int streams = 0, accepted = 0, taken = 0;
        fuzzer.Run(
            Inputs.PipeStreams,
            () => fuzzer.Mutate(fuzzer.Pick(corpus)),
            input =>
            {
                if (streams++ % StreamsPerPipe == 0)
                {
                    accepted += writer?.Accepted ?? 0;
                    taken += reader?.Taken ?? 0;
                    int maxMessages = fuzzer.Pick([0, 1, 2, 5, 100]);
                    int maxBytes = fuzzer.Pick([0, 1, 100, 10_000]);
                    pipe = new FramePipe(pool, maxMessages, maxBytes, conflates: false);
                    writer = new PipeWriter(pipe, maxMessages, maxBytes);
                    reader = new PipeReader(pipe, pool, writer, fuzzer);
                    pipe.Writer = writer;
                    pipe.Reader = reader;
                }

                Pass(fuzzer, writer!, reader!, input);
            });
        Assert.IsTrue(accepted > Inputs.PipeStreams * 2 && taken > Inputs.PipeStreams / 50, $"seed {fuzzer.Seed}: {accepted} accepted, {taken} taken");
    }

    [TestMethod]
    public void Pipe_OfWrittenFrames_GivesTheirBytesOnceAndWhole()
    {
        // The other way: an application writes, a session sends what is there, in parts, over connections that break.
        const int Rounds = 2_000;
        Fuzzer fuzzer = new();
        BlockPool pool = new(1 << 20);
        for (int round = 0; round < Rounds; round++)
        {
            new Output(pool, fuzzer).Run();
        }
    }

    private static void Pass(Fuzzer fuzzer, PipeWriter writer, PipeReader reader, byte[] stream)
    {
        int most = fuzzer.Pick([1, 3, 20, 300, 70_000]);
        writer.Begin(stream);
        while (!writer.IsOver || writer.IsPaused)
        {
            // Not more pieces than a stream of large frames needs.
            writer.Step(stream.Length > 1000 && most < 100 ? fuzzer.Random.Next(1, 1000) : fuzzer.Random.Next(1, most + 1));
            reader.AssertNotForgotten();
            if (writer.IsPaused || fuzzer.Random.Next(4) == 0)
            {
                reader.Read(fuzzer.Random.Next(1, 6));
            }

            if (fuzzer.Random.Next(200) == 0)
            {
                // The connection breaks.
                break;
            }
        }

        if (fuzzer.Random.Next(3) == 0)
        {
            reader.Read(int.MaxValue);
        }
    }

    private static byte[] NewStream(Random random)
    {
        List<byte> stream = [];
        for (int messages = random.Next(1, 7); messages > 0; messages--)
        {
            for (int frames = random.Next(1, 4); frames > 0; frames--)
            {
                stream.AddRange(Reference.Frame(frames > 1 ? FrameHeader.More : 0, NewBody(random)));
                if (random.Next(5) == 0)
                {
                    stream.AddRange(Reference.Frame(FrameHeader.Command, Reference.Command("PING", 0, 1, 2)));
                }
            }

            if (random.Next(30) == 0)
            {
                stream.AddRange(Reference.Frame(FrameHeader.Command, Reference.Command("LARGE", new byte[random.Next(5000, 9000)])));
            }
        }

        return [.. stream];
    }

    private static byte[] NewBody(Random random)
    {
        int kind = random.Next(40);
        byte[] body = new byte[kind == 0 ? random.Next(4000, 30_000) : kind < 4 ? random.Next(240, 600) : random.Next(20)];
        random.NextBytes(body);
        return body;
    }

    // One pipe, written by frames and read by bytes.
    private sealed class Output(BlockPool pool, Fuzzer fuzzer) : IPipeEnd
    {
        private readonly FramePipe _pipe = new(pool, 0, 0, conflates: false);
        private readonly Queue<byte[]> _messages = new();
        private readonly List<byte> _sent = [];

        void IPipeEnd.OnReadable()
        {
        }

        void IPipeEnd.OnWritable()
        {
        }

        public void Run()
        {
            _pipe.Reader = this;
            _pipe.Writer = this;
            for (int step = fuzzer.Random.Next(30); step > 0; step--)
            {
                if (fuzzer.Random.Next(2) == 0)
                {
                    Write();
                }
                else
                {
                    Send(fuzzer.Random.Next(8));
                }

                if (fuzzer.Random.Next(10) == 0)
                {
                    Reconnect();
                }
            }

            Send(int.MaxValue);
            Assert.IsEmpty(_messages, $"seed {fuzzer.Seed}");
            Assert.IsEmpty(_sent, $"seed {fuzzer.Seed}");
            Assert.IsTrue(_pipe.IsEmpty && _pipe.IsAtBoundary);
        }

        private void Write()
        {
            List<byte> message = [];
            for (int frames = fuzzer.Random.Next(1, 4); frames > 0; frames--)
            {
                byte[] body = NewBody(fuzzer.Random);
                int flags = frames > 1 ? FrameHeader.More : 0;
                if (fuzzer.Random.Next(3) == 0)
                {
                    Block block = pool.Take(FrameHeader.MaxBytes + body.Length);
                    body.CopyTo(block.Bytes, FrameHeader.MaxBytes);
                    _pipe.WriteBlock(flags, block, body.Length);
                }
                else
                {
                    _pipe.WriteFrame(flags, body, 0, body.Length);
                }

                message.AddRange(Reference.Frame(flags, body));
            }

            if (fuzzer.Random.Next(4) == 0)
            {
                _pipe.Rollback();
                return;
            }

            _pipe.Commit();
            _messages.Enqueue([.. message]);
        }

        private void Send(int times)
        {
            for (int i = 0; i < times; i++)
            {
                int count = _pipe.TryBytes(out byte[] buffer, out int offset);
                if (count == 0)
                {
                    return;
                }

                count = fuzzer.Random.Next(3) == 0 ? fuzzer.Random.Next(1, count + 1) : count;
                _sent.AddRange(buffer.AsSpan(offset, count));
                _pipe.ConsumeBytes(count);
                Compare();
            }
        }

        // Whole messages are compared and forgotten.
        private void Compare()
        {
            while (_messages.Count > 0 && _sent.Count >= _messages.Peek().Length)
            {
                byte[] message = _messages.Dequeue();
                Assert.IsTrue(_sent.Take(message.Length).SequenceEqual(message), $"seed {fuzzer.Seed}");
                _sent.RemoveRange(0, message.Length);
            }
        }

        // Of a message that went out in part either nothing counts, or the rest is dropped: a frame of it was whole.
        private void Reconnect()
        {
            bool hadWholeFrame = _messages.Count > 0 && Reference.Header([.. _sent]) is { Header: > 0 } first && _sent.Count >= first.Header + first.Size;
            _pipe.Restart();
            _sent.Clear();
            if (hadWholeFrame)
            {
                _messages.Dequeue();
            }
        }
    }
}
