using IoTNet.Tests.Loopback.Support;
using static IoTNet.Tests.Loopback.Support.Net;

namespace IoTNet.Tests.Loopback;

/// <summary>Pools, memory, and what is left when all is closed.</summary>
[TestClass]
public class LimitTests
{
    [TestMethod]
    public void Open_AllSocketsOpen_SaysWhichPoolIsEmpty()
    {
        using Net net = new(new LoopbackLimits { MaxSockets = 16 });
        for (int i = 0; i < 15; i++)
        {
            net.Udp();
        }

        Assert.AreEqual(Fail(Errno.ENFILE), net.Stack.OpenPair(AddressFamily.Unix, SocketType.Stream, 0, out _));
        Assert.AreEqual(15, net.Stack.OpenSockets, "A pair is opened whole or not at all.");
        int last = net.Udp();
        Assert.AreEqual(Fail(Errno.ENFILE), net.Stack.Open(AddressFamily.InterNetwork, SocketType.Stream, 0));
        Assert.AreEqual("all 16 sockets of the loopback stack are open", net.Stack.DescribeExhaustion());

        net.Stack.Close(last);
        net.Udp();
    }

    [TestMethod]
    [DataRow(AddressFamily.Unspecified, SocketType.Stream, ProtocolType.Unspecified, Errno.EAFNOSUPPORT)]
    [DataRow((AddressFamily)77, SocketType.Stream, ProtocolType.Unspecified, Errno.EAFNOSUPPORT)]
    [DataRow(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Icmp, Errno.ESOCKTNOSUPPORT)]
    [DataRow(AddressFamily.InterNetwork, SocketType.Seqpacket, ProtocolType.Unspecified, Errno.ESOCKTNOSUPPORT)]
    [DataRow(AddressFamily.Unix, (SocketType)42, ProtocolType.Unspecified, Errno.ESOCKTNOSUPPORT)]
    [DataRow(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Udp, Errno.EPROTONOSUPPORT)]
    [DataRow(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Tcp, Errno.EPROTONOSUPPORT)]
    [DataRow(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Udp, Errno.EPROTONOSUPPORT)]
    public void Open_WhatThereIsNot_IsNamed(AddressFamily family, SocketType type, ProtocolType protocol, Errno error)
    {
        using Net net = new();

        Assert.AreEqual(Fail(error), net.Stack.Open(family, type, protocol));
    }

    [TestMethod]
    public void NewStack_LimitsOutOfBounds_AreRefusedByName()
    {
        foreach ((string name, LoopbackLimits limits) in new[]
        {
            (nameof(LoopbackLimits.MaxSockets), new LoopbackLimits { MaxSockets = 0 }),
            (nameof(LoopbackLimits.MaxSockets), new LoopbackLimits { MaxSockets = 4097 }),
            (nameof(LoopbackLimits.StreamBufferBytes), new LoopbackLimits { StreamBufferBytes = 255 }),
            (nameof(LoopbackLimits.DatagramQueueBytes), new LoopbackLimits { MaxBufferBytes = 200_000 }),
            (nameof(LoopbackLimits.DatagramQueueCount), new LoopbackLimits { DatagramQueueCount = 0 }),
            (nameof(LoopbackLimits.MaxBacklog), new LoopbackLimits { MaxBacklog = -1 }),
            (nameof(LoopbackLimits.ConnectTimeoutMs), new LoopbackLimits { ConnectTimeoutMs = 0 }),
        })
        {
            ArgumentOutOfRangeException failure = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new LoopbackStack(limits));
            Assert.AreEqual(name, failure.ParamName);
        }

