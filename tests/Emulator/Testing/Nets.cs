using System.Runtime.CompilerServices;

namespace IoTNet.Emulator.Tests;

/// <summary>What tests of the fixture do again and again.</summary>
internal static class Nets
{
    internal const int PatienceMs = 10_000;

    /// <summary>Runs a test that has to fail.</summary>
    internal static TestNetworkException Fails(
        Action<TestNetwork> test, [CallerMemberName] string name = "", [CallerFilePath] string file = "")
    {
        return Assert.ThrowsExactly<TestNetworkException>(() => TestNetwork.Run(test, name, file));
    }

    internal static Socket Udp(int port = 0)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Any, port));
        return socket;
    }

    /// <summary>One byte over TCP and back, between programs of two boards.</summary>
    internal static void Echo(EmulatedNetwork net)
    {
        EmulatedBoard a = net.AddBoard("a"), b = net.AddBoard("b");
        using ManualResetEventSlim listening = new();
        BoardProgram server = b.Run(() =>
        {
            using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Any, 7));
            listener.Listen(1);
            listening.Set();
            using Socket connection = listener.Accept();
            byte[] data = new byte[1];
            connection.Send(data, connection.Receive(data), SocketFlags.None);
        });
        Assert.IsTrue(listening.Wait(PatienceMs));
        byte[] answer = new byte[1];
        BoardProgram client = a.Run(() =>
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(new IPEndPoint(b.Options.Address, 7), PatienceMs);
            socket.Send([42]);
            socket.Receive(answer);
        });
        Assert.IsTrue(client.Join(PatienceMs) && server.Join(PatienceMs), "the programs end");
        Assert.AreEqual(42, answer[0]);
    }
}
