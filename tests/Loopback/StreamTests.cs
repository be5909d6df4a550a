using IoTNet.Tests.Loopback.Support;
using static IoTNet.Tests.Loopback.Support.Net;

namespace IoTNet.Tests.Loopback;

/// <summary>Bytes, ends and resets of TCP; how AF_UNIX streams differ is compared with the kernel.</summary>
[TestClass]
public class StreamTests
{
    private static readonly PollEvents Ended = PollEvents.In | PollEvents.Out | PollEvents.Hup;

    [TestMethod]
    public void Receive_AfterPeerClose_GivesTheRestThenZero()
    {
        using Net net = new();
        (int client, int server) = net.Connection();
        net.Send(client, "bye");

        net.Stack.Close(client);

        Assert.AreEqual("bye", net.Receive(server));
        Assert.AreEqual("", net.Receive(server));
        Assert.AreEqual("", net.Receive(server));
        Assert.AreEqual((int)(PollEvents.In | PollEvents.Out), net.Poll(server));
    }

    [TestMethod]
    public void Send_TwiceAfterPeerClose_BreaksThePipe()
    {
        using Net net = new();
        (int client, int server) = net.Connection();
        net.Stack.Close(server);

        Assert.AreEqual(1, net.Send(client, "a"));
        Assert.AreEqual((int)(Ended | PollEvents.Err), net.Poll(client));
        Assert.AreEqual(Fail(Errno.EPIPE), net.Send(client, "b"));
        Assert.AreEqual((int)Ended, net.Poll(client));
        Assert.AreEqual(Fail(Errno.EPIPE), net.Send(client, "c"));
    }

    [TestMethod]
    public void Shutdown_Send_LeavesTheOtherHalfOpen()
    {
        using Net net = new();
        (int client, int server) = net.Connection();
        net.Send(client, "request");

        Assert.AreEqual(0, net.Stack.Shutdown(client, SocketShutdown.Send));

        Assert.AreEqual(Fail(Errno.EPIPE), net.Send(client, "x"));
        Assert.AreEqual("request", net.Receive(server));
        Assert.AreEqual("", net.Receive(server));
        Assert.AreEqual(6, net.Send(server, "answer"));
        Assert.AreEqual("answer", net.Receive(client));
        Assert.AreEqual((int)PollEvents.Out, net.Poll(client));

        net.Stack.Shutdown(server, SocketShutdown.Send);
        Assert.AreEqual((int)Ended, net.Poll(client));
        Assert.AreEqual((int)Ended, net.Poll(server));
    }

    [TestMethod]
    public void Shutdown_Receive_EndsABlockedReceive()
    {
        using Net net = new();
        (int client, int server) = net.Connection();

        string got = "nothing";
        net.During(server, () => { got = net.Receive(server, timeoutMs: -1); return 0; },
            () => net.Stack.Shutdown(server, SocketShutdown.Receive));

        Assert.AreEqual("", got);
        Assert.AreEqual(2, net.Send(client, "hi"));
        Assert.AreEqual("hi", net.Receive(server), "What comes later is still there, as on Linux.");
    }

    [TestMethod]
    public void Close_WithUnreadData_ResetsThePeerOnce()
    {
        using Net net = new();
        (int client, int server) = net.Connection();
        net.Send(client, "unread");

        net.Stack.Close(server);

        Assert.AreEqual("ECONNRESET", net.Receive(client));
        Assert.AreEqual("", net.Receive(client));
        Assert.AreEqual(Fail(Errno.EPIPE), net.Send(client, "x"));
        Assert.AreEqual(Fail(Errno.ENOTCONN), net.Stack.GetRemoteAddress(client, new SocketAddress()));
    }

    [TestMethod]
    public void Close_LingerZero_ResetsThePeer()
    {
        using Net net = new();
        (int client, int server) = net.Connection();
        byte[] linger = [1, 0, 0, 0, 0, 0, 0, 0];
        Assert.AreEqual(0, net.Stack.SetOption(server, SocketOptionLevel.Socket, SocketOptionName.Linger, linger, 8));
        net.Send(server, "last");

        net.Stack.Close(server);

        Assert.AreEqual("last", net.Receive(client));
        Assert.AreEqual("ECONNRESET", net.Receive(client));
    }

    [TestMethod]
    public void Receive_NeverConnected_IsNotConnected()
    {
        using Net net = new();

        Assert.AreEqual("ENOTCONN", net.Receive(net.Tcp(), timeoutMs: -1));
        Assert.AreEqual("ENOTCONN", net.Receive(net.Listener(V4(0)), timeoutMs: -1));
        Assert.AreEqual("ENOTCONN", net.Receive(net.Open(AddressFamily.Unix, SocketType.Stream), timeoutMs: -1));
        Assert.AreEqual(Fail(Errno.EPIPE), net.Send(net.Tcp(), "x", timeoutMs: -1));
        Assert.AreEqual(Fail(Errno.ENOTCONN), net.Send(net.Open(AddressFamily.Unix, SocketType.Stream), "x", timeoutMs: -1));
        Assert.AreEqual(Fail(Errno.ENOTCONN), net.Stack.Shutdown(net.Tcp(), SocketShutdown.Both));
    }

