namespace IoTNet.SystemNet.Tests;

/// <summary>The desktop half's promise: sending, receiving and waiting take nothing from the heap.</summary>
[TestClass]
public sealed class AllocationTests : SeamTests
{
    private readonly byte[] _buffer = new byte[64];
    private readonly SocketAddress _from = new();

    protected override Half Kind => Half.Desktop;

    [TestMethod]
    [Timeout(HangMs)]
    [DataRow(-1)]
    [DataRow(0)]
    [DataRow(10_000)]
    public void SendAndReceive_Stream_AllocateNothing(int timeoutMs)
    {
        (int client, int server) = Connect();
        AllocatesNothing(() =>
        {
            Ok(Send(client, _buffer, timeoutMs));
            Assert.AreNotEqual(0, Stack.Poll(server, PollEvents.In, -1));
            Ok(Receive(server, _buffer, timeoutMs));
        });
    }

    [TestMethod]
    [Timeout(HangMs)]
    [DataRow(-1)]
    [DataRow(0)]
    [DataRow(10_000)]
    public void SendAndReceive_DatagramsWithAddresses_AllocateNothing(int timeoutMs)
    {
        int receiver = OpenBoundUdp();
        int sender = OpenUdp();
        SocketAddress to = LocalOf(receiver);
        AllocatesNothing(() =>
        {
            Ok(Stack.Send(sender, _buffer, 0, 64, SocketFlags.None, to, timeoutMs));
            Assert.AreNotEqual(0, Stack.Poll(receiver, PollEvents.In, -1));
            SocketFlags flags = SocketFlags.None;
            Ok(Stack.Receive(receiver, _buffer, 0, 10, ref flags, _from, timeoutMs));
        });
    }

    [TestMethod]
    [Timeout(HangMs)]
    [DataRow(0)]
    [DataRow(1)]
    public void Receive_NothingThere_AllocatesNothing(int timeoutMs)
    {
        (int client, _) = Connect();
        int udp = OpenBoundUdp();
        AllocatesNothing(() =>
        {
            Receive(client, _buffer, timeoutMs);
            Receive(udp, _buffer, timeoutMs);
            SocketFlags flags = SocketFlags.None;
            Stack.Receive(udp, _buffer, 0, 64, ref flags, _from, timeoutMs);
        });
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Receive_EndOfStream_AllocatesNothing()
    {
        (int client, int server) = Connect();
        Ok(Stack.Close(client));
        AllocatesNothing(() => Receive(server, _buffer));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Accept_NobodyThere_AllocatesNothing()
    {
        int listener = Listen(1, out _);
        AllocatesNothing(() => Stack.Accept(listener, _from, 0));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Send_NoRoom_AllocatesNothing()
    {
        (int client, _) = Connect();
        while (Send(client, new byte[65536], 50) > 0)
        {
        }

        AllocatesNothing(() => Send(client, _buffer, 0));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void PollMany_FortySockets_AllocatesNothing()
    {
        int[] handles = new int[40];
        int[] events = new int[40];
        int[] results = new int[40];
        for (int i = 0; i < 40; i++)
        {
            handles[i] = OpenBoundUdp();
            events[i] = (int)(PollEvents.In | PollEvents.Out);
        }

        AllocatesNothing(() => Stack.PollMany(handles, events, results, 40, 1));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void SendMsgAndReceiveMsg_SeveralBuffers_AllocateNothing()
    {
        int receiver = OpenBoundUdp();
        int sender = OpenUdp();
        SocketMessage there = new() { Address = LocalOf(receiver) };
        SocketMessage back = new() { Address = _from };
        foreach (SocketMessage message in new[] { there, back })
        {
            message.Add(_buffer);
            message.Add(new byte[10]);
        }

        AllocatesNothing(() =>
        {
            Ok(Stack.SendMsg(sender, there, -1));
            Ok(Stack.ReceiveMsg(receiver, back, -1));
        });
    }

    private static void AllocatesNothing(Action calls)
    {
        // The first round makes what is kept for later ones.
        calls();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            calls();
        }

        Assert.AreEqual(0L, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
