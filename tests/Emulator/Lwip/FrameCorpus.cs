namespace IoTNet.Emulator.Tests;

/// <summary>Real frames that board A sends to board B when it uses everything that it has, and a few of kinds that only
/// routers send.</summary>
internal static class FrameCorpus
{
    /// <summary>02:00:00:00:00:02 from 02:00:00:00:00:01.</summary>
    private const string ToB = "020000000002020000000001";

    private const string LinkLocalA = "FE80000000000000000000FFFE000001", LinkLocalB = "FE80000000000000000000FFFE000002",
        AllNodes = "FF020000000000000000000000000001";

    // Lengths and checksums are put right below.
    private static readonly string[] s_routers =
    [
        // IGMPv2 query (RFC 2236 2), with the router alert option.
        "0800" + "4600002000000000010200000A000001E0000001" + "94040000" + "11640000" + "00000000",

        // ICMP: unreachable port and fragmentation needed, each with the packet in question; redirect; timestamp; mask request.
        "0800" + "4500003800000000400100000A0000010A000002" + "0303000000000000" + "4500002800000000400600000A0000020A000001" + "0007C00000000001",
        "0800" + "4500003800000000400100000A0000010A000002" + "0304000000000100" + "4500002800000000401100000A0000020A000001" + "0007C00000000001",
        "0800" + "4500003800000000400100000A0000010A000002" + "050100000A000063" + "4500002800000000401100000A0000020A000001" + "0007C00000000001",
        "0800" + "4500002800000000400100000A0000010A000002" + "0D00000000010001" + "000000000000000000000000",
        "0800" + "4500002000000000400100000A0000010A000002" + "1100000000010001" + "00000000",

        // IPv4 with a source route; an IPv4 fragment without a beginning.
        "0800" + "4800002800000000401100000A0000010A000002" + "830B040A0000090A00000200" + "0007000700080000",
        "0800" + "4500002400012005401100000A0000010A000002" + "00070007001000000102030405060708",

        // ICMPv6 (RFC 4861 4): router advertisement with all options, solicitation, neighbour ones, redirect.
        "86DD" + "6000000000003AFF" + LinkLocalA + AllNodes + "86000000" + "40C00708" + "0000000000000000" + "0101020000000001" +
            "05010000000005DC" + "030440C00000FFFF0000FFFF00000000FD000000000000000000000000000000" + "1903000000000E10" + LinkLocalA,
        "86DD" + "6000000000003AFF" + LinkLocalA + "FF020000000000000000000000000002" + "8500000000000000" + "0101020000000001",
        "86DD" + "6000000000003AFF" + LinkLocalA + "FF0200000000000000000001FF000002" + "8700000000000000" + LinkLocalB + "0101020000000001",
        "86DD" + "6000000000003AFF" + LinkLocalA + LinkLocalB + "88000000E0000000" + LinkLocalA + "0201020000000001",
        "86DD" + "6000000000003AFF" + LinkLocalA + LinkLocalB + "8900000000000000" + LinkLocalA + LinkLocalB + "0201020000000001",

        // Packet too big, unreachable, parameter problem; MLD query behind hop-by-hop options (RFC 2710).
        "86DD" + "6000000000003AFF" + LinkLocalA + LinkLocalB + "0200000000000500" + "60000000000806FF" + LinkLocalB + LinkLocalA + "0007C00000000001",
        "86DD" + "6000000000003AFF" + LinkLocalA + LinkLocalB + "0104000000000000" + "60000000000811FF" + LinkLocalB + LinkLocalA + "0007C00000000001",
        "86DD" + "6000000000003AFF" + LinkLocalA + LinkLocalB + "0401000000000006" + "60000000000811FF" + LinkLocalB + LinkLocalA + "0007C00000000001",
        "86DD" + "6000000000000001" + LinkLocalA + AllNodes + "3A00050200000000" + "820000002710000000000000000000000000000000000000",

        // UDP behind destination options, a routing header and a fragment header (RFC 8200 4).
        "86DD" + "6000000000003CFF" + LinkLocalA + LinkLocalB + "1100010400000000" + "00070007000C00001122334455667788",
        "86DD" + "6000000000002BFF" + LinkLocalA + LinkLocalB + "1102000100000000" + LinkLocalB + "00070007000C00001122334455667788",
        "86DD" + "6000000000002CFF" + LinkLocalA + LinkLocalB + "1100000012345678" + "00070007000C00001122334455667788",
        "86DD" + "6000000000002CFF" + LinkLocalA + LinkLocalB + "1100000112345679" + "00070007001800001122334455667788",
        "86DD" + "6000000000002CFF" + LinkLocalA + LinkLocalB + "1100001812345679" + "112233445566778811223344",
    ];

