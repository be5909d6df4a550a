using System.Net.Sockets;
using NetEndPoint = System.Net.IPEndPoint;
using NetSocket = System.Net.Sockets.Socket;

namespace IoTNet.Emulator.Tests;

/// <summary>Boards reach the host.</summary>
[TestClass]
public sealed class OutboundTests
{
    [TestMethod]
    public void Connect_ToTheHost_ReachesItsLoopback()
    {
        using Bench bench = new();
        using TcpListener listener = Bench.Listen();
        bench.Run(() =>
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = Bench.PatienceMs };
            socket.Connect(new IPEndPoint(Bench.Host, Bench.PortOf(listener)), Bench.PatienceMs);
            socket.Send([1, 2, 3]);
            byte[] answer = new byte[3];
            Assert.AreEqual(3, socket.Receive(answer, 0, 3, SocketFlags.WaitAll));
            CollectionAssert.AreEqual(new byte[] { 3, 2, 1 }, answer);
        });

        using NetSocket connection = listener.AcceptSocket();
        connection.ReceiveTimeout = Bench.PatienceMs;
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, Bench.ReceiveAll(connection, 3));
        connection.Send([3, 2, 1]);
        Assert.AreEqual(0, connection.Receive(new byte[1]), "the board's end of stream");
    }

    [TestMethod]
    public void Connect_ToAPortWhereNobodyListens_IsRefused()
    {
        using Bench bench = new();
        TcpListener listener = Bench.Listen();
        int port = Bench.PortOf(listener);
        listener.Stop();
        bench.Run(() =>
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            Assert.AreEqual(-(int)Errno.ECONNREFUSED, socket.TryConnect(new IPEndPoint(Bench.Host, port), Bench.PatienceMs));
        });
    }

    [TestMethod]
    public void SendTo_TheHost_ReachesItsLoopbackAndBack()
    {
        using Bench bench = new();
        using UdpClient host = new(new NetEndPoint(System.Net.IPAddress.Loopback, 0));
        host.Client.ReceiveTimeout = Bench.PatienceMs;
        int port = ((NetEndPoint)host.Client.LocalEndPoint!).Port;
        bench.Run(() =>
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = Bench.PatienceMs };
            socket.SendTo([1, 2, 3], new IPEndPoint(Bench.Host, port));
            byte[] answer = new byte[8];
            EndPoint from = new IPEndPoint(IPAddress.Any, 0);
            Assert.AreEqual(2, socket.ReceiveFrom(answer, ref from));
            CollectionAssert.AreEqual(new byte[] { 9, 8 }, answer[..2]);
            Assert.AreEqual(new IPEndPoint(Bench.Host, port), from);
        });

        NetEndPoint? board = null;
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, host.Receive(ref board));
        host.Send([9, 8], board);
    }

    [TestMethod]
    public void Connect_OnARestrictedGateway_DoesNotReachTheHost()
    {
        using Bench bench = new(new GatewayOptions { Restricted = true });
        using TcpListener listener = Bench.Listen();
        bench.Run(() =>
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            int result = socket.TryConnect(new IPEndPoint(Bench.Host, Bench.PortOf(listener)), 2000);
            Assert.IsTrue(result is -(int)Errno.ETIMEDOUT or -(int)Errno.ECONNREFUSED, "connect gave " + result);
        });
        bench.JoinPrograms();

        Assert.IsFalse(listener.Pending());
    }

    [TestMethod]
    public void AddForward_OnARestrictedGateway_LeadsToTheBoard()
    {
        using Bench bench = new(new GatewayOptions { Restricted = true });
        bench.RunTcpEcho(7);

        using NetSocket client = Bench.Connect(bench.Forward(ProtocolType.Tcp, 7));
        client.Send([1]);

        CollectionAssert.AreEqual(new byte[] { 1 }, Bench.ReceiveAll(client, 1));
    }

    [TestMethod]
    public void Connect_WithoutHostLoopback_DoesNotReachTheHost()
    {
        using Bench bench = new(new GatewayOptions { AllowHostLoopback = false });
        using TcpListener listener = Bench.Listen();
        bench.Run(() =>
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            int result = socket.TryConnect(new IPEndPoint(Bench.Host, Bench.PortOf(listener)), 2000);
            Assert.IsLessThan(0, result);
        });
        bench.JoinPrograms();

        Assert.IsFalse(listener.Pending());
    }
}
