using System.Text;
using IoTNet.Boards;

namespace IoTNet.Tests.Server;

/// <summary>A board that has a network stack and none in memory beside it.</summary>
[TestClass]
public sealed class NoMemoryTests
{
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Loop_WithoutAStackInMemory_ServesTheNetworks(bool isHost) => World.RunOn(
        new NetworkStack(isHost ? new SystemNetStack() : new LoopbackStack(), null),
        world =>
        {
            TcpServer server = world.ServeEcho();
            Socket client = world.Connect(server, out _);
            client.ReceiveTimeout = Stacks.PatienceMs;
            client.Send(Encoding.ASCII.GetBytes("hello"));
            byte[] echo = new byte[5];
            world.Loop.RunBeside(() => Assert.AreEqual(5, client.Receive(echo, 5, SocketFlags.WaitAll)));
            Assert.AreEqual("hello", Encoding.ASCII.GetString(echo));
        });

    [TestMethod]
    public void Watch_OfASocketOfAnotherBoard_IsRefused()
    {
        using Stacks other = new("local");
        using EventLoop loop = new(new NetworkStack(new LoopbackStack(), null));
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(
                () => loop.Watch(other.Open(), PollEvents.In, new Watcher((_, _) => { }))).Message, "another board");
    }

    [TestMethod]
    public void Loop_WithoutAnyStack_OpensNoSocketAndRunsWhatNeedsNone()
    {
        using EventLoop loop = new(new NetworkStack(new NullStack(), null));
        bool ran = false;
        loop.Post(_ => ran = true, null);
        Assert.AreEqual(1, loop.RunOnce(0));
        Assert.IsTrue(ran);
        Assert.AreEqual(Errno.EAFNOSUPPORT, Assert.ThrowsExactly<SocketException>(() => new TcpServer(loop, "127.0.0.1:0")).Errno);
    }

    [TestMethod]
    public void UdpSockets_OnABoardWithoutLoopback_AreThoseOfItsNetwork()
    {
        Socket[] sockets = UdpServer.Sockets(new NetworkStack(new SystemNetStack(false), null), "0.0.0.0", 0);
        try
        {
            Assert.IsNotEmpty(sockets);
            CollectionAssert.DoesNotContain(sockets.Select(s => ((IPEndPoint)s.LocalEndPoint).Address).ToArray(), IPAddress.Loopback);
        }
        finally
        {
            Array.ForEach(sockets, s => s.Close());
        }
    }
}
