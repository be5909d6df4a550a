using System.Net.Sockets;

namespace IoTNet.Emulator.Tests;

/// <summary>A board asks 10.0.2.3; libslirp passes the question on to the server of /etc/resolv.conf, which in this namespace
/// is the test's own, on loopback.</summary>
internal static class NameServerScene
{
    internal static void Question()
    {
        NetworkNamespace.Command("ip", "link", "set", "lo", "up");
        string settings = Path.GetTempFileName();
        try
        {
            File.WriteAllText(settings, "nameserver 127.0.0.1\n");
            NetworkNamespace.Command("mount", "--bind", settings, "/etc/resolv.conf");
            Ask();
        }
        finally
        {
            File.Delete(settings);
        }
    }

    private static void Ask()
    {
        using UdpClient server = new(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 53));
        server.Client.ReceiveTimeout = Bench.PatienceMs;
        using Bench bench = new();
        bench.Run(() =>
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = Bench.PatienceMs };
            IPEndPoint nameServer = new(IPAddress.Parse("10.0.2.3"), 53);
            socket.SendTo([0x12, 0x34, 1, 0], nameServer);
            byte[] answer = new byte[512];
            EndPoint from = new IPEndPoint(IPAddress.Any, 0);
            Assert.AreEqual(4, socket.ReceiveFrom(answer, ref from));
            Assert.AreEqual(nameServer, from);
            Assert.AreEqual(0x80, answer[2] & 0x80);
        });

        System.Net.IPEndPoint? board = null;
        byte[] question = server.Receive(ref board);
        CollectionAssert.AreEqual(new byte[] { 0x12, 0x34, 1, 0 }, question);
        question[2] |= 0x80;
        server.Send(question, board);
    }
}
