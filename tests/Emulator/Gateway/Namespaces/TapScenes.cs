using System.Net.NetworkInformation;
using System.Net.Sockets;
using NetSocket = System.Net.Sockets.Socket;

namespace IoTNet.Emulator.Tests;

/// <summary>The Linux kernel of a network namespace as the boards' peer, over a TAP device.</summary>
internal static class TapScenes
{
    private const int Bytes = 1 << 20;
    private static readonly System.Net.IPAddress s_kernel = System.Net.IPAddress.Parse("10.0.2.2");

    /// <summary>The kernel pings a board, connects to it, and is connected to by it.</summary>
    internal static void Kernel()
    {
        using EmulatedNetwork network = new(seed: 1);
        using TapPort tap = new("iotnet0", network.Switch.Connect("tap"));
        NetworkNamespace.Command("ip", "link", "set", "lo", "up");
        NetworkNamespace.Command("ip", "address", "add", s_kernel + "/24", "dev", tap.Name);
        NetworkNamespace.Command("ip", "link", "set", tap.Name, "up");
        EmulatedBoard board = network.AddBoard("board1", BoardProfile.Esp32);
        System.Net.IPAddress address = new(board.Address.GetAddressBytes());

        using Ping ping = new();
        PingReply reply = ping.Send(address, Bench.PatienceMs);
        Assert.AreEqual(IPStatus.Success, reply.Status, "ping");

        ConnectToBoard(board, address);
        ConnectToKernel(board);
        Assert.IsGreaterThan(0, tap.FramesIn);
        Assert.IsGreaterThan(0, tap.FramesOut);
        Assert.IsNull(tap.Failure);

        // Without a device that is up, frames have nowhere to go, and that is counted.
        NetworkNamespace.Command("ip", "link", "set", tap.Name, "down");
        long dropped = tap.FramesDropped;
        tap.Deliver(new byte[60]);
        Assert.AreEqual(dropped + 1, tap.FramesDropped);

        tap.Dispose();
        Assert.IsFalse(Directory.Exists("/sys/class/net/" + tap.Name) &&
            NetworkInterface.GetAllNetworkInterfaces().Any(i => i.Name == tap.Name), "the device outlived its port");
    }

    /// <summary>Names that are taken, and the rights to one.</summary>
    internal static void NameTaken()
    {
        using VirtualSwitch network = new(seed: 1);
        using TapPort tap = new("iotnet0", network.Connect("tap"));
        SocketException taken = Assert.ThrowsExactly<SocketException>(() => new TapPort("iotnet0", network.Connect("second")));
        Assert.AreEqual(Errno.EADDRINUSE, taken.Errno);
        StringAssert.Contains(taken.Message, "iotnet0 is in use");

        SocketException other = Assert.ThrowsExactly<SocketException>(() => new TapPort("lo", network.Connect("third")));
        Assert.AreEqual(Errno.EINVAL, other.Errno);
        StringAssert.Contains(other.Message, "lo is no TAP device");
    }

    private static void ConnectToBoard(EmulatedBoard board, System.Net.IPAddress address)
    {
        Socket listener = new(board.Stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Any, 7));
        listener.Listen(1);
        BoardProgram server = board.Run(() =>
        {
            using Socket closed = listener;
            Assert.IsTrue(listener.Accept(Bench.PatienceMs, out Socket connection));
            using Socket open = connection;
            byte[] buffer = new byte[4096];
            int count;
            while ((count = connection.Receive(buffer)) > 0)
            {
                connection.Send(buffer, count, SocketFlags.None);
            }
        });

        byte[] bytes = new byte[Bytes];
        new Random(1).NextBytes(bytes);
        using NetSocket client = new(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp) { ReceiveTimeout = Bench.PatienceMs };
        client.Connect(address, 7);
        Task sending = Task.Run(() =>
        {
            client.Send(bytes);
            client.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        });
        Assert.IsTrue(bytes.AsSpan().SequenceEqual(Bench.ReceiveAll(client, Bytes)), "the echo differs");
        Assert.IsTrue(sending.Wait(Bench.PatienceMs) && server.Join(Bench.PatienceMs), "the echo hangs");
        Assert.IsNull(server.Failure, server.Failure?.ToString());
    }

    private static void ConnectToKernel(EmulatedBoard board)
    {
        using TcpListener listener = new(s_kernel, 0);
        listener.Start();
        BoardProgram client = board.Run(() =>
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(new IPEndPoint(Bench.Host, Bench.PortOf(listener)), Bench.PatienceMs);
            socket.Send([1, 2, 3]);
        });
        using NetSocket connection = listener.AcceptSocket();
        connection.ReceiveTimeout = Bench.PatienceMs;
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, Bench.ReceiveAll(connection, 3));
        Assert.IsTrue(client.Join(Bench.PatienceMs) && client.Failure == null, client.Failure?.ToString());
    }
}
