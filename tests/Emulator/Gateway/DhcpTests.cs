using System.Net.Sockets;
using NetSocket = System.Net.Sockets.Socket;

namespace IoTNet.Emulator.Tests;

/// <summary>Boards get their address from the gateway.</summary>
[TestClass]
public sealed class DhcpTests
{
    [TestMethod]
    public void WaitForAddress_WithAGateway_GetsAddressMaskRouterAndNameServer()
    {
        using EmulatedNetwork network = new(seed: 1);
        _ = network.AddGateway();
        EmulatedBoard board = network.AddBoard("board1", useDhcp: true);

        Assert.AreEqual(IPAddress.Parse("10.0.2.15"), board.WaitForAddress(Bench.PatienceMs));

        DhcpLease lease = board.Lease!;
        Assert.AreEqual(IPAddress.Parse("255.255.255.0"), lease.Netmask);
        Assert.AreEqual(Bench.Host, lease.Router);
        Assert.AreEqual(Bench.Host, lease.Server);
        CollectionAssert.AreEqual(new[] { IPAddress.Parse("10.0.2.3") }, lease.NameServers.ToArray());
        Assert.AreEqual(86_400u, lease.Seconds);
    }

    [TestMethod]
    public void WaitForAddress_Afterwards_TheBoardIsReachable()
    {
        using Bench bench = new();
        EmulatedBoard board = bench.Network.AddBoard("board2", BoardProfile.Unlimited, useDhcp: true);
        Assert.ThrowsExactly<ArgumentException>(() => bench.Network.AddForward(Forward.Parse("tcp:[::1]:0:board2:7")));
        Assert.AreEqual(IPAddress.Parse("10.0.2.16"), board.WaitForAddress(Bench.PatienceMs));
        bench.RunTcpEcho(7, board: board);

        using NetSocket client = Bench.Connect(bench.Forward(ProtocolType.Tcp, 7, board));
        client.Send([1]);

        CollectionAssert.AreEqual(new byte[] { 1 }, Bench.ReceiveAll(client, 1));
    }

    [TestMethod]
    public void WaitForAddress_Of16BoardsAtOnce_GivesEachItsOwn()
    {
        using EmulatedNetwork network = new(seed: 1);
        _ = network.AddGateway();
        EmulatedBoard[] boards = [.. Enumerable.Range(1, 16).Select(i => network.AddBoard("board" + i, useDhcp: true))];

        for (int i = 0; i < boards.Length; i++)
        {
            Assert.AreEqual(IPAddress.Parse("10.0.2." + (15 + i)), boards[i].WaitForAddress(Bench.PatienceMs));
        }
    }

    [TestMethod]
    public void Reset_OfABoardWithDhcp_GetsTheAddressAgain()
    {
        using EmulatedNetwork network = new(seed: 1);
        _ = network.AddGateway();
        EmulatedBoard board = network.AddBoard("board1", useDhcp: true);
        IPAddress first = board.WaitForAddress(Bench.PatienceMs);

        board.PowerOff();
        Assert.AreEqual(IPAddress.Any, board.Address);
        board.PowerOn();

        Assert.AreEqual(first, board.WaitForAddress(Bench.PatienceMs));
    }

    [TestMethod]
    public void WaitForAddress_OnARestrictedGateway_GetsNoRouter()
    {
        using EmulatedNetwork network = new(seed: 1);
        _ = network.AddGateway(new GatewayOptions { Restricted = true });
        EmulatedBoard board = network.AddBoard("board1", useDhcp: true);

        _ = board.WaitForAddress(Bench.PatienceMs);

        Assert.AreEqual(IPAddress.Any, board.Lease!.Router);
        Assert.IsEmpty(board.Lease.NameServers);
    }

    [TestMethod]
    public void WaitForAddress_WithoutAServer_SaysThatNobodyAnswered()
    {
        using EmulatedNetwork network = new(seed: 1);
        _ = network.AddGateway(new GatewayOptions { HasDhcp = false });
        EmulatedBoard board = network.AddBoard("board1", useDhcp: true);

        TimeoutException none = Assert.ThrowsExactly<TimeoutException>(() => board.WaitForAddress(100));

        StringAssert.Contains(none.Message, "board1");
        StringAssert.Contains(none.Message, "nobody answered");
        Assert.AreEqual(IPAddress.Any, board.Address);
    }
}
