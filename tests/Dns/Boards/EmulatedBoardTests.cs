using IoTNet.Emulator;

namespace IoTNet.Tests.Dns;

/// <summary>The resolver on emulated boards, with the real lwIP.</summary>
[TestClass]
public sealed class EmulatedBoardTests
{
    [TestMethod]
    public void Query_ThroughTheGatewayUnderLoss_FindsTheNameAlways() => TestNetwork.Run(net =>
    {
        using FakeServer server = new(c => c.Reply(c.Query.Addresses("192.0.2.1")));
        net.Patience = TimeSpan.FromSeconds(60);
        net.AddGateway();
        EmulatedBoard board = net.AddBoard("board", BoardProfile.Esp32);
        net.SetLink(board, new LinkConditions { Loss = 0.3 });
        Resolver resolver = new(new ResolverOptions
        {
            Servers = [new IPEndPoint(EmulatedNetwork.Router, server.EndPoint.Port)], AttemptTimeoutMs = 100, Attempts = 16, CacheEntries = 0,
        });
        net.Wait(board.Run(() =>
        {
            DnsAnswer answer = new();
            for (int i = 0; i < 20; i++)
            {
                Assert.AreEqual(1, resolver.Query("name" + i + ".example", DnsType.A, 20_000, answer));
            }
        }));

        Assert.IsTrue(server.Queries.Count >= 20, server.Queries.Count + " questions came");
    });

    [TestMethod]
    public void Query_OfALocalName_IsAnsweredByItsOwner() => TestNetwork.Run(net =>
    {
        EmulatedBoard owner = net.AddBoard("owner", BoardProfile.Esp32), asker = net.AddBoard("asker", BoardProfile.Esp32);
        using ManualResetEventSlim ready = new();
        BoardProgram responder = owner.Run(() => RespondOnce(owner.Address, ready));
        net.Wait(asker.Run(() =>
        {
            Assert.IsTrue(ready.Wait(10_000));
            DnsAnswer answer = new();
            Assert.AreEqual(1, new Resolver().Query("Owner.local", DnsType.A, 8000, answer));
            Assert.AreEqual(owner.Address, answer[0].Address);
            Assert.AreEqual(10, answer.TtlSeconds);
        }));
        net.Wait(responder);
    });

    [TestMethod]
    public void Query_OfALocalNameThatNobodyHas_EndsInTime() => TestNetwork.Run(net =>
    {
        EmulatedBoard asker = net.AddBoard("asker", BoardProfile.Esp32);
        net.Wait(asker.Run(() => Assert.AreEqual((int)DnsError.EAI_NONAME, new Resolver().Query("nobody.local", DnsType.A, 300, new DnsAnswer()))));
    });

    [TestMethod]
    public void GetNameServers_OfABoard_GivesItsLinks() => TestNetwork.Run(net =>
    {
        net.AddGateway();
        EmulatedBoard still = net.AddBoard("still", BoardProfile.Esp32);
        EmulatedBoard leased = net.AddBoard("leased", BoardProfile.Esp32, useDhcp: true);
        leased.WaitForAddress(20_000);
        foreach (EmulatedBoard board in new[] { still, leased })
        {
            net.Wait(board.Run(() =>
            {
                IPAddress[] servers = new IPAddress[2];
                Assert.AreEqual(1, ((INameServers)NetworkStack.Current.Network).GetNameServers(servers), board.Name);
                Assert.AreEqual(EmulatedNetwork.NameServer, servers[0], board.Name);
            }));
        }
    });

    // A responder as small as it gets: waits for the question, answers it by unicast (RFC 6762 6.7).
    private static void RespondOnce(IPAddress own, ManualResetEventSlim ready)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 10_000 };
        socket.Bind(new IPEndPoint(IPAddress.Any, 5353));
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, [224, 0, 0, 251, .. own.GetAddressBytes()]);
        ready.Set();
        byte[] buffer = new byte[512];
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        int count = socket.ReceiveFrom(buffer, ref from);
        Message query = new(buffer[..count], 0);
        socket.SendTo(Message.Build(query.Id, query.Name, query.Type, 0x8400, DnsSection.Answer, (query.Name, DnsType.A, 10, own.GetAddressBytes())), from);
    }
}
