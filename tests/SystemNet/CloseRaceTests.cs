namespace IoTNet.SystemNet.Tests;

/// <summary>Closing while other threads are anywhere inside: whatever a call answers, it ends, and nothing is left open
/// (SeamTests counts the descriptors afterwards).</summary>
public abstract class CloseRaceTests : SeamTests
{
    private const int Rounds = 60;

    [TestMethod]
    [Timeout(120_000)]
    [DataRow(20261122)]
    public void Close_RacingWithCallsOnAConnection_EndsThemAll(int seed)
    {
        Console.WriteLine("seed " + seed);
        Random random = new(seed);
        for (int round = 0; round < Rounds; round++)
        {
            (int client, int server) = Connect();
            if (random.Next(4) == 0)
            {
                SetLinger(client, 1, 0);
            }

            int timeoutMs = random.Next(3) switch { 0 => -1, 1 => 0, _ => 10_000 };
            Race(random, client,
                () => Receive(client, new byte[8], timeoutMs),
                () => Send(client, new byte[1 << 20], timeoutMs),
                () => Stack.Poll(client, PollEvents.In, timeoutMs),
                () => Stack.PollMany([server, client], [0, (int)PollEvents.In], new int[2], 2, 10_000),
                () => Stack.Shutdown(client, SocketShutdown.Both),
                () => Stack.GetRemoteAddress(client, new SocketAddress()));
            Ok(Stack.Close(server));
        }
    }

    [TestMethod]
    [Timeout(120_000)]
    [DataRow(20261123)]
    public void Close_RacingWithConnectAndAccept_EndsThemAll(int seed)
    {
        Console.WriteLine("seed " + seed);
        Random random = new(seed);
        for (int round = 0; round < Rounds; round++)
        {
            int listener = Listen(1, out SocketAddress address);
            int client = OpenTcp();
            int timeoutMs = random.Next(3) switch { 0 => -1, 1 => 0, _ => 10_000 };
            Race(random, listener,
                () => Accepted(Stack.Accept(listener, null!, timeoutMs)),
                () => Accepted(Stack.Accept(listener, new SocketAddress(), timeoutMs)),
                () => Stack.Connect(client, address, 10_000),
                () => Stack.Poll(listener, PollEvents.In, timeoutMs));
            Ok(Stack.Close(client));
        }
    }

    [TestMethod]
    [Timeout(120_000)]
    [DataRow(20261124)]
    public void Close_RacingWithCallsOnADatagramSocket_EndsThemAll(int seed)
    {
        Console.WriteLine("seed " + seed);
        Random random = new(seed);
        int sink = OpenBoundUdp();
        SocketAddress to = LocalOf(sink);
        for (int round = 0; round < Rounds; round++)
        {
            int handle = OpenUdp();
            int timeoutMs = random.Next(3) switch { 0 => -1, 1 => 0, _ => 10_000 };
            Race(random, handle,
                () => Receive(handle, new byte[8], timeoutMs),
                () => ReceiveFrom(handle, timeoutMs),
                () => Stack.Send(handle, new byte[8], 0, 8, SocketFlags.None, to, timeoutMs),
                () => Stack.Connect(handle, to, timeoutMs),
                () => Stack.GetLocalAddress(handle, new SocketAddress()));
        }
    }

    private int ReceiveFrom(int handle, int timeoutMs)
    {
        SocketFlags flags = SocketFlags.None;
        return Stack.Receive(handle, new byte[8], 0, 8, ref flags, new SocketAddress(), timeoutMs);
    }

    // A connection that was accepted just before the listener went.
    private int Accepted(int result)
    {
        if (result > 0)
        {
            Ok(Stack.Close(result));
        }

        return result;
    }

    private void Race(Random random, int handle, params Func<int>[] calls)
    {
        Blocked<int>[] threads = new Blocked<int>[calls.Length];
        for (int i = 0; i < calls.Length; i++)
        {
            threads[i] = new Blocked<int>(calls[i]);
        }

        Thread.SpinWait(random.Next(200_000));
        Ok(Stack.Close(handle));
        foreach (Blocked<int> thread in threads)
        {
            thread.Result();
        }
    }
}

[TestClass]
public sealed class DesktopCloseRaceTests : CloseRaceTests
{
    protected override Half Kind => Half.Desktop;
}

[TestClass]
public sealed class NanoCloseRaceTests : CloseRaceTests
{
    protected override Half Kind => Half.Nano;
}
