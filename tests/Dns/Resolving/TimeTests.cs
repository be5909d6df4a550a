using System.Net.Sockets;
using Net = System.Net;

namespace IoTNet.Tests.Dns;

/// <summary>Servers that keep a query waiting, in each phase of it: the caller's time holds for all together, and Cancel
/// ends each at once. An attempt may take a minute, so that nothing else ends them.</summary>
[TestClass]
public sealed class TimeTests : ResolverTestBase
{
    // What the test machine may be late; far below the minute of an attempt.
    private const int MostMs = 15_000;

    [TestMethod]
    [DataRow(Stall.Udp)]
    [DataRow(Stall.Connect)]
    [DataRow(Stall.Accepted)]
    [DataRow(Stall.HalfALength)]
    [DataRow(Stall.DrippingAnswer)]
    public void Query_OfAServerThatStalls_TakesNoLongerThanAsked(Stall stall)
    {
        using StallingServer server = new(stall);
        long before = Environment.TickCount64;
        Assert.AreEqual((int)DnsError.EAI_AGAIN, new Resolver(OptionsFor(server)).Query("a.example", DnsType.A, 400, Answer));
        long took = Environment.TickCount64 - before;
        Assert.IsTrue(took is >= 390 and < MostMs, took + " ms");
    }

    [TestMethod]
    [DataRow(Stall.Udp)]
    [DataRow(Stall.Connect)]
    [DataRow(Stall.Accepted)]
    [DataRow(Stall.HalfALength)]
    [DataRow(Stall.DrippingAnswer)]
    public void Cancel_OfAQueryThatStalls_EndsIt(Stall stall)
    {
        using StallingServer server = new(stall);
        Resolver resolver = new(OptionsFor(server));
        int code = 0;
        Thread thread = new(() => code = resolver.Query("a.example", DnsType.A, -1, Answer));
        thread.Start();
        Assert.IsTrue(server.Reached.Wait(PatienceMs), "it does not ask");

        // Nobody sees a connect that is not answered but the stack.
        Assert.IsTrue(SpinWait.SpinUntil(() => OpenSockets > 0, PatienceMs), "it has no socket");
        resolver.Cancel();
        Assert.IsTrue(thread.Join(MostMs), "it goes on");
        Assert.AreEqual((int)DnsError.EAI_CANCELED, code);
    }

    [TestMethod]
    public void Cancel_BetweenTwoQuestionsOfAQuery_EndsItToo()
    {
        // The first name is denied, and at the same moment everything is cancelled: the second must not wait.
        Resolver? resolver = null;
        using FakeServer server = new(c =>
        {
            if (c.Number == 1)
            {
                resolver!.Cancel();
                c.Reply(c.Query.Denial(3, 0));
            }
        });
        ResolverOptions options = Options(server);
        (options.AttemptTimeoutMs, options.Search) = (60_000, ["b.example"]);
        resolver = new Resolver(options);
        int code = 0;
        Thread thread = new(() => code = resolver.Query("a", DnsType.A, -1, Answer));
        thread.Start();
        Assert.IsTrue(thread.Join(MostMs), "it goes on");
        Assert.AreEqual((int)DnsError.EAI_CANCELED, code);
    }

    private static ResolverOptions OptionsFor(StallingServer server) =>
        new() { Servers = [server.EndPoint], AttemptTimeoutMs = 60_000, Attempts = 2, UseTcp = server.IsTcp };

    public enum Stall
    {
        /// <summary>A UDP server that says nothing.</summary>
        Udp,

        /// <summary>A TCP port whose queue of connections is full.</summary>
        Connect,

        /// <summary>A TCP server that takes the question and says nothing.</summary>
        Accepted,

        /// <summary>A TCP server that sends one byte.</summary>
        HalfALength,

        /// <summary>A TCP server that sends one byte after another.</summary>
        DrippingAnswer,
    }

    private sealed class StallingServer : IDisposable
    {
        private readonly System.Net.Sockets.Socket _socket;
        private readonly List<System.Net.Sockets.Socket> _others = [];
        private readonly ManualResetEventSlim _end = new();
        private readonly Thread _thread;

        public StallingServer(Stall stall)
        {
            IsTcp = stall != Stall.Udp;
            _socket = IsTcp ? new(Net.Sockets.AddressFamily.InterNetwork, Net.Sockets.SocketType.Stream, Net.Sockets.ProtocolType.Tcp)
                : new(Net.Sockets.AddressFamily.InterNetwork, Net.Sockets.SocketType.Dgram, Net.Sockets.ProtocolType.Udp);
            _socket.Bind(new Net.IPEndPoint(Net.IPAddress.Loopback, 0));
            EndPoint = new IPEndPoint(IPAddress.Loopback, ((Net.IPEndPoint)_socket.LocalEndPoint!).Port);
            if (IsTcp)
            {
                _socket.Listen(stall == Stall.Connect ? 0 : 4);
            }

            if (stall == Stall.Connect)
            {
                FillQueue();
            }

            _thread = new Thread(() => Serve(stall));
            _thread.Start();
        }

        public bool IsTcp { get; }

        public IPEndPoint EndPoint { get; }

        /// <summary>Set when the query waits, as far as a server can tell.</summary>
        public ManualResetEventSlim Reached { get; } = new();

        public void Dispose()
        {
            _end.Set();
            _socket.Dispose();
            _others.ForEach(o => o.Dispose());
            Assert.IsTrue(_thread.Join(PatienceMs), "the server hangs");
        }

        // Linux takes one connection more than it was told, and leaves the SYNs of all further ones without an answer.
        private void FillQueue()
        {
            bool full = false;
            for (int i = 0; i < 8 && !full; i++)
            {
                System.Net.Sockets.Socket filler = new(Net.Sockets.AddressFamily.InterNetwork, Net.Sockets.SocketType.Stream, Net.Sockets.ProtocolType.Tcp);
                _others.Add(filler);
                full = !filler.ConnectAsync(_socket.LocalEndPoint!).Wait(200);
            }

            Assert.IsTrue(full, "the queue takes everybody");
        }

        private void Serve(Stall stall)
        {
            try
            {
                if (stall == Stall.Connect)
                {
                    Reached.Set();
                    return;
                }

                byte[] query = new byte[600];
                using System.Net.Sockets.Socket? client = IsTcp ? _socket.Accept() : null;
                (client ?? _socket).Receive(query);
                if (stall == Stall.HalfALength)
                {
                    client!.Send(new byte[1]);
                }

                while (stall == Stall.DrippingAnswer && !_end.Wait(20))
                {
                    client!.Send(new byte[] { 1 });
                    Reached.Set();
                }

                Reached.Set();
                _end.Wait();
            }
            catch (System.Net.Sockets.SocketException)
            {
                // Closed, here or there: the end of the test.
            }
        }
    }
}
