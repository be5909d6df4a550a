namespace IoTNet.Tests.Tls;

/// <summary>Whoever sits on the line: passes bytes on, in pieces, late, changed, or not at all.</summary>
internal sealed class Relay
{
    private readonly Link _link;
    private readonly EndPoint _target;
    private readonly Socket _listener;

    public Relay(Link link, EndPoint target)
    {
        _link = link;
        _target = target;
        _listener = link.ListenPlain();
        new Thread(Run) { IsBackground = true }.Start();
    }

    public EndPoint Address => _listener.LocalEndPoint;

    /// <summary>How many bytes it passes on at once.</summary>
    public int Chunk { get; init; } = 4096;

    /// <summary>Whether the places below count what goes to the server, or what comes from it.</summary>
    public bool OfClient { get; init; }

    /// <summary>After so many bytes it ends both connections.</summary>
    public long CutAt { get; init; } = long.MaxValue;

    /// <summary>After so many bytes it passes nothing on.</summary>
    public long StallAt { get; init; } = long.MaxValue;

    /// <summary>The byte at this place is changed.</summary>
    public long FlipAt { get; init; } = long.MaxValue;

    /// <summary>Ends when it is set: for tests that look at what was passed on before.</summary>
    public ManualResetEventSlim? Gate { get; init; }

    /// <summary>After so many bytes it waits for the gate.</summary>
    public long GateAt { get; init; } = long.MaxValue;

    private void Run()
    {
        if (_listener.TryAccept(Link.PatienceMs, out Socket client) < 0)
        {
            return;
        }

        _link.Add(client);
        Socket server = _link.Plain();
        if (server.TryConnect(_target, Link.PatienceMs) < 0)
        {
            client.Close();
            return;
        }

        Thread back = new(() => Pass(server, client, !OfClient)) { IsBackground = true };
        back.Start();
        Pass(client, server, OfClient);
    }

    private void Pass(Socket from, Socket to, bool isTampered)
    {
        byte[] bytes = new byte[Chunk];
        long passed = 0;
        while (true)
        {
            int count = from.TryReceive(bytes, 0, bytes.Length, SocketFlags.None);
            if (count <= 0)
            {
                to.TryShutdown(SocketShutdown.Send);
                return;
            }

            if (isTampered && passed + count > GateAt)
            {
                int before = (int)Math.Max(0, GateAt - passed);
                to.TrySend(bytes, 0, before, SocketFlags.None);
                Gate!.Wait(Link.PatienceMs);
                Array.Copy(bytes, before, bytes, 0, count - before);
                count -= before;
                passed += before;
            }

            if (isTampered && FlipAt >= passed && FlipAt < passed + count)
            {
                bytes[FlipAt - passed] ^= 0x55;
            }

            long rest = Math.Min(CutAt, StallAt) - passed;
            if (isTampered && rest <= count)
            {
                to.TrySend(bytes, 0, (int)rest, SocketFlags.None);
                if (CutAt < StallAt)
                {
                    to.TryShutdown(SocketShutdown.Send);
                    from.TryShutdown(SocketShutdown.Both);
                }

                return;
            }

            if (to.TrySend(bytes, 0, count, SocketFlags.None) < 0)
            {
                return;
            }

            passed += count;
        }
    }
}
