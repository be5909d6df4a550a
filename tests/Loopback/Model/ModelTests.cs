namespace IoTNet.Tests.Loopback.Model;

/// <summary>The in-memory stack against the kernel: the same random calls, the same answers.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public class ModelTests
{
    private const int Runs = 300;
    private const int Steps = 80;
    private const int MaxSockets = 8;

    [TestMethod]
    [DataRow(Kind.UnixStream)]
    [DataRow(Kind.UnixDgram)]
    [DataRow(Kind.UnixSeqpacket)]
    [DataRow(Kind.Tcp4)]
    [DataRow(Kind.Tcp6)]
    [DataRow(Kind.Udp4)]
    [DataRow(Kind.Udp6)]
    public void AnyCalls_InAnyOrder_AnswerAsTheKernel(object kind)
    {
        string? chosen = Environment.GetEnvironmentVariable("IOTNET_SEED");
        int first = chosen != null ? int.Parse(chosen) : 1;
        for (int seed = first; seed < first + Runs; seed++)
        {
            try
            {
                Run((Kind)kind, new Random(seed));
            }
            catch (Exception failure)
            {
                throw new AssertFailedException($"IOTNET_SEED={seed}, {kind}: {failure.Message}", failure);
            }
        }
    }

    private static void Run(Kind kind, Random random)
    {
        using Duel duel = new(kind, random.Next(2) == 0);
        if (random.Next(4) != 0)
        {
            Connect(duel, random);
        }

        for (int step = 0; step < Steps; step++)
        {
            Step(duel, random);
            duel.ComparePolls();
        }
    }

    // Chance alone connects few sockets.
    private static void Connect(Duel duel, Random random)
    {
        const int Listener = 0;
        int name = random.Next(Duel.Names);
        duel.Open();
        duel.Bind(Listener, name);
        if (!duel.IsDatagram)
        {
            duel.Listen(Listener, 8);
        }

        for (int client = random.Next(1, 4); client > 0; client--)
        {
            duel.Open();
            duel.Connect(duel.Count - 1, name);
            duel.ComparePolls();
            if (!duel.IsDatagram && random.Next(4) != 0)
            {
                duel.Accept(Listener);
                duel.ComparePolls();
            }
        }
    }

    private static void Step(Duel duel, Random random)
    {
        if (duel.Count == 0 || (duel.Count < MaxSockets && random.Next(8) == 0))
        {
            if (duel.IsUnix && random.Next(4) == 0)
            {
                duel.OpenPair();
            }
            else
            {
                duel.Open();
            }

            return;
        }

        int socket = random.Next(duel.Count);
        int name = random.Next(Duel.Names);
        switch (random.Next(duel.IsDatagram ? 16 : 18))
        {
            case 0:
                duel.Close(socket);
                break;
            case 1:
                duel.Addresses(socket);
                break;
            case 2:
                duel.Error(socket);
                break;
            case 3:
                duel.Available(socket);
                break;
            case 4 when !duel.Avoids("shutdown", socket):
                duel.Shutdown(socket, (SocketShutdown)random.Next(3));
                break;
            case 5 or 6 when !duel.Avoids("bind", socket):
                duel.Bind(socket, name);
                break;
            case 7 when !duel.Avoids("bind", socket):
                duel.BindAutomatically(socket);
                break;
            case 8 or 9 when !duel.Avoids("connect", socket, name):
                duel.Connect(socket, name);
                break;
            case 10 or 11:
                duel.Send(socket, random.Next(3) == 0 ? 0 : random.Next(60), duel.IsDatagram && random.Next(2) == 0 ? name : -1);
                break;
            case 12 or 13:
                duel.Receive(socket, random.Next(4) == 0 ? random.Next(10) : 100, Flags(duel, random));
                break;
            case 14 when duel.IsDatagram && !duel.Avoids("dissolve", socket):
                duel.Dissolve(socket);
                break;
            case 14 when !duel.IsDatagram && random.Next(4) == 0:
                duel.ResetOnClose(socket);
                break;
            case 15 when !duel.Avoids("listen", socket):
                // Below 0 means the greatest backlog on Linux, and 0 here. A full TCP backlog makes the kernel's client try again
                // after a second.
                duel.Listen(socket, duel.IsUnix ? random.Next(4) : 64);
                break;
            case 16 or 17 when duel.Count < MaxSockets && !duel.Avoids("accept", socket):
                duel.Accept(socket);
                break;
        }
    }

    private static SocketFlags Flags(Duel duel, Random random)
    {
        SocketFlags flags = random.Next(4) == 0 ? SocketFlags.Peek : SocketFlags.None;

        // On a stream MSG_TRUNC means something else on Linux (TCP throws the bytes away) and nothing here.
        return duel.IsDatagram && random.Next(4) == 0 ? flags | SocketFlags.Truncated : flags;
    }
}
