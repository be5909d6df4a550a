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
    [DataRow(0.0)]
    [DataRow(0.3)]
    public void Query_OfARealServerThroughTheGateway_FindsWhatItHas(double loss)
    {
        if (!Dnsmasq.IsThere)
        {
            Assert.Inconclusive("dnsmasq is not installed: tools/setup.sh");
        }

        using Dnsmasq server = new();
        TestNetwork.Run(net =>
        {
            net.Patience = TimeSpan.FromSeconds(90);
            net.AddGateway();
            EmulatedBoard board = net.AddBoard("board", BoardProfile.Esp32);
            net.SetLink(board, new LinkConditions { Loss = loss });
            net.Wait(board.Run(() => AskAll(new IPEndPoint(EmulatedNetwork.Router, server.Port), loss)));
        });
    }

    private static void AskAll(IPEndPoint server, double loss)
    {
        Resolver resolver = new(new ResolverOptions
        {
            Servers = [server], AttemptTimeoutMs = loss > 0 ? 100 : 5000, Attempts = 16, CacheEntries = 0, MaxRecords = Dnsmasq.BigTexts,
        });
        DnsAnswer answer = new();
        foreach ((string name, DnsType type, int expected) in new[]
        {
            ("host.iot.test", DnsType.A, 1), ("one.iot.test", DnsType.AAAA, 1), ("two.iot.test", DnsType.A, 2), ("iot.test", DnsType.MX, 1),
            ("10.2.0.192.in-addr.arpa", DnsType.PTR, 1), ("_mqtt._tcp.iot.test", DnsType.SRV, 1), ("big.iot.test", DnsType.TXT, Dnsmasq.BigTexts),
            ("nobody.iot.test", DnsType.A, (int)DnsError.EAI_NONAME), ("two.iot.test", DnsType.AAAA, (int)DnsError.EAI_NODATA),
        })
        {
            // By TCP, whose repetitions take seconds each.
            if (expected == Dnsmasq.BigTexts && loss > 0)
            {
                continue;
            }

            Assert.AreEqual(expected, resolver.Query(name, type, 60_000, answer), name + " " + type);
        }
    }

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
    public void Cancel_OfALocalNamesQuery_EndsIt() => TestNetwork.Run(net =>
    {
        EmulatedBoard neighbour = net.AddBoard("neighbour", BoardProfile.Esp32), asker = net.AddBoard("asker", BoardProfile.Esp32);
        using ManualResetEventSlim ready = new();
        Resolver resolver = new(new ResolverOptions { Attempts = 16 });
        BoardProgram listener = neighbour.Run(() =>
        {
            using Socket socket = JoinGroup(neighbour.Address);
            ready.Set();
            socket.Receive(new byte[512]);
            resolver.Cancel();
        });
        net.Wait(asker.Run(() =>
        {
            Assert.IsTrue(ready.Wait(10_000));
            Assert.AreEqual((int)DnsError.EAI_CANCELED, resolver.Query("nobody.local", DnsType.A, -1, new DnsAnswer()));
        }));
        net.Wait(listener);
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

    private static Socket JoinGroup(IPAddress own)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 10_000 };
        socket.Bind(new IPEndPoint(IPAddress.Any, 5353));
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, [224, 0, 0, 251, .. own.GetAddressBytes()]);
        return socket;
    }

    // A responder as small as it gets: waits for the question, answers it by unicast (RFC 6762 6.7). Before that come
    // answers that must not be believed: from another port, with another id, for another name, with an error, a question.
    private static void RespondOnce(IPAddress own, ManualResetEventSlim ready)
    {
        using Socket socket = JoinGroup(own), elsewhere = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        ready.Set();
        byte[] buffer = new byte[512];
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        int count = socket.ReceiveFrom(buffer, ref from);
        Message query = new(buffer[..count], 0);
        elsewhere.SendTo(Answer(query.Id, query.Name, 0x8400, [192, 0, 2, 66]), from);
        socket.SendTo(Answer(query.Id ^ 1, query.Name, 0x8400, [192, 0, 2, 67]), from);
        socket.SendTo(Answer(query.Id, "other.local", 0x8400, [192, 0, 2, 68]), from);
        socket.SendTo(Answer(query.Id, query.Name, 0x8403, [192, 0, 2, 69]), from);
        socket.SendTo(Answer(query.Id, query.Name, 0, [192, 0, 2, 70]), from);
        socket.SendTo(Answer(query.Id, query.Name, 0x8400, own.GetAddressBytes()), from);
    }

    private static byte[] Answer(int id, string name, int flags, byte[] address) =>
        Message.Build(id, name, DnsType.A, flags, DnsSection.Answer, (name, DnsType.A, 10, address));
}