    [TestMethod]
    public void Receive_Peek_LeavesTheBytes()
    {
        using Net net = new();
        (int client, int server) = net.Connection();
        net.Send(client, "abc");

        Assert.AreEqual("ab", net.Receive(server, 2, SocketFlags.Peek));
        Assert.AreEqual(3, net.Get(server, SocketOptionName.Available));
        Assert.AreEqual("abc", net.Receive(server));
        Assert.AreEqual(0, net.Get(server, SocketOptionName.Available));
    }

    [TestMethod]
    public void Send_MoreThanFits_TakesWhatFits()
    {
        using Net net = new(new LoopbackLimits { StreamBufferBytes = 300 });
        (int client, int server) = net.Connection();

        Assert.AreEqual(600, net.Send(client, 1000));
        Assert.AreEqual(Fail(Errno.EAGAIN), net.Send(client, 1));
        Assert.AreEqual(Fail(Errno.EAGAIN), net.Send(client, 1, timeoutMs: 1));
        Assert.AreEqual(0, net.Poll(client));

        Assert.AreEqual(149, net.Receive(server, 149).Length);
        Assert.AreEqual(0, net.Poll(client), "Less than a quarter is free.");
        Assert.AreEqual(1, net.Receive(server, 1).Length);
        Assert.AreEqual((int)PollEvents.Out, net.Poll(client));
    }

    [TestMethod]
    public void Send_TimeOver_TellsWhatWasTaken()
    {
        using Net net = new(new LoopbackLimits { StreamBufferBytes = 300 });
        (int client, _) = net.Connection();

        Assert.AreEqual(600, net.Send(client, 1000, timeoutMs: 1));
    }

    [TestMethod]
    public void Send_PeerResetsMeanwhile_TellsWhatWasTakenThenTheError()
    {
        using Net net = new(new LoopbackLimits { StreamBufferBytes = 300 });
        (int client, int server) = net.Connection();

        int result = net.During(client, () => net.Send(client, 1000, timeoutMs: -1), () => net.Stack.Close(server));

        Assert.AreEqual(600, result);
        Assert.AreEqual(Fail(Errno.ECONNRESET), net.Send(client, 1));
        Assert.AreEqual(Fail(Errno.EPIPE), net.Send(client, 1));
    }

    [TestMethod]
    public void SetOption_LargerBuffer_LetsABlockedSendGoOn()
    {
        using Net net = new(new LoopbackLimits { StreamBufferBytes = 300 });
        (int client, int server) = net.Connection();

        int result = net.During(client, () => net.Send(client, 1000, timeoutMs: -1),
            () => net.Set(server, SocketOptionName.ReceiveBuffer, 5000));

        Assert.AreEqual(1000, result);
        Assert.AreEqual(1000, net.Get(server, SocketOptionName.Available));
    }

    [TestMethod]
    public void SendMsg_SeveralBuffers_ArriveInOrderInOthers()
    {
        using Net net = new();
        (int client, int server) = net.Connection();
        SocketMessage message = new();
        message.Add([1, 2, 3]);
        message.Add([]);
        message.Add([9, 4, 5, 9], 1, 2);
        Assert.AreEqual(5, net.Stack.SendMsg(client, message, 0));

        byte[] first = new byte[2];
        byte[] second = new byte[10];
        SocketMessage received = new() { Address = new SocketAddress() };
        received.Add(first);
        received.Add(second, 4, 6);
        Assert.AreEqual(5, net.Stack.ReceiveMsg(server, received, 0));

        CollectionAssert.AreEqual(new byte[] { 1, 2 }, first);
        CollectionAssert.AreEqual(new byte[] { 0, 0, 0, 0, 3, 4, 5, 0, 0, 0 }, second);
        SocketAddress local = new();
        net.Stack.GetLocalAddress(client, local);
        Assert.AreEqual(local, received.Address);
    }

    [TestMethod]
    public void Transfer_OutOfBand_IsNotSupported()
    {
        using Net net = new();
        (int client, int server) = net.Connection();
        SocketFlags flags = SocketFlags.OutOfBand;

        Assert.AreEqual(Fail(Errno.EOPNOTSUPP), net.Stack.Send(client, new byte[1], 0, 1, flags, null, 0));
        Assert.AreEqual(Fail(Errno.EOPNOTSUPP), net.Stack.Receive(server, new byte[1], 0, 1, ref flags, null, 0));
    }

    [TestMethod]
    public void GetRemoteAddress_BothEnds_AreEachOthersLocalAddresses()
    {
        using Net net = new();
        (int client, int server) = net.Connection();
        SocketAddress a = new();
        SocketAddress b = new();

        net.Stack.GetLocalAddress(client, a);
        net.Stack.GetRemoteAddress(server, b);
        Assert.AreEqual(a, b);
        net.Stack.GetRemoteAddress(client, a);
        net.Stack.GetLocalAddress(server, b);
        Assert.AreEqual(a, b);
    }
}
