namespace IoTNet.Emulator.Tests;

/// <summary>A network's addresses, names, cables and end.</summary>
[TestClass]
public sealed class EmulatedNetworkTests : IDisposable
{
    private const int PatienceMs = 10_000;
    private readonly EmulatedNetwork _network = new(seed: 1);

    public void Dispose() => _network.Dispose();

    [TestMethod]
    public void AddBoard_WithoutAnAddress_GivesTheNextOne()
    {
        EmulatedBoard a = _network.AddBoard("a");
        EmulatedBoard b = _network.AddBoard("b", BoardProfile.Stm32);
        Assert.AreEqual("10.0.2.15", a.Options.Address.ToString());
        Assert.AreEqual("10.0.2.16", b.Options.Address.ToString());
        Assert.AreSame(BoardProfile.Esp32, a.Profile);
        Assert.AreSame(BoardProfile.Stm32, b.Profile);
        CollectionAssert.AreEqual(new[] { a, b }, _network.Boards.ToArray());
        Assert.IsTrue(a.IsOn);
    }

    [TestMethod]
    public void AddBoard_AfterOneThatBroughtTheNextAddress_PassesOverIt()
    {
        _network.AddBoard(At("a", "10.0.2.15"));
        Assert.AreEqual("10.0.2.16", _network.AddBoard("b").Options.Address.ToString());
    }

    [TestMethod]
    public void AddBoard_WithAnAddressThatIsTaken_NamesTheOwner()
    {
        _network.AddBoard("a");
        ArgumentException e = Assert.ThrowsExactly<ArgumentException>(() => _network.AddBoard(At("b", "10.0.2.15")));
        StringAssert.Contains(e.Message, "Board b cannot have the address 10.0.2.15: board a has it.");
        Assert.HasCount(1, _network.Boards);
        Assert.HasCount(1, _network.Switch.Ports);
    }

    [TestMethod]
    public void AddBoard_TwoWithoutAnyAddress_AreBothThere()
    {
        _network.AddBoard(At("a", "0.0.0.0"));
        _network.AddBoard(At("b", "0.0.0.0"));
        Assert.HasCount(2, _network.Boards);
    }

    [TestMethod]
    public void AddBoard_WithANameThatIsTaken_Throws()
    {
        _network.AddBoard("a");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => _network.AddBoard("a")).Message, "named a already");
    }

    [TestMethod]
    public void FindBoard_ByItsName_FindsItOrNothing()
    {
        EmulatedBoard a = _network.AddBoard("a");
        Assert.AreSame(a, _network.FindBoard("a"));
        Assert.IsNull(_network.FindBoard("A"));
    }

    [TestMethod]
    public void Partition_OfTwo_LeavesTheThirdToBothUntilItIsHealed()
    {
        EmulatedBoard a = _network.AddBoard("a");
        EmulatedBoard b = _network.AddBoard("b");
        EmulatedBoard c = _network.AddBoard("c");
        using Ear earOfB = new(b);
        using Ear earOfC = new(c);

        // They have met: a first datagram would wait in a until b's Ethernet address is known, and arrive after all.
        earOfB.Tell(a, 0);
        Assert.AreEqual(0, earOfB.Hear());
        _network.Partition(a, b);
        earOfB.Tell(a, 1);
        earOfC.Tell(a, 2);

        // What went to c was sent later, and has arrived.
        Assert.AreEqual(2, earOfC.Hear());
        Assert.AreEqual(PollEvents.None, earOfB.Socket.Wait(PollEvents.In, 0));
        _network.Heal(a, b);
        earOfB.Tell(a, 3);
        Assert.AreEqual(3, earOfB.Hear());
    }

    [TestMethod]
    public void SetLink_OnABoard_CountsBothWays()
    {
        EmulatedBoard a = _network.AddBoard("a");
        _network.SetLink(a, LinkConditions.Down);
        Assert.IsFalse(_network.PortOf(a).FromDevice.Up);
        Assert.IsFalse(_network.PortOf(a).ToDevice.Up);
    }

    [TestMethod]
    public void AddBoard_WithALink_LosesItsFirstFrame()
    {
        // lwIP announces its address when it gets power (gratuitous ARP).
        EmulatedBoard a = _network.AddBoard("a", link: LinkConditions.Down);
        Assert.AreEqual(a.GetState().FramesOut, _network.PortOf(a).CountFromDevice(FrameFate.LinkDown));
        Assert.AreNotEqual(0, a.GetState().FramesOut);
    }

    [TestMethod]
    public void PortOf_ABoardOfAnotherNetwork_Throws()
    {
        using EmulatedNetwork other = new(seed: 1);
        EmulatedBoard stranger = other.AddBoard("a");
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => _network.PortOf(stranger)).Message, "Board a is not of this network");
    }

    [TestMethod]
    public void Dispose_WithBoards_CutsTheirPowerAndTakesNoMore()
    {
        EmulatedBoard a = _network.AddBoard("a");
        _network.Dispose();
        Assert.IsFalse(a.IsOn);
        Assert.IsEmpty(_network.Boards);
        Assert.ThrowsExactly<ObjectDisposedException>(() => _network.AddBoard("b"));
    }

    private static BoardOptions At(string name, string address)
    {
        return new BoardOptions { Name = name, Address = IPAddress.Parse(address) };
    }

    /// <summary>A UDP socket on a board.</summary>
    private sealed class Ear : IDisposable
    {
        private readonly EmulatedBoard _board;

        public Ear(EmulatedBoard board)
        {
            _board = board;
            Socket = Open(board);
            Socket.Bind(new IPEndPoint(IPAddress.Any, 7));
        }

        public Socket Socket { get; }

        public void Tell(EmulatedBoard from, byte word)
        {
            using Socket mouth = Open(from);
            mouth.SendTo([word], 0, 1, SocketFlags.None, new IPEndPoint(_board.Options.Address, 7));
        }

        public byte Hear()
        {
            byte[] word = new byte[1];
            Socket.ReceiveTimeout = PatienceMs;
            Assert.AreEqual(1, Socket.Receive(word));
            return word[0];
        }

        public void Dispose() => Socket.Close();

        private static Socket Open(EmulatedBoard board)
        {
            return new Socket(board.Stacks, AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        }
    }
}