        Assert.ThrowsExactly<ArgumentNullException>(() => new LoopbackStack(null!));
    }

    [TestMethod]
    public void NewStack_LimitsChangedLater_AreItsOwn()
    {
        LoopbackLimits limits = new() { MaxSockets = 1 };
        using Net net = new(limits);
        limits.MaxSockets = 2;
        net.Tcp();

        Assert.AreEqual(Fail(Errno.ENFILE), net.Stack.Open(AddressFamily.InterNetwork, SocketType.Stream, 0));
    }

    [TestMethod]
    public void OpenAndClose_TenThousandTimes_LeavesNothing()
    {
        using Net net = new(new LoopbackLimits { MaxSockets = 8 });
        Cycle(net.Stack, 1000);
        long before = GC.GetTotalMemory(true);

        Cycle(net.Stack, 10_000);

        long grown = GC.GetTotalMemory(true) - before;
        Assert.IsLessThan(100_000, grown, "Bytes that stay.");
        Assert.AreEqual(0, net.Stack.OpenSockets);
    }

    [TestMethod]
    public void Close_OfAll_LetsGoOfEverySocket()
    {
        using Net net = new();
        List<WeakReference> sockets = new();
        OpenAllKinds(net.Stack, sockets);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.AreEqual(0, sockets.Count(socket => socket.IsAlive), "Sockets that something still refers to.");
    }

    [TestMethod]
    [DataRow(AddressFamily.InterNetwork, SocketType.Stream)]
    [DataRow(AddressFamily.InterNetwork, SocketType.Dgram)]
    [DataRow(AddressFamily.InterNetworkV6, SocketType.Dgram)]
    [DataRow(AddressFamily.Unix, SocketType.Stream)]
    [DataRow(AddressFamily.Unix, SocketType.Dgram)]
    [DataRow(AddressFamily.Unix, SocketType.Seqpacket)]
    public void Transfer_AnyNumberOfTimes_AllocatesNothing(AddressFamily family, SocketType type)
    {
        using Net net = new();
        (int a, int b) = family == AddressFamily.Unix ? net.Pair(type) : type == SocketType.Stream ? net.Connection() : Datagrams(net, family);
        byte[] buffer = new byte[1000];
        SocketAddress from = new();
        SocketMessage message = new() { Address = from };
        message.Add(buffer, 0, 500);
        message.Add(buffer, 500, 500);
        int[] handles = [a, b];
        int[] events = [5, 5];
        int[] seen = new int[2];

        void Once()
        {
            SocketFlags flags = SocketFlags.None;
            net.Stack.Send(a, buffer, 0, 1000, SocketFlags.None, null, -1);
            net.Stack.PollMany(handles, events, seen, 2, -1);
            net.Stack.Poll(b, PollEvents.In, -1);
            net.Stack.Receive(b, buffer, 0, 1000, ref flags, from, -1);
            message.Address = null;
            net.Stack.SendMsg(a, message, -1);
            message.Address = from;
            net.Stack.ReceiveMsg(b, message, -1);

            // Nothing there: the answer itself must not cost anything either, and neither must a wait.
            net.Stack.Receive(b, buffer, 0, 1000, ref flags, null, 0);
            net.Stack.PollMany(handles, events, seen, 2, 0);
            net.Stack.Poll(b, PollEvents.In, 0);
        }

        // A Unix address makes its buffer grow once.
        net.Receive(b, from: from);
        from.Reset(AddressFamily.Unix, SocketAddress.MaxSize);
        Once();
        net.Stack.Poll(b, PollEvents.In, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Once();
        }

        net.Stack.Poll(b, PollEvents.In, 1);
        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static (int A, int B) Datagrams(Net net, AddressFamily family)
    {
        SocketAddress address = family == AddressFamily.InterNetwork ? V4(0) : V6(0);
        int b = net.Bound(SocketType.Dgram, address);
        int a = net.Open(family, SocketType.Dgram);
        net.Connect(a, address);
        return (a, b);
    }

    private static void Cycle(LoopbackStack stack, int times)
    {
        byte[] buffer = new byte[100];
        SocketAddress address = V4(0);
        for (int i = 0; i < times; i++)
        {
            int listener = stack.Open(AddressFamily.InterNetwork, SocketType.Stream, 0);
            address.Port = 0;
            stack.Bind(listener, address);
            stack.Listen(listener, 1);
            stack.GetLocalAddress(listener, address);
            int client = stack.Open(AddressFamily.InterNetwork, SocketType.Stream, 0);
            stack.Connect(client, address, -1);
            int server = stack.Accept(listener, null, 0);
            stack.Send(client, buffer, 0, 100, SocketFlags.None, null, 0);
            int datagram = stack.OpenPair(AddressFamily.Unix, SocketType.Dgram, 0, out int other);
            stack.Send(other, buffer, 0, 100, SocketFlags.None, null, 0);
            foreach (int handle in new[] { listener, client, server, datagram, other })
            {
                Assert.AreEqual(0, stack.Close(handle));
            }
        }
    }

    // In a method of its own, so that no local of the test refers to a socket.
    private static void OpenAllKinds(LoopbackStack stack, List<WeakReference> sockets)
    {
        SocketAddress tcp = V4(0);
        SocketAddress name = Unix("\0listener");
        List<int> open = new();
        int Add(int handle)
        {
            Assert.IsGreaterThan(0, handle);
            open.Add(handle);
            sockets.Add(new WeakReference(stack.Find(handle)));
            return handle;
        }

        int listener = Add(stack.Open(AddressFamily.InterNetwork, SocketType.Stream, 0));
        stack.Bind(listener, tcp);
        stack.Listen(listener, 0);
        stack.GetLocalAddress(listener, tcp);
        int unixListener = Add(stack.Open(AddressFamily.Unix, SocketType.Seqpacket, 0));
        stack.Bind(unixListener, name);
        stack.Listen(unixListener, 0);
        for (int i = 0; i < 4; i++)
        {
            stack.Connect(Add(stack.Open(AddressFamily.InterNetwork, SocketType.Stream, 0)), tcp, 0);
            stack.Connect(Add(stack.Open(AddressFamily.Unix, SocketType.Seqpacket, 0)), name, i % 2);
        }

        Add(stack.Accept(listener, null, 0));
        foreach (SocketType type in new[] { SocketType.Stream, SocketType.Dgram, SocketType.Seqpacket })
        {
            int a = Add(stack.OpenPair(AddressFamily.Unix, type, 0, out int b));
            Add(b);
            stack.Send(a, new byte[100], 0, 100, SocketFlags.None, null, 0);
            stack.PollMany([a, b], [1, 0], new int[2], 2, 1);
        }

        foreach (int handle in open)
        {
            stack.Close(handle);
        }
    }
}
