namespace IoTNet.DnsNames.Tests;

/// <summary>getaddrinfo() of addresses in text form and of this host, beside the C library's.</summary>
[TestClass]
public class AddressInfoTests
{
    private const string Program =
        """
        def answer(host, service, family, type, protocol, flags):
            found = socket.getaddrinfo(host and host.encode(), service, family, type, protocol, flags)
            return ' '.join('%d/%d/%d/%s/%s/%d/%d' % (f, t, p, c, a[0], a[1], a[3] if len(a) > 2 else 0) for f, t, p, c, a in found)
        """;

    private static readonly string?[] s_hosts =
    [
        null, "127.0.0.1", "127.1", "0x7f.1", "0177.0.0.01", "2130706433", "0.0.0.0", "255.255.255.255", "192.0.2.1", "1.2.3.256",
        "1.2.3.4.5", "08.1.1.1", "1.2.3.", ".1", "127.0.0.1 ", " 127.0.0.1", "127.0.0.1x", "1..2", "0x", "4294967296", "*",
        "::", "::1", "2001:DB8::1", "::ffff:1.2.3.4", "64:ff9b::1.2.3.4", "fe80::1", "fe80::1%1", "fe80::1%lo", "fe80::1%nosuch", "fe80::1%",
        "fe80::1%01", "fe80::1%4294967295", "fe80::1%4294967296", "fe80::1%1x", "ff02::1%lo", "ff05::1%lo", "ff01::1%lo", "::1%lo", "::1%3", "1::2::3",
        "12345::", ":::", "1:2:3:4:5:6:7:8:9", "[::1]", "::1/128", "example", "localhost", "1.2.3.4%1",
    ];

    private static readonly string?[] s_services =
        [null, "", "*", "0", "7", "80", "65535", "007", "http", "www", "syslog", "ntp", "tftp", "domain", "HTTP", "nosuch", "80x", "0x50"];

    private static readonly int[] s_flags = [0, 0, 0, 1, 2, 8, 0x18, 0x400, 1 | 8, 2 | 8, 0x100000, 0x40000000];

    // Only what both have: SCTP (seqpacket) and DCCP are the C library's alone, numbers above 65535 wrap there. AI_ADDRCONFIG
    // depends on the machine and has tests of its own. What might be a name gets AI_NUMERICHOST, so that nobody is asked.
    [TestMethod]
    public void GetAddrInfo_OfRandomNumericArguments_IsTheCLibrarys()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var questions = Enumerable.Range(0, 20_000).Select(_ => new object?[]
        {
            Pick(random, s_hosts), Pick(random, s_services), Pick(random, [0, 0, 0, 2, 10, 2, 10, 1, 99]), Pick(random, [0, 0, 0, 1, 2, 3, 4, 7]),
            Pick(random, [0, 0, 0, 1, 6, 17, 58, 136, 255]), Pick(random, s_flags) | 4,
        }).ToArray();

        using var board = new NoNetwork();
        var theirs = Python.Ask(Program, questions);

        foreach (var (question, answer) in questions.Zip(theirs))
        {
            Assert.AreEqual(answer, Ours(question), $"seed {seed}: {string.Join(", ", question.Select(q => q ?? "null"))}");
        }

