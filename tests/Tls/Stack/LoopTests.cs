namespace IoTNet.Tests.Tls;

/// <summary>An event loop over TLS sockets.</summary>
[TestClass]
public class LoopTests
{
    [TestMethod]
    public void EventLoop_ManyConnections_EchoesAll()
    {
        const int Clients = 40;
        using Link link = Link.OnHost();
        using EventLoop loop = new(link.Stacks);
        Socket listener = link.Listen();
        listener.Blocking = false;
        Echo echo = new(loop, link);
        loop.Watch(listener, PollEvents.In, echo);
        Thread running = new(loop.Run);
        running.Start();
        Task[] clients = [.. Enumerable.Range(0, Clients).Select(n => Task.Factory.StartNew(() =>
        {
            using Socket client = link.Client();
            client.Connect(listener.LocalEndPoint, Link.PatienceMs);
            client.ReceiveTimeout = Link.PatienceMs;
            byte[] bytes = new byte[3000 * (n + 1)];
            new Random(n).NextBytes(bytes);
            Task sending = Task.Factory.StartNew(() => client.Send(bytes), TaskCreationOptions.LongRunning);
            byte[] back = new byte[bytes.Length];
            Assert.AreEqual(bytes.Length, client.Receive(back, 0, back.Length, SocketFlags.WaitAll));
            CollectionAssert.AreEqual(bytes, back);
            sending.Wait();
            client.Shutdown(SocketShutdown.Send);
            Assert.AreEqual(0, client.Receive(back));
        }, TaskCreationOptions.LongRunning))];
        Task.WaitAll(clients);
        loop.Stop();
        Assert.IsTrue(running.Join(Link.PatienceMs));
        Assert.AreEqual(Clients, echo.Ended);
    }

    [TestMethod]
    public void EventLoop_SilentClients_AreGivenUpInTime()
    {
        using Link link = Link.InMemory();
        link.ServerOptions.HandshakeTimeoutMs = 200;
        using EventLoop loop = new(link.Stacks);
        Socket listener = link.Listen();
        listener.Blocking = false;
        Echo echo = new(loop, link);
        loop.Watch(listener, PollEvents.In, echo);
        for (int i = 0; i < 5; i++)
        {
            link.Plain().Connect(listener.LocalEndPoint);
        }

        long begin = Environment.TickCount64;
        while (echo.Ended < 5 && Environment.TickCount64 - begin < Link.PatienceMs)
        {
            loop.RunOnce(Link.PatienceMs);
        }

        Assert.AreEqual(5, echo.Ended);
    }

    private sealed class Echo(EventLoop loop, Link link) : ISocketWatcher
    {
        private readonly byte[] _buffer = new byte[4096];
        private readonly Dictionary<Socket, Queue<byte[]>> _unsent = [];

        public int Ended { get; private set; }

        public void OnReady(SocketWatch watch, PollEvents events)
        {
            if (!_unsent.ContainsKey(watch.Socket))
            {
                while (watch.Socket.TryAccept(0, out Socket accepted) >= 0)
                {
                    accepted.Blocking = false;
                    link.Add(accepted);
                    _unsent[accepted] = new();
                    loop.Watch(accepted, PollEvents.In, this);
                }

                return;
            }

            Queue<byte[]> unsent = _unsent[watch.Socket];
            while (unsent.Count > 0)
            {
                byte[] next = unsent.Peek();
                int sent = watch.Socket.TrySend(next, 0, next.Length, SocketFlags.None);
                if (sent < 0)
                {
                    watch.Events = PollEvents.Out;
                    return;
                }

                unsent.Dequeue();
                if (sent < next.Length)
                {
                    unsent.Enqueue(next[sent..]);
                }
            }

            watch.Events = PollEvents.In;
            int got = watch.Socket.TryReceive(_buffer, 0, _buffer.Length, SocketFlags.None);
            if (got > 0)
            {
                int sent = watch.Socket.TrySend(_buffer, 0, got, SocketFlags.None);
                if (sent < got)
                {
                    unsent.Enqueue(_buffer[Math.Max(0, sent)..got]);
                    watch.Events = PollEvents.Out;
                }
            }
            else if (got != -(int)Errno.EAGAIN)
            {
                Ended++;
                watch.Close();
                watch.Socket.Close();
            }
        }
    }
}
