using System.Text;
using IoTNet.Tests.Loopback.Support;
using static IoTNet.Tests.Loopback.Support.Net;

namespace IoTNet.Tests.Loopback;

[TestClass]
public class UnixTests
{
    [TestMethod]
    public void Bind_Name_IsTakenUntilItsSocketCloses()
    {
        using Net net = new();
        foreach (string name in new[] { "path", "\0abstract" })
        {
            int first = net.Bound(SocketType.Dgram, Unix(name));
            int second = net.Open(AddressFamily.Unix, SocketType.Dgram);
            Assert.AreEqual(Fail(Errno.EADDRINUSE), net.Stack.Bind(second, Unix(name)));

            net.Stack.Close(first);

            Assert.AreEqual(0, net.Stack.Bind(second, Unix(name)));
        }
    }

    [TestMethod]
    public void Bind_EmptyName_GivesNulAndFiveHexadecimalDigits()
    {
        using Net net = new();
        SocketAddress first = new(AddressFamily.Unix, 2);
        SocketAddress second = new(AddressFamily.Unix, 2);
        net.Bound(SocketType.Stream, first);
        net.Bound(SocketType.Stream, second);

        StringAssert.Matches(Text(first), new("^\0[0-9a-f]{5}$"));
        Assert.AreNotEqual(first, second);
    }

    [TestMethod]
    public void Connect_Nobody_TellsPathsAndAbstractNamesApart()
    {
        using Net net = new();
        net.Bound(SocketType.Stream, Unix("bound"));
        net.Listener(Unix("stream"));
        net.Listener(Unix("\0stream"));

        foreach ((string name, SocketType type, Errno error) in new[]
        {
            ("none", SocketType.Stream, Errno.ENOENT), ("\0none", SocketType.Stream, Errno.ECONNREFUSED),
            ("bound", SocketType.Stream, Errno.ECONNREFUSED), ("stream", SocketType.Dgram, Errno.EPROTOTYPE),
            ("stream", SocketType.Seqpacket, Errno.EPROTOTYPE), ("\0stream", SocketType.Dgram, Errno.ECONNREFUSED),
            ("", SocketType.Stream, Errno.EINVAL),
        })
        {
            Assert.AreEqual(Fail(error), net.Connect(net.Open(AddressFamily.Unix, type), Unix(name), -1), name);
        }

        Assert.AreEqual(Fail(Errno.EAFNOSUPPORT), net.Connect(net.Open(AddressFamily.Unix, SocketType.Stream), V4(1), -1));
    }

    [TestMethod]
    public void Bind_LongestNames_AreKeptWhole()
    {
        using Net net = new();
        foreach (string name in new[] { new string('p', 107), "\0" + new string('a', 107), "\0a\0b" })
        {
            SocketAddress address = Unix(name);
            net.Bound(SocketType.Dgram, address);
            Assert.AreEqual(name, Text(address));
        }
    }

    [TestMethod]
    public void Accept_TellsThePeersName()
    {
        using Net net = new();
        int listener = net.Listener(Unix("server"));
        net.Connect(net.Bound(SocketType.Stream, Unix("client")), Unix("server"));
        net.Connect(net.Open(AddressFamily.Unix, SocketType.Stream), Unix("server"));
        SocketAddress peer = new();

        int first = net.Own(net.Stack.Accept(listener, peer, 0));
        Assert.AreEqual(Unix("client"), peer);
        net.Stack.GetLocalAddress(first, peer);
        Assert.AreEqual(Unix("server"), peer);
        net.Own(net.Stack.Accept(listener, peer, 0));
        Assert.AreEqual(Unix(""), peer);
    }

