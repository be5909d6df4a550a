using IoTNet.Boards;

namespace IoTNet.Tests.Dns;

/// <summary>Runs a resolver on the host's stack; at the end of each test no socket of it is open.</summary>
public abstract class ResolverTestBase
{
    /// <summary>What a test waits at most for what must happen.</summary>
    protected const int PatienceMs = 20_000;

    private SystemNetStack _stack = null!;

    /// <summary>Filled by the last query.</summary>
    protected DnsAnswer Answer { get; } = new();

    [TestInitialize]
    public void UseTheHost()
    {
        _stack = new SystemNetStack();
        NetworkStack.Use(_stack);
    }

    [TestCleanup]
    public void NothingIsLeftOpen()
    {
        Assert.AreEqual(0, _stack.OpenSockets, "sockets left open");
    }

    private protected int OpenSockets => _stack.OpenSockets;

    /// <summary>Patient attempts: on a busy machine no question is sent twice but to a server that fails.</summary>
    private protected static ResolverOptions Options(params FakeServer[] servers) =>
        new() { Servers = [.. servers.Select(s => s.EndPoint)], AttemptTimeoutMs = PatienceMs, Attempts = 2 };

    /// <summary>Short attempts, for servers that are meant not to answer, and as many as a busy machine may need.</summary>
    private protected static ResolverOptions HastyOptions(params FakeServer[] servers) =>
        new() { Servers = [.. servers.Select(s => s.EndPoint)], AttemptTimeoutMs = 300, Attempts = 16 };

    private protected int Query(ResolverOptions options, string name, DnsType type = DnsType.A) =>
        new Resolver(options).Query(name, type, PatienceMs, Answer);

    private protected static string Describe(DnsAnswer answer) =>
        string.Join(' ', Enumerable.Range(0, answer.Count).Select(i => answer[i].Address?.ToString() ?? answer[i].Target));
}
