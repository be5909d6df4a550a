namespace IoTNet.DnsNames.Tests;

/// <summary>Protocols and services: what is asked of them, and the host's own tables beside ours.</summary>
[TestClass]
public class TableTests
{
    [TestMethod]
    [DataRow("icmp", 1)]
    [DataRow("igmp", 2)]
    [DataRow("tcp", 6)]
    [DataRow("UDP", 17)]
    [DataRow("ipv6", 41)]
    [DataRow("IPv6-ICMP", 58)]
    [DataRow("udplite", 136)]
    public void GetNumber_OfAProtocol_IsIanas(string name, int number)
    {
        Assert.AreEqual(number, ProtocolNames.GetNumber(name));
        Assert.AreEqual(number, ProtocolNames.FindByName(ProtocolNames.GetName(number)).Number);
    }

    [TestMethod]
    [DataRow("Tcp")]
    [DataRow("nosuch")]
    [DataRow("")]
    [DataRow("-")]
    [DataRow("6")]
    [DataRow("tcp 6")]
    public void GetNumber_OfAnUnknownProtocol_SaysWhatToGive(string name)
    {
        var e = Assert.ThrowsExactly<DnsException>(() => ProtocolNames.GetNumber(name));

        Assert.AreEqual(DnsError.EAI_NONAME, e.Error);
        Assert.AreEqual(
            $"Protocol '{name}' not found; give its number, or one of the names that IoTNet has, such as icmp, tcp, udp.", e.Message);
        Assert.IsNull(ProtocolNames.FindByName(name));
    }

    [TestMethod]
    public void GetName_OfAnUnknownProtocol_SaysSo()
    {
        var e = Assert.ThrowsExactly<DnsException>(() => ProtocolNames.GetName(253));

        Assert.AreEqual("IoTNet has no name for protocol 253.", e.Message);
    }

    [TestMethod]
    [DataRow("http", null, 80)]
    [DataRow("www", "tcp", 80)]
    [DataRow("ntp", "udp", 123)]
    [DataRow("mqtt", null, 1883)]
    [DataRow("secure-mqtt", null, 8883)]
    [DataRow("coap", "udp", 5683)]
    [DataRow("coaps", "udp", 5684)]
    [DataRow("modbus", null, 502)]
    [DataRow("mbap", null, 502)]
    [DataRow("mdns", null, 5353)]
    [DataRow("syslog", "tcp", 514)]
    public void GetPort_OfAService_IsIanas(string name, string? protocol, int port)
    {
        Assert.AreEqual(port, ServiceNames.GetPort(name, protocol!));
    }

    [TestMethod]
    [DataRow("http", "udp", "Service 'http' not found over udp; give its port as a number.")]
    [DataRow("nosuch", null, "Service 'nosuch' not found; give its port as a number.")]
    [DataRow("http", "sctp", "Service 'http' not found over sctp; give its port as a number.")]
    [DataRow("80", null, "Service '80' not found; give its port as a number.")]
    public void GetPort_OfAnUnknownService_SaysWhatToGive(string name, string? protocol, string message)
    {
        var e = Assert.ThrowsExactly<DnsException>(() => ServiceNames.GetPort(name, protocol!));

        Assert.AreEqual(DnsError.EAI_SERVICE, e.Error);
        Assert.AreEqual(message, e.Message);
    }

    [TestMethod]
    public void GetName_OfAPort_DependsOnTheProtocol()
    {
        Assert.AreEqual("shell", ServiceNames.GetName(514, "tcp"));
        Assert.AreEqual("syslog", ServiceNames.GetName(514, "udp"));
        Assert.AreEqual("udp", ServiceNames.FindByPort(123, null!).Protocol);
        Assert.AreEqual(
            "IoTNet has no name for port 9 over ddp.",
            Assert.ThrowsExactly<DnsException>(() => ServiceNames.GetName(9, "ddp")).Message);
    }

    [TestMethod]
    public void Protocols_OfTheHost_AreTheSame()
    {
        var ours = Enumerable.Range(0, 256).Select(ProtocolNames.FindByNumber).OfType<ProtocolEntry>().ToArray();
        var names = ours.SelectMany(p => p.Aliases.Append(p.Name)).ToArray();

        var theirs = Python.Ask("def answer(name): return socket.getprotobyname(name)", [.. names.Select(n => new object?[] { n })]);

        Assert.IsGreaterThan(15, ours.Length, "the table was not read");
        CollectionAssert.AreEqual(names.Select(n => $"{ProtocolNames.GetNumber(n)}").ToArray(), theirs);
    }

    // What the host's table does not have is no difference: Debian's knows neither MQTT nor CoAP.
    [TestMethod]
    public void Services_OfTheHost_AreTheSame()
    {
        var ours = Enumerable.Range(0, 65536).SelectMany(port => new[] { "tcp", "udp" }.Select(p => ServiceNames.FindByPort(port, p)))
            .OfType<ServiceEntry>().ToArray();
        var questions = ours.SelectMany(s => s.Aliases.Append(s.Name).Select(n => new object?[] { n, s.Protocol, s.Port })).ToArray();

        var theirs = Python.Ask(
            """
            def answer(name, protocol, port):
                return '%d %s' % (socket.getservbyname(name, protocol), socket.getservbyport(port, protocol))
            """, questions);

        var known = questions.Zip(theirs).Where(q => q.Second != "none").ToArray();
        Assert.IsGreaterThan(60, known.Length, "the host has hardly any of them");
        foreach (var (question, answer) in known)
        {
            var (name, protocol, port) = ((string)question[0]!, (string)question[1]!, (int)question[2]!);
            Assert.AreEqual(answer, $"{ServiceNames.GetPort(name, protocol)} {ServiceNames.GetName(port, protocol)}", $"{name}/{protocol}");
        }
    }
}