    [TestMethod]
    public void Listen_WithoutName_IsInvalid()
    {
        using Net net = new();

        Assert.AreEqual(Fail(Errno.EINVAL), net.Stack.Listen(net.Open(AddressFamily.Unix, SocketType.Stream), 1));
        Assert.AreEqual(Fail(Errno.EOPNOTSUPP), net.Stack.Listen(net.Bound(SocketType.Dgram, Unix("d")), 1));
        Assert.AreEqual(Fail(Errno.EOPNOTSUPP), net.Stack.Listen(net.Udp(), 1));
        Assert.AreEqual(Fail(Errno.EOPNOTSUPP), net.Stack.Accept(net.Udp(), null, -1));
        Assert.AreEqual(Fail(Errno.EINVAL), net.Stack.Accept(net.Tcp(), null, -1));
    }

    [TestMethod]
    [DataRow(SocketType.Stream)]
    [DataRow(SocketType.Seqpacket)]
    public void Shutdown_Receive_BreaksThePeersPipe(SocketType type)
    {
        using Net net = new();
        (int a, int b) = net.Pair(type);

        net.Stack.Shutdown(a, SocketShutdown.Receive);

        Assert.AreEqual(Fail(Errno.EPIPE), net.Send(b, "x"));
        Assert.AreEqual("", net.Receive(a));
        Assert.AreEqual(1, net.Send(a, "y"));
        Assert.AreEqual("y", net.Receive(b));
    }

    [TestMethod]
    public void Receive_Seqpacket_KeepsRecords()
    {
        using Net net = new();
        (int a, int b) = net.Pair(SocketType.Seqpacket);
        net.Send(a, "first");
        net.Send(a, "second");
        byte[] buffer = new byte[10];
        SocketFlags flags = SocketFlags.None;

        Assert.AreEqual(5, net.Get(b, SocketOptionName.Available));
        Assert.AreEqual(5, net.Stack.Receive(b, buffer, 0, 10, ref flags, null, 0));
        Assert.AreEqual(SocketFlags.EndOfRecord, flags);
        flags = SocketFlags.None;
        Assert.AreEqual(3, net.Stack.Receive(b, buffer, 0, 3, ref flags, null, 0));
        Assert.AreEqual(SocketFlags.EndOfRecord | SocketFlags.Truncated, flags);
        Assert.AreEqual("EAGAIN", net.Receive(b));
    }

    [TestMethod]
    public void Send_SeqpacketFull_WaitsForRoom()
    {
        using Net net = new(new LoopbackLimits { StreamBufferBytes = 300 });
        (int a, int b) = net.Pair(SocketType.Seqpacket);
        Assert.AreEqual(Fail(Errno.EMSGSIZE), net.Send(a, 301));
        Assert.AreEqual(300, net.Send(a, 300));
        Assert.AreEqual(Fail(Errno.EAGAIN), net.Send(a, 300));

        int result = net.During(a, () => net.Send(a, 300, timeoutMs: -1), () => net.Receive(b));

        Assert.AreEqual(300, result);
    }

    [TestMethod]
    public void Send_DatagramReceiverFull_WaitsForRoom()
    {
        using Net net = new(new LoopbackLimits { DatagramQueueCount = 1 });
        SocketAddress name = Unix("receiver");
        int receiver = net.Bound(SocketType.Dgram, name);
        int sender = net.Open(AddressFamily.Unix, SocketType.Dgram);
        Assert.AreEqual(1, net.Send(sender, "a", name));
        Assert.AreEqual(Fail(Errno.EAGAIN), net.Send(sender, "b", name));
        Assert.AreEqual(Fail(Errno.EAGAIN), net.Send(sender, "b", name, 1));

        Assert.AreEqual(1, net.During(sender, () => net.Send(sender, "b", name, -1), () => net.Receive(receiver)));
        Assert.AreEqual("b", net.Receive(receiver));
    }