    /// <summary>Collects the frames.</summary>
    /// <param name="net">Two boards that nobody uses yet; as much afterwards.</param>
    internal static List<byte[]> Record(TwoBoards net)
    {
        List<byte[]> frames = [];
        net.Cable.Filter = (end, frame) =>
        {
            lock (frames)
            {
                if (end == net.Cable.A)
                {
                    frames.Add(frame);
                }
            }

            return true;
        };
        UseStreams(net);
        UseDatagrams(net, AddressFamily.InterNetwork, TwoBoards.At(2, 9), TwoBoards.At(1, 9));
        UseDatagrams(net, AddressFamily.InterNetworkV6, TwoBoards.At6(2, 9), TwoBoards.At6(1, 9));
        net.Settle();
        net.Cable.Filter = null;
        foreach (string hex in s_routers)
        {
            byte[] frame = Convert.FromHexString(ToB + hex);
            int length = frame.Length - 14;
            int at = frame[12] == 0x08 ? 16 : 18;
            length -= frame[12] == 0x08 ? 0 : 40;
            frame[at] = (byte)(length >> 8);
            frame[at + 1] = (byte)length;
            Checksums.Repair(frame);
            frames.Add(frame);
        }

        return frames;
    }

    private static void UseStreams(TwoBoards net)
    {
        foreach (AddressFamily family in (AddressFamily[])[AddressFamily.InterNetwork, AddressFamily.InterNetworkV6])
        {
            bool v6 = family == AddressFamily.InterNetworkV6;
            using Socket listener = net.Open(net.OnB, family, SocketType.Stream);
            listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            listener.Bind(new IPEndPoint(v6 ? IPAddress.IPv6Any : IPAddress.Any, 7));
            listener.Listen(1);
            using Socket client = net.Open(net.OnA, family, SocketType.Stream);
            client.Connect(v6 ? TwoBoards.At6(2, 7) : TwoBoards.At(2, 7), TwoBoards.PatienceMs);
            Assert.IsTrue(listener.Accept(TwoBoards.PatienceMs, out Socket server));
            using (server)
            {
                client.Send(new byte[3000]);
                server.Receive(new byte[3000], 0, 3000, SocketFlags.WaitAll);
                server.Send(new byte[100]);
                client.Receive(new byte[100], 0, 100, SocketFlags.WaitAll);
                client.Shutdown(SocketShutdown.Send);
                Assert.AreEqual(0, server.Receive(new byte[1]));
            }

            // A refused one: RST from B, and one from A.
            _ = net.Open(net.OnA, family, SocketType.Stream).TryConnect(v6 ? TwoBoards.At6(2, 99) : TwoBoards.At(2, 99), TwoBoards.PatienceMs);
            _ = net.Open(net.OnB, family, SocketType.Stream).TryConnect(v6 ? TwoBoards.At6(1, 99) : TwoBoards.At(1, 99), TwoBoards.PatienceMs);
        }
    }

    private static void UseDatagrams(TwoBoards net, AddressFamily family, IPEndPoint b, IPEndPoint a)
    {
        bool v6 = family == AddressFamily.InterNetworkV6;
        using Socket sender = net.Open(net.OnA, family, SocketType.Dgram);
        using Socket receiver = net.Open(net.OnB, family, SocketType.Dgram);
        receiver.Bind(new IPEndPoint(v6 ? IPAddress.IPv6Any : IPAddress.Any, b.Port));
        foreach (int size in (int[])[0, 1, 100, 1472, 5000])
        {
            _ = sender.SendTo(new byte[size], b);
        }

        if (!v6)
        {
            sender.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Broadcast, true);
            _ = sender.SendTo(new byte[10], new IPEndPoint(IPAddress.Broadcast, b.Port));
        }

        SocketOptionLevel level = v6 ? SocketOptionLevel.IPv6 : SocketOptionLevel.IP;
        IPAddress group = IPAddress.Parse(v6 ? "ff02::4242" : "239.1.2.3");
        byte[] membership = [.. group.GetAddressBytes(), .. v6 ? [2, 0, 0, 0] : a.Address.GetAddressBytes()];
        sender.SetSocketOption(level, SocketOptionName.AddMembership, membership);
        _ = sender.SendTo(new byte[10], new IPEndPoint(group, b.Port));
        sender.SetSocketOption(level, SocketOptionName.DropMembership, membership);

        // A ping there, and the answer to one from there.
        ProtocolType icmp = v6 ? ProtocolType.IcmpV6 : ProtocolType.Icmp;
        byte[] request = [v6 ? (byte)128 : (byte)8, 0, 0, 0, 0, 1, 0, 1, 1, 2, 3, 4];
        if (!v6)
        {
            ushort checksum = Checksums.Of(request);
            request[2] = (byte)(checksum >> 8);
            request[3] = (byte)checksum;
        }

        _ = net.Open(net.OnA, family, SocketType.Raw, icmp).SendTo(request, new IPEndPoint(b.Address, 0));
        _ = net.Open(net.OnB, family, SocketType.Raw, icmp).SendTo(request, new IPEndPoint(a.Address, 0));
    }
}
