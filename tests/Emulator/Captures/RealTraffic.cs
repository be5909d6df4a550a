namespace IoTNet.Emulator.Tests;

/// <summary>Two boards with the real lwIP, one of which echoes what the other one sends over TCP.</summary>
internal sealed class RealTraffic : IDisposable
{
    private const int PatienceMs = 60_000;

    public RealTraffic(int seed)
    {
        Network = new EmulatedNetwork(seed);
        Server = Network.AddBoard("server");
        Client = Network.AddBoard("client");
    }

    public EmulatedNetwork Network { get; }

    public EmulatedBoard Server { get; }

    public EmulatedBoard Client { get; }

    /// <summary>Sends so many bytes, reads them back, and closes both ways.</summary>
    public void Echo(int bytes)
    {
        using Socket listener = new(Server.Stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Any, 7));
        listener.Listen(1);
        BoardProgram echo = Server.Run(() => ServeOne(listener));
        using (Socket client = new(Client.Stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            client.ReceiveTimeout = PatienceMs;
            client.SendTimeout = PatienceMs;
            client.Connect(new IPEndPoint(Server.Options.Address, 7), PatienceMs);
            byte[] answer = new byte[bytes + 1];
            for (int sent = 0; sent < bytes; sent += 1000)
            {
                int count = Math.Min(1000, bytes - sent);
                client.Send(new byte[count]);
                Assert.AreEqual(count, client.TryReceive(answer, 0, count, SocketFlags.WaitAll));
            }

            client.Shutdown(SocketShutdown.Send);
            Assert.AreEqual(0, client.TryReceive(answer, 0, 1, SocketFlags.None));
        }

        Assert.IsTrue(echo.Join(PatienceMs), "the echo hangs");
    }

    public void Dispose() => Network.Dispose();

    private static void ServeOne(Socket listener)
    {
        listener.Accept(PatienceMs, out Socket peer);
        using (peer)
        {
            byte[] buffer = new byte[1000];
            int count;
            while ((count = peer.TryReceive(buffer, 0, buffer.Length, SocketFlags.None)) > 0)
            {
                peer.Send(buffer, count, SocketFlags.None);
            }
        }
    }
}