    [TestMethod]
    public void Poll_ConnectedDatagramReceiverFull_IsWritableWhenThereIsRoom()
    {
        using Net net = new(new LoopbackLimits { DatagramQueueCount = 1 });
        (int a, int b) = net.Pair(SocketType.Dgram);
        net.Send(a, "x");
        Assert.AreEqual(0, net.Poll(a));

        int[] seen = new int[1];
        int ready = net.During(a, () => net.Stack.PollMany([a], [(int)PollEvents.Out], seen, 1, -1), () => net.Receive(b));

        Assert.AreEqual(1, ready);
        Assert.AreEqual((int)PollEvents.Out, seen[0]);
    }

    [TestMethod]
    public void Close_OfADatagramReceiver_EndsTheSendThatWaitsForIt()
    {
        using Net net = new(new LoopbackLimits { DatagramQueueCount = 1 });
        int receiver = net.Bound(SocketType.Dgram, Unix("r"));
        int byName = net.Open(AddressFamily.Unix, SocketType.Dgram);
        net.Send(byName, "x", Unix("r"));
        Assert.AreEqual(Fail(Errno.ENOENT),
            net.During(byName, () => net.Send(byName, "y", Unix("r"), -1), () => net.Stack.Close(receiver)));

        (int a, int b) = net.Pair(SocketType.Dgram);
        net.Send(a, "x");
        Assert.AreEqual(Fail(Errno.ECONNREFUSED), net.During(a, () => net.Send(a, "y", null, -1), () => net.Stack.Close(b)));
        Assert.AreEqual(Fail(Errno.ENOTCONN), net.Send(a, "z"), "The association is gone with the peer.");
    }

    [TestMethod]
    public void Send_ToADatagramSocketOfAnotherPeer_IsNotPermitted()
    {
        using Net net = new();
        int a = net.Bound(SocketType.Dgram, Unix("a"));
        net.Bound(SocketType.Dgram, Unix("b"));
        net.Connect(a, Unix("b"));
        int stranger = net.Open(AddressFamily.Unix, SocketType.Dgram);

        Assert.AreEqual(Fail(Errno.EPERM), net.Send(stranger, "x", Unix("a")));
        Assert.AreEqual(Fail(Errno.EPERM), net.Connect(stranger, Unix("a")));
    }

    [TestMethod]
    public void OpenPair_WhatItCannotDo_IsNamed()
    {
        using Net net = new();

        Assert.AreEqual(Fail(Errno.EAFNOSUPPORT), net.Stack.OpenPair(AddressFamily.InterNetwork, SocketType.Stream, 0, out int second));
        Assert.AreEqual(0, second);
        Assert.AreEqual(Fail(Errno.EPROTOTYPE), net.Stack.OpenPair(AddressFamily.Unix, (SocketType)42, 0, out _));
        Assert.AreEqual(Fail(Errno.EPROTONOSUPPORT), net.Stack.OpenPair(AddressFamily.Unix, SocketType.Stream, ProtocolType.Tcp, out _));
    }

    [TestMethod]
    [DataRow(SocketType.Stream)]
    [DataRow(SocketType.Dgram)]
    [DataRow(SocketType.Seqpacket)]
    public void OpenPair_ItsSockets_AreConnectedForGood(SocketType type)
    {
        using Net net = new();
        (int a, int b) = net.Pair(type);

        Assert.AreEqual(Fail(Errno.EISCONN), net.Stack.Bind(a, Unix("x")));
        Assert.AreEqual(Fail(Errno.EISCONN), net.Connect(a, Unix("x"), -1));
        Assert.AreEqual(Fail(Errno.EINVAL), net.Stack.Listen(b, 1));
        Assert.AreEqual(Fail(Errno.EOPNOTSUPP), net.Stack.Accept(b, null, -1));
        Assert.AreEqual(4, net.Send(a, "ping"));
        Assert.AreEqual("ping", net.Receive(b));
        SocketAddress name = new();
        Assert.AreEqual(0, net.Stack.GetRemoteAddress(a, name));
        Assert.AreEqual(Unix(""), name);
    }

    private static string Text(SocketAddress address) => Encoding.ASCII.GetString(address.Buffer, 2, address.Size - 2);
}
