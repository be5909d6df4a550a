namespace IoTNet.Tests;

[TestClass]
public sealed class NullStackTests
{
    [TestMethod]
    public void Open_OnNullStack_SaysWhatIsNotSupported()
    {
        NetworkStack stacks = new(new NullStack(), new LoopbackStack());
        var error = Assert.ThrowsExactly<SocketException>(
            () => new Socket(stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        Assert.AreEqual(Errno.EAFNOSUPPORT, error.Errno);
        StringAssert.Contains(error.Message, "open a socket of family 2, type 1, protocol 6: the address family is not supported (EAFNOSUPPORT)");
    }

    [TestMethod]
    public void Open_UnixOnABoardWithout_ComesFromTheInMemoryStack()
    {
        NetworkStack stacks = new(new NullStack(), new LoopbackStack());
        using Socket socket = new(stacks, AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        Assert.AreSame(stacks.Local, socket.Stack);
    }

    [TestMethod]
    public void EveryCall_OnNullStack_IsAnErrorNeverSuccess()
    {
        NullStack stack = new();
        SocketAddress address = new();
        SocketFlags flags = SocketFlags.None;
        byte[] bytes = new byte[4];
        int[] answers =
        [
            stack.Open(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp), stack.Close(1), stack.Bind(1, address),
            stack.Listen(1, 1), stack.Accept(1, address, 0), stack.Connect(1, address, 0), stack.Shutdown(1, SocketShutdown.Both),
            stack.Send(1, bytes, 0, 4, flags, null, 0), stack.Receive(1, bytes, 0, 4, ref flags, null, 0),
            stack.SendMsg(1, new SocketMessage(), 0), stack.ReceiveMsg(1, new SocketMessage(), 0),
            stack.GetOption(1, SocketOptionLevel.Socket, SocketOptionName.Error, bytes, 4),
            stack.SetOption(1, SocketOptionLevel.Socket, SocketOptionName.KeepAlive, bytes, 4),
            stack.GetLocalAddress(1, address), stack.GetRemoteAddress(1, address),
        ];
        Assert.IsTrue(Array.TrueForAll(answers, a => a < 0));
        Assert.AreEqual((int)PollEvents.Nval, stack.Poll(1, PollEvents.In, 0));
        int[] results = new int[2];
        Assert.AreEqual(1, stack.PollMany([-1, 5], [1, 1], results, 2, 0));
        CollectionAssert.AreEqual(new[] { 0, (int)PollEvents.Nval }, results);
    }
}
