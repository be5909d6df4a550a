using System.Reflection;
using IoTNet.Boards;
using IoTNet.Tests.Dns;

namespace IoTNet.DnsNames.Tests;

/// <summary>getaddrinfo() and getnameinfo() of names that a real server has, beside the C library's with the same server.</summary>
[TestClass]
public sealed class ServerTests
{
    private static readonly int[] s_families = [0, 2, 10];

    // AI_CANONNAME, AI_V4MAPPED, AI_ALL and AI_ADDRCONFIG in all ways; the machine has a route for IPv4 only.
    [TestMethod]
    public void GetAddrInfo_OfNames_IsTheCLibrarys()
    {
        string[] hosts = ["host.iot.test", "one.iot.test", "two.iot.test", "six.iot.test", "text.iot.test", "nobody.iot.test"];
        string?[] services = [null, "80", "http", "syslog", "nosuch"];
        int[] flags = [.. Enumerable.Range(0, 16).Select(i => ((i & 1) << 1) | ((i & 2) << 2) | ((i & 4) << 2) | ((i & 8) << 2))];
        var questions = (from host in hosts from service in services from family in s_families from type in new[] { 0, 1, 2, 3 } from flag in flags
                         select new object?[] { host, service, family, type, flag }).ToArray();

        Compare(
            """
            def answer(host, service, family, type, flags):
                found = socket.getaddrinfo(host, service, family, type, 0, flags)
                name = found[0][3]
                return name + ' ' + ' '.join(sorted('%d/%d/%d/%s/%d' % (f, t, p, a[0], a[1]) for f, t, p, c, a in found))
            """,
            questions,
            q => FindAddresses((string)q[0]!, (string)q[1]!, (int)q[2]!, (int)q[3]!, (int)q[4]!));
    }

    // Ports that Debian's /etc/services has as well, or nobody. NI_NUMERICHOST, NI_NUMERICSERV, NI_NOFQDN, NI_NAMEREQD and NI_DGRAM in all ways, and a flag that there is not.
    [TestMethod]
    public void GetNameInfo_OfAddresses_IsTheCLibrarys()
    {
        string[] hosts = ["192.0.2.10", "192.0.2.20", "192.0.2.99", "0.0.0.0", "255.255.255.255", "2001:db8::10", "2001:db8::99", "::ffff:192.0.2.10", "::1", "::", "fe80::1"];
        int[] ports = [0, 22, 53, 69, 80, 123, 443, 514, 49999, 65535];
        var questions = (from host in hosts from port in ports from flag in Enumerable.Range(0, 32).Append(0x100)
                         select new object?[] { host, port, flag }).ToArray();

        Compare(
            """
            def answer(host, port, flags):
                return '%s %s' % socket.getnameinfo((host, port), flags)
            """,
            questions,
            q =>
            {
                var error = Dns.TryGetNameInfo(new IPEndPoint(IPAddress.Parse((string)q[0]!), (int)q[1]!), (NameInfoFlags)q[2]!, 10_000, out var info);
                return error != 0 ? $"{error}" : $"{info.Host} {info.Service}";
            });
    }

    private static void Compare(string program, object?[][] questions, Func<object?[], string> ours)
    {
        PrivateMachine.Need();
        var theirs = PrivateMachine.Ask(program, questions);
        using var server = new Dnsmasq();
        var before = Resolver.Default;
        var stack = new SystemNetStack();
        NetworkStack.Use(IPv4Only.Around(stack));
        Resolver.Default = new Resolver(new ResolverOptions { Servers = [server.EndPoint], CacheEntries = 64, Search = ["iot.test"], AttemptTimeoutMs = 5000 });
        try
        {
            var differences = questions.Zip(theirs).Select(q => (q.First, Theirs: q.Second, Ours: ours(q.First))).Where(q => q.Theirs != q.Ours)
                .Select(q => $"{string.Join(", ", q.First.Select(a => a ?? "null"))}: theirs {q.Theirs}, ours {q.Ours}").ToArray();
            Assert.IsEmpty(differences, $"{differences.Length} of {questions.Length}\n{string.Join('\n', differences.Take(20))}");
            Assert.IsGreaterThan(questions.Length / 4, theirs.Count(t => t.Contains(' ', StringComparison.Ordinal)), "successes");
            Assert.AreEqual(0, stack.OpenSockets, "sockets left open");
        }
        finally
        {
            Resolver.Default = before;
            NetworkStack.Use(new LoopbackStack());
        }
    }

    // In Linux's numbers. The order depends on the machine's routes and has tests of its own.
    private static string FindAddresses(string host, string service, int family, int type, int flags)
    {
        var hints = new AddressHints
        {
            Family = family == 10 ? AddressFamily.InterNetworkV6 : (AddressFamily)family, SocketType = (SocketType)type, Flags = (AddressInfoFlags)flags,
        };
        var error = Dns.TryGetAddrInfo(host, service, hints, 10_000, out var found);
        return error != 0 ? $"{error}" : found[0].CanonicalName + " " + string.Join(' ', found
            .Select(f => $"{(f.Family == AddressFamily.InterNetworkV6 ? 10 : 2)}/{(int)f.SocketType}/{(int)f.Protocol}/{f.EndPoint.Address}/{f.EndPoint.Port}")
            .Order(StringComparer.Ordinal));
    }

    /// <summary>This machine's stack as one with a route for all of IPv4, and without IPv6.</summary>
    public class IPv4Only : DispatchProxy
    {
        private INetworkStack _inner = null!;

        public static INetworkStack Around(INetworkStack inner)
        {
            var proxy = Create<INetworkStack, IPv4Only>();
            ((IPv4Only)(object)proxy)._inner = inner;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? method, object?[]? arguments) => method!.Name switch
        {
            nameof(INetworkStack.Open) when (AddressFamily)arguments![0]! == AddressFamily.InterNetworkV6 => -(int)Errno.EAFNOSUPPORT,
            nameof(INetworkStack.Connect) when !((SocketAddress)arguments![1]!).IsLoopback => 0,
            _ => method.Invoke(_inner, arguments),
        };
    }
}
