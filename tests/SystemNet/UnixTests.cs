using System.Diagnostics;

namespace IoTNet.SystemNet.Tests;

/// <summary>AF_UNIX of the host. (The nano half has none: NetworkStack carries it in memory there.)</summary>
[TestClass]
public sealed class UnixTests : SeamTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iotnet").FullName;

    protected override Half Kind => Half.Desktop;

    [TestCleanup]
    public void RemoveFolder()
    {
        // As bytes: the runtime's own calls cannot name the undecodable ones, but rm can.
        using Process remove = Process.Start("rm", ["-rf", _folder]);
        remove.WaitForExit();
    }

    [TestMethod]
    [Timeout(HangMs)]
    [DataRow(SocketType.Stream)]
    [DataRow(SocketType.Seqpacket)]
    public void Connect_Path_CarriesBytesAndNames(SocketType type)
    {
        int listener = OpenUnix(type);
        SocketAddress path = PathOf("a");
        Ok(Stack.Bind(listener, path));
        Ok(Stack.Listen(listener, 1));
        int client = OpenUnix(type);
        Ok(Stack.Connect(client, path, -1));
        SocketAddress peer = Loopback(1);
        int server = Keep(Stack.Accept(listener, peer, -1));
        Assert.AreEqual(new SocketAddress(AddressFamily.Unix, 2), peer, "a client without a name");
        Ok(Stack.GetRemoteAddress(client, peer));
        Assert.AreEqual(path, peer);
        Assert.AreEqual(path, LocalOf(server));
        Assert.AreEqual(new SocketAddress(AddressFamily.Unix, 2), LocalOf(client));
        Ok(Send(client, [1, 2]));
        CollectionAssert.AreEqual(new byte[] { 1, 2 }, ReceiveAll(server, 2));
        Ok(Stack.Close(client));
        Assert.AreEqual(0, Receive(server, new byte[1]));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Receive_Seqpacket_KeepsRecordsApart()
    {
        int listener = OpenUnix(SocketType.Seqpacket);
        Ok(Stack.Bind(listener, PathOf("a")));
        Ok(Stack.Listen(listener, 1));
        int client = OpenUnix(SocketType.Seqpacket);
        Ok(Stack.Connect(client, PathOf("a"), -1));
        int server = Keep(Stack.Accept(listener, null!, -1));
        Ok(Send(client, [1, 2, 3]));
        Ok(Send(client, [4]));
        SocketFlags flags = SocketFlags.None;
        byte[] buffer = new byte[2];
        Assert.AreEqual(2, Stack.Receive(server, buffer, 0, 2, ref flags, null!, -1));
        Assert.AreEqual(SocketFlags.Truncated | SocketFlags.EndOfRecord, flags);
        flags = SocketFlags.None;
        Assert.AreEqual(1, Stack.Receive(server, buffer, 0, 2, ref flags, null!, -1));
        Assert.AreEqual(SocketFlags.EndOfRecord, flags);
        Assert.AreEqual(4, buffer[0]);
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Receive_Datagram_NamesTheSenderByUndecodableAndAbstractNames()
    {
        SocketAddress undecodable = PathOf("x");
        undecodable.Buffer[undecodable.Size - 1] = 0xFF;
        SocketAddress hidden = Unix([0, (byte)'i', 0, 0xFE, .. Guid.NewGuid().ToByteArray()]);
        int a = OpenUnix(SocketType.Dgram);
        int b = OpenUnix(SocketType.Dgram);
        Ok(Stack.Bind(a, undecodable));
        Ok(Stack.Bind(b, hidden));
        Assert.AreEqual(undecodable, LocalOf(a));
        Assert.AreEqual(hidden, LocalOf(b));
        Assert.AreEqual(hidden, SendAndGetSender(b, a, undecodable));
        Assert.AreEqual(undecodable, SendAndGetSender(a, b, hidden));
        Assert.AreEqual(new SocketAddress(AddressFamily.Unix, 2), SendAndGetSender(OpenUnix(SocketType.Dgram), b, hidden));
    }

    [TestMethod]
    public void Bind_LongestPath_RoundTripsAndOneMoreIsEinval()
    {
        int handle = OpenUnix(SocketType.Dgram);
        IsError(Errno.EINVAL, Stack.Bind(handle, LongPath(108)));
        Ok(Stack.Bind(handle, LongPath(107)));
        Assert.AreEqual(LongPath(107), LocalOf(handle));
    }

    [TestMethod]
    public void Bind_NoName_GetsAnAbstractOne()
    {
        int handle = OpenUnix(SocketType.Dgram);
        Ok(Stack.Bind(handle, new SocketAddress(AddressFamily.Unix, 2)));
        SocketAddress local = LocalOf(handle);
        Assert.AreEqual(2 + 6, local.Size);
        Assert.AreEqual(0, local[2]);
    }

    [TestMethod]
    public void Close_BoundToAPath_LeavesTheFile()
    {
        int handle = OpenUnix(SocketType.Dgram);
        Ok(Stack.Bind(handle, PathOf("stays")));
        Ok(Stack.Close(handle));
        Assert.IsTrue(File.Exists(Path.Combine(_folder, "stays")));
        IsError(Errno.EADDRINUSE, Stack.Bind(OpenUnix(SocketType.Dgram), PathOf("stays")));
    }

    [TestMethod]
    public void BindAndConnect_NoSuchPath_IsEnoent()
    {
        IsError(Errno.ENOENT, Stack.Bind(OpenUnix(SocketType.Stream), PathOf("no/such")));
        IsError(Errno.ENOENT, Stack.Connect(OpenUnix(SocketType.Stream), PathOf("nobody"), -1));
        IsError(Errno.ENOENT, Stack.Connect(OpenUnix(SocketType.Dgram), PathOf("nobody"), -1));
        IsError(Errno.ENOENT, Stack.Send(OpenUnix(SocketType.Dgram), [1], 0, 1, SocketFlags.None, PathOf("nobody"), -1));
    }

    [TestMethod]
    public void Listen_NoName_IsEinval()
    {
        IsError(Errno.EINVAL, Stack.Listen(OpenUnix(SocketType.Stream), 1));
    }

    [TestMethod]
    public void Open_ProtocolGiven_IsEprotonosupport()
    {
        IsError(Errno.EPROTONOSUPPORT, Stack.Open(AddressFamily.Unix, SocketType.Stream, ProtocolType.Tcp));
        IsError(Errno.ESOCKTNOSUPPORT, Stack.Open(AddressFamily.Unix, SocketType.Raw, ProtocolType.Unspecified));
    }

    [TestMethod]
    public void Connect_OtherType_IsEprototype()
    {
        Ok(Stack.Bind(OpenUnix(SocketType.Dgram), PathOf("d")));
        IsError(Errno.EPROTOTYPE, Stack.Connect(OpenUnix(SocketType.Stream), PathOf("d"), -1));
    }

    [TestMethod]
    public void Connect_NobodyListens_IsEconnrefused()
    {
        Ok(Stack.Bind(OpenUnix(SocketType.Stream), PathOf("s")));
        IsError(Errno.ECONNREFUSED, Stack.Connect(OpenUnix(SocketType.Stream), PathOf("s"), -1));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Connect_BacklogFull_WaitsForAPlaceOrTheTime()
    {
        int listener = FullListener();
        IsError(Errno.EAGAIN, Stack.Connect(OpenUnix(SocketType.Stream), PathOf("full"), 0));
        Stopwatch watch = Stopwatch.StartNew();
        IsError(Errno.ETIMEDOUT, Stack.Connect(OpenUnix(SocketType.Stream), PathOf("full"), 100));
        Assert.IsGreaterThanOrEqualTo(95L, watch.ElapsedMilliseconds);
        int waiting = OpenUnix(SocketType.Stream);
        Blocked<int> connect = new(() => Stack.Connect(waiting, PathOf("full"), -1));
        connect.WaitUntilItWaits();
        Keep(Stack.Accept(listener, null!, -1));
        Assert.AreEqual(0, connect.Result());
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Close_DuringConnectToAFullBacklog_EndsItWithEintr()
    {
        FullListener();
        int handle = OpenUnix(SocketType.Stream);
        IsError(Errno.EINTR, ResultWhenClosed(handle, () => Stack.Connect(handle, PathOf("full"), -1)));
    }

    [TestMethod]
    [Timeout(HangMs)]
    [DataRow(false)]
    [DataRow(true)]
    public void Send_ReceiversQueueFull_WaitsForRoomOrTheTime(bool connected)
    {
        int receiver = OpenUnix(SocketType.Dgram);
        Ok(Stack.Bind(receiver, PathOf("r")));
        int sender = OpenUnix(SocketType.Dgram);
        SocketAddress? to = connected ? null : PathOf("r");
        if (connected)
        {
            Ok(Stack.Connect(sender, PathOf("r"), -1));
        }

        int result;
        while ((result = Stack.Send(sender, [1], 0, 1, SocketFlags.None, to!, 0)) == 1)
        {
        }

        IsError(Errno.EAGAIN, result);
        IsError(Errno.EAGAIN, Stack.Send(sender, [1], 0, 1, SocketFlags.None, to!, 50));
        Blocked<int> send = new(() => Stack.Send(sender, [1], 0, 1, SocketFlags.None, to!, -1));
        send.WaitUntilItWaits();
        Assert.AreEqual(1, Receive(receiver, new byte[1]));
        Assert.AreEqual(1, send.Result());
        IsError(Errno.EINTR, ResultWhenClosed(sender, () => Stack.Send(sender, [1], 0, 1, SocketFlags.None, to!, -1)));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Close_DuringSendToAFullQueueThatBlockedFromTheStart_EndsItWithEintr()
    {
        Ok(Stack.Bind(OpenUnix(SocketType.Dgram), PathOf("r")));
        int sender = OpenUnix(SocketType.Dgram);
        Ok(Stack.Connect(sender, PathOf("r"), -1));
        IsError(Errno.EINTR, ResultWhenClosed(sender, () =>
        {
            int result;
            while ((result = Send(sender, [1])) == 1)
            {
            }

            return result;
        }));
    }

    [TestMethod]
    [Timeout(HangMs)]
    [DataRow(SocketType.Stream)]
    [DataRow(SocketType.Seqpacket)]
    public void Close_DuringAcceptAndReceive_EndsThemWithEintr(SocketType type)
    {
        int listener = OpenUnix(type);
        Ok(Stack.Bind(listener, PathOf("a")));
        Ok(Stack.Listen(listener, 1));
        int client = OpenUnix(type);
        Ok(Stack.Connect(client, PathOf("a"), -1));
        int server = Keep(Stack.Accept(listener, null!, -1));
        IsError(Errno.EINTR, ResultWhenClosed(listener, () => Stack.Accept(listener, null!, -1)));
        IsError(Errno.EINTR, ResultWhenClosed(server, () => Receive(server, new byte[1])));
        IsError(Errno.EINTR, ResultWhenClosed(OpenBoundTo("b", out int bound), () => Receive(bound, new byte[1])));
    }

    private int OpenBoundTo(string name, out int handle)
    {
        handle = OpenUnix(SocketType.Dgram);
        Ok(Stack.Bind(handle, PathOf(name)));
        return handle;
    }

    private int FullListener()
    {
        int listener = OpenUnix(SocketType.Stream);
        Ok(Stack.Bind(listener, PathOf("full")));
        Ok(Stack.Listen(listener, 1));
        int result;
        while ((result = Stack.Connect(OpenUnix(SocketType.Stream), PathOf("full"), 0)) == 0)
        {
        }

        IsError(Errno.EAGAIN, result);
        return listener;
    }

    private SocketAddress SendAndGetSender(int from, int to, SocketAddress address)
    {
        Ok(Stack.Send(from, [1], 0, 1, SocketFlags.None, address, -1));
        SocketAddress sender = new();
        SocketFlags flags = SocketFlags.None;
        Assert.AreEqual(1, Stack.Receive(to, new byte[1], 0, 1, ref flags, sender, -1));
        return sender;
    }

    private int OpenUnix(SocketType type)
    {
        return Keep(Stack.Open(AddressFamily.Unix, type, ProtocolType.Unspecified));
    }

    private SocketAddress PathOf(string name)
    {
        return Unix(System.Text.Encoding.ASCII.GetBytes(_folder + "/" + name));
    }

    private SocketAddress LongPath(int length)
    {
        byte[] path = new byte[length];
        Array.Fill(path, (byte)'p');
        System.Text.Encoding.ASCII.GetBytes(_folder + "/").CopyTo(path, 0);
        return Unix(path);
    }

    private static SocketAddress Unix(byte[] name)
    {
        SocketAddress address = new(AddressFamily.Unix, 2 + name.Length);
        name.CopyTo(address.Buffer, 2);
        return address;
    }
}
