using IoTNet.Emulator;

namespace IoTNet.IO.Tests;

/// <summary>One-shot exchanges between boards: whatever fails, the asking board has no socket afterwards.</summary>
[TestClass]
public class ExchangeBoardTests
{
    private const int Port = 7;
    private static readonly byte[] s_request = "what?\n"u8.ToArray();

    [TestMethod]
    public void Once_OverAStreamUnderLoss_GivesTheWholeReply() => OnBoards((net, client, to) =>
    {
        net.SetLink(client, new LinkConditions { Loss = 0.2 });
        var reply = new byte[4000];
        for (var i = 0; i < 2; i++)
        {
            Assert.AreEqual(3000, Exchange.Once(SocketType.Stream, to, s_request, reply, ReplyEnd.AfterBytes(3000), 60_000));
            AssertNothingOpen(client);
        }
    }, connection =>
    {
        connection.Receive(new byte[6], 6, SocketFlags.WaitAll);
        connection.Send(new byte[3000]);

        // Until the client is content: closing while it reads is its own affair.
        connection.TryReceive(new byte[1], 0, 1, SocketFlags.None);
    });

    [TestMethod]
    public void Once_OfDatagramsUnderLoss_AnswersOrTimesOut() => TestNetwork.Run(net =>
    {
        net.Patience = TimeSpan.FromSeconds(60);
        EmulatedBoard server = net.AddBoard("server", BoardProfile.Stm32), client = net.AddBoard("client", BoardProfile.Esp32);
        net.SetLink(client, new LinkConditions { Loss = 0.2 });
        using var ready = new ManualResetEventSlim();
        server.Run(() =>
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(IPAddress.Any, Port));
            ready.Set();
            var buffer = new byte[64];
            EndPoint from = new IPEndPoint(IPAddress.Any, 0);
            for (;;)
            {
                socket.SendTo(buffer, socket.ReceiveFrom(buffer, ref from), SocketFlags.None, from);
            }
        });
        Assert.IsTrue(ready.Wait(10_000));
        int answered = 0, late = 0;
        net.Wait(client.Run(() =>
        {
            var reply = new byte[64];
            for (var i = 0; i < 60; i++)
            {
                try
                {
                    Assert.AreEqual(6, Exchange.Once(SocketType.Dgram, new IPEndPoint(server.Address, Port), s_request, reply, null, 300));
                    answered++;
                }
                catch (SocketException e) when (e.Errno == Errno.ETIMEDOUT)
                {
                    late++;
                }

                AssertNothingOpen(client);
            }
        }));
        Assert.IsTrue(answered > 0 && late > 0, $"{answered} answered, {late} late");
        server.PowerOff();
    });

    [TestMethod]
    public void Once_WhenNobodyListens_FailsAndLeavesNoSocket() => OnBoards((_, client, to) =>
    {
        var nobody = new IPEndPoint(((IPEndPoint)to).Address, Port + 1);
        Fails(client, Errno.ECONNREFUSED, () => Exchange.Once(nobody, s_request, 10_000));

        // lwIP tells of no closed UDP port.
        Fails(client, Errno.ETIMEDOUT, () => Exchange.Once(SocketType.Dgram, nobody, s_request, new byte[9], null, 200));
    }, _ => { });

    [TestMethod]
    public void Once_WithASilentPeer_TimesOutAndLeavesNoSocket() => OnBoards((_, client, to) =>
        Fails(client, Errno.ETIMEDOUT, () => Exchange.Once(SocketType.Stream, to, s_request, new byte[9], ReplyEnd.AfterBytes(1), 300)),
        connection => connection.TryReceive(new byte[9], 0, 9, SocketFlags.WaitAll));

    [TestMethod]
    public void Once_WithAPeerThatIsCutOff_TimesOutAndLeavesNoSocket() => OnBoards((net, client, to) =>
    {
        net.Partition(client, net.FindBoard("server")!);
        Fails(client, Errno.ETIMEDOUT, () => Exchange.Once(to, s_request, 300));
        Fails(client, Errno.ETIMEDOUT, () => Exchange.Once(SocketType.Dgram, to, s_request, new byte[9], null, 300));
    }, _ => { });

    // lwIP resets a connection that is closed with bytes unread.
    [TestMethod]
    public void Once_WhenThePeerResetsInTheMiddle_FailsAndLeavesNoSocket() => OnBoards((_, client, to) =>
        Fails(client, Errno.ECONNRESET, () => Exchange.Once(SocketType.Stream, to, s_request, new byte[9], ReplyEnd.AfterBytes(3), 10_000)),
        connection =>
        {
            connection.Wait(PollEvents.In, 10_000);
            connection.Send("01"u8.ToArray());
        });

    [TestMethod]
    public void Once_WithoutASocketLeft_FailsAndTakesNone() => OnBoards((_, client, to) =>
    {
        var all = new List<Socket>();
        try
        {
            for (var i = 0; i < client.Profile.Limits.Sockets; i++)
            {
                all.Add(new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
            }

            foreach (var type in new[] { SocketType.Stream, SocketType.Dgram })
            {
                var e = Assert.ThrowsExactly<SocketException>(() => Exchange.Once(type, to, s_request, new byte[9], null, 1000));
                Assert.AreEqual(Errno.ENFILE, e.Errno, e.Message);
                Assert.AreEqual(all.Count, OpenSockets(client));
            }
        }
        finally
        {
            all.ForEach(s => s.Close());
        }

        AssertNothingOpen(client);
    }, _ => { });

    private static void Fails(EmulatedBoard client, Errno error, Action exchange)
    {
        var e = Assert.ThrowsExactly<SocketException>(exchange);
        Assert.AreEqual(error, e.Errno, e.Message);
        AssertNothingOpen(client);
    }

    private static void AssertNothingOpen(EmulatedBoard board) =>
        Assert.AreEqual(0, OpenSockets(board), string.Join("; ", board.Stack.GetSockets()));

    private static int OpenSockets(EmulatedBoard board) => board.Stack.GetSockets().Count(s => s.Handle != 0);

    // A server that takes one connection after the other, and a program on another board that asks it.
    private static void OnBoards(Action<TestNetwork, EmulatedBoard, EndPoint> ask, Action<Socket> serve,
        [System.Runtime.CompilerServices.CallerMemberName] string name = "") => TestNetwork.Run(net =>
    {
        net.Patience = TimeSpan.FromSeconds(120);
        EmulatedBoard server = net.AddBoard("server", BoardProfile.Stm32), client = net.AddBoard("client", BoardProfile.Esp32);
        using var ready = new ManualResetEventSlim();
        Socket? listener = null;
        var program = server.Run(() =>
        {
            using (listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
            {
                listener.Bind(new IPEndPoint(IPAddress.Any, Port));
                listener.Listen(2);
                ready.Set();
                while (listener.TryAccept(-1, out var connection) >= 0)
                {
                    using (connection)
                    {
                        serve(connection);
                    }
                }
            }
        });
        Assert.IsTrue(ready.Wait(10_000));
        net.Wait(client.Run(() => ask(net, client, new IPEndPoint(server.Address, Port))));
        listener!.Close();
        net.Wait(program);
    }, name);
}