        Assert.IsGreaterThan(1000, theirs.Count(t => t.Contains('/', StringComparison.Ordinal)), "successes");
    }

    [TestMethod]
    [DataRow("127.0.0.1", "65536", "-8", DisplayName = "a port that glibc wraps to 0")]
    [DataRow("127.0.0.1", " 80", "-8", DisplayName = "white space that glibc skips")]
    [DataRow("127.0.0.1", "+80", "-8", DisplayName = "a sign that glibc skips")]
    [DataRow("1.2.3.4.5", "80", "-2", DisplayName = "a name that ends with a number: glibc asks for it")]
    [DataRow("1.2.3.4.", "80", "-2", DisplayName = "likewise")]
    [DataRow("::1::", "80", "-2", DisplayName = "a name with colons: likewise")]
    [DataRow("", "80", "-2", DisplayName = "an empty name: likewise")]
    public void GetAddrInfo_OfWhatGlibcTakes_IsRefused(string host, string service, string expected)
    {
        using var board = new NoNetwork();

        Assert.AreEqual(expected, Ours([host, service, 0, 0, 0, 0]));
    }

    [TestMethod]
    [DataRow(null, 1)]
    [DataRow(null, 0)]
    [DataRow("127.1", 0)]
    [DataRow("fe80::1%2", 2)]
    [DataRow("::ffff:1.2.3.4", 0)]
    [DataRow("example", 4)]
    public void GetAddrInfo_OfANumericHost_OpensNoSocket(string? host, int flags)
    {
        using var board = new NoNetwork();

        Dns.TryGetAddrInfo(host!, "http", new AddressHints { Flags = (AddressInfoFlags)flags }, -1, out _);
    }

    [TestMethod]
    public void GetAddrInfo_ThatFails_ThrowsWithTheCause()
    {
        var e = Assert.ThrowsExactly<DnsException>(() => Dns.GetAddrInfo("::1", "80", new AddressHints { Family = AddressFamily.InterNetwork }));

        Assert.AreEqual(DnsError.EAI_ADDRFAMILY, e.Error);
        Assert.AreEqual("Cannot resolve ::1, service 80: Address family for hostname not supported (-9).", e.Message);
        Assert.AreEqual(Errno.EAFNOSUPPORT, e.Errno);
        Assert.AreEqual(SocketError.NoData, e.SocketErrorCode);
        Assert.AreEqual((int)SocketError.NoData, e.ErrorCode);
    }

    [TestMethod]
    public void GetAddrInfo_WithATimeoutBelowMinus1_Throws()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Dns.GetAddrInfo("127.0.0.1", "80", null, -2));
    }

    [TestMethod]
    public void GetHostEntry_OfAnAddress_GivesItBack()
    {
        var entry = Dns.GetHostEntry("192.0.2.7");

        Assert.AreEqual("192.0.2.7", entry.HostName);
        CollectionAssert.AreEqual(new[] { IPAddress.Parse("192.0.2.7") }, entry.AddressList);
        Assert.ThrowsExactly<ArgumentNullException>(() => Dns.GetHostEntry(null));
        Assert.AreEqual("", new IPHostEntry().HostName);
    }

    [TestMethod]
    public void GetHostEntry_OfNoName_ThrowsWhatNanoFrameworkThrows()
    {
        SocketException e = Assert.ThrowsExactly<DnsException>(() => Dns.GetHostEntry("300.0.0.1"));

        Assert.AreEqual(11001, e.ErrorCode, "host not found");
    }

    // An exception's text is glibc's, so that a search for it finds help; glibc has none for EAI_OVERFLOW.
    [TestMethod]
    public void GaiStrError_OfEveryError_IsGlibcs()
    {
        var errors = Enum.GetValues<DnsError>().Where(e => e is not (DnsError.None or DnsError.EAI_OVERFLOW)).ToArray();

        var theirs = Python.Ask(
            """
            import ctypes
            def answer(error):
                text = ctypes.CDLL(None).gai_strerror
                text.restype = ctypes.c_char_p
                return text(error).decode()
            """, [.. errors.Select(e => new object?[] { (int)e })]);

        CollectionAssert.AreEqual(theirs, errors.Select(Dns.GaiStrError).ToArray());
        Assert.AreEqual("Unknown error", Dns.GaiStrError((DnsError)1));
    }

    internal static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];

    // In Linux's numbers.
    private static string Ours(object?[] question)
    {
        var hints = new AddressHints
        {
            Family = (int)question[2]! == 10 ? AddressFamily.InterNetworkV6 : (AddressFamily)question[2]!,
            SocketType = (SocketType)question[3]!,
            Protocol = (ProtocolType)question[4]!,
            Flags = (AddressInfoFlags)question[5]!,
        };
        var error = Dns.TryGetAddrInfo((string)question[0]!, (string)question[1]!, hints, 0, out var found);
        return error != 0 ? $"{error}" : string.Join(' ', found.Select(f =>
        {
            var address = f.EndPoint.Address;
            var bare = address.ToString().Split('%')[0];
            var family = f.Family == AddressFamily.InterNetworkV6 ? 10 : (int)f.Family;
            return $"{family}/{(int)f.SocketType}/{(int)f.Protocol}/{f.CanonicalName}/{bare}/{f.EndPoint.Port}/{address.ScopeId}";
        }));
    }
}
