using System.Text;
using static IoTNet.Posix;
using static IoTNet.PosixNames;

[assembly: DoNotParallelize]

namespace IoTNet.DnsPosix.Tests;

[TestClass]
public class PosixNamesTests
{
    [TestMethod]
    public void getaddrinfo_OfANumericHost_ListsEachTypeOfSocket()
    {
        var hints = new addrinfo { ai_flags = AI_CANONNAME };

        Assert.AreEqual(0, getaddrinfo("127.1", "80", hints, out var first));

        Assert.AreEqual(SOCK_STREAM, first.ai_socktype);
        Assert.AreEqual(IPPROTO_TCP, first.ai_protocol);
        Assert.AreEqual("127.1", first.ai_canonname);
        Assert.AreEqual(sockaddr_in.SizeOf, first.ai_addrlen);
        var address = new sockaddr_in(first.ai_addr);
        Assert.AreEqual(htons(80), address.sin_port);
        Assert.AreEqual(htonl(0x7F000001), address.sin_addr.s_addr);
        Assert.AreEqual(SOCK_DGRAM, first.ai_next.ai_socktype);
        Assert.AreEqual(SOCK_RAW, first.ai_next.ai_next.ai_socktype);
        Assert.IsNull(first.ai_next.ai_next.ai_next);
        freeaddrinfo(first);
    }

    [TestMethod]
    public void getaddrinfo_OfAScopedAddress_KeepsTheScope()
    {
        Assert.AreEqual(0, getaddrinfo("fe80::1%7", null!, new addrinfo { ai_family = AF_INET6, ai_socktype = SOCK_DGRAM }, out var only));

        var address = new sockaddr_in6(only.ai_addr);
        Assert.AreEqual(AF_INET6, only.ai_family);
        Assert.AreEqual(7u, address.sin6_scope_id);
        Assert.AreEqual("fe80::1", inet_ntop(AF_INET6, address.sin6_addr, null!, INET6_ADDRSTRLEN));
        Assert.IsNull(only.ai_next);
    }

    [TestMethod]
    [DataRow("::1", "80", 0, AF_INET, 0, EAI_ADDRFAMILY)]
    [DataRow("name", "80", AI_NUMERICHOST, 0, 0, EAI_NONAME)]
    [DataRow("127.0.0.1", "nosuch", 0, 0, 0, EAI_SERVICE)]
    [DataRow("127.0.0.1", "80", 0, 0, 9, EAI_SOCKTYPE)]
    [DataRow("127.0.0.1", "80", 0, 99, 0, EAI_FAMILY)]
    [DataRow("127.0.0.1", "80", 0, AF_UNIX, 0, EAI_FAMILY)]
    [DataRow("127.0.0.1", "80", 0x4000, 0, 0, EAI_BADFLAGS)]
    [DataRow(null, null, 0, 0, 0, EAI_NONAME)]
    public void getaddrinfo_ThatFails_GivesTheError(string? host, string? service, int flags, int family, int type, int expected)
    {
        var hints = new addrinfo { ai_flags = flags, ai_family = family, ai_socktype = type };

        Assert.AreEqual(expected, getaddrinfo(host!, service!, hints, out var none));
        Assert.IsNull(none);
    }

    [TestMethod]
    public void getnameinfo_WithNumbers_WritesBothTexts()
    {
        getaddrinfo("192.0.2.1", "80", null!, out var found);
        var host = new byte[NI_MAXHOST];
        var service = new byte[NI_MAXSERV];

        var result = getnameinfo(found.ai_addr, found.ai_addrlen, host, host.Length, service, service.Length, NI_NUMERICHOST);

        Assert.AreEqual(0, result);
        Assert.AreEqual("192.0.2.1 http", Text(host) + " " + Text(service));
    }

    [TestMethod]
    public void getnameinfo_WithoutRoom_IsAnOverflow()
    {
        getaddrinfo("192.0.2.1", "80", null!, out var found);
        int Names(byte[]? host, byte[]? service, int length) =>
            getnameinfo(found.ai_addr, length, host!, host?.Length ?? 0, service!, service?.Length ?? 0, NI_NUMERICHOST);

        Assert.AreEqual(EAI_OVERFLOW, Names(new byte[9], null, 16));
        Assert.AreEqual(0, Names(new byte[10], null, 16));
        Assert.AreEqual(EAI_OVERFLOW, Names(null, new byte[4], 16));
        Assert.AreEqual(0, Names(null, new byte[5], 16));
        Assert.AreEqual(EAI_NONAME, Names(null, null, 16));
        Assert.AreEqual(EAI_FAMILY, Names(new byte[10], null, 15));
        Assert.AreEqual(EAI_FAMILY, Names(new byte[10], null, 17));
    }

    [TestMethod]
    public void Tables_UnderPosixNames_GiveEntriesOrNull()
    {
        Assert.AreEqual(1, getprotobyname("icmp").p_proto);
        Assert.AreEqual("TCP", getprotobynumber(6).p_aliases[0]);
        Assert.AreEqual(htons(80), getservbyname("www", "tcp").s_port);
        Assert.AreEqual("syslog", getservbyport(htons(514), "udp").s_name);
        Assert.IsNull(getprotobyname("nosuch"));
        Assert.IsNull(getservbyname("http", "udp"));
        Assert.AreEqual("Name or service not known", gai_strerror(EAI_NONAME));
    }

    [TestMethod]
    public void Constants_UnderPosixNames_AreTheCanonicalOnes()
    {
        foreach (var error in Enum.GetValues<DnsError>().Where(e => e != DnsError.None))
        {
            Assert.AreEqual((int)error, typeof(PosixNames).GetField(error.ToString())!.GetValue(null), error.ToString());
        }
    }

    private static string Text(byte[] name) => Encoding.ASCII.GetString(name, 0, Array.IndexOf(name, (byte)0));
}
