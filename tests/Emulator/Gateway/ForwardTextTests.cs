namespace IoTNet.Emulator.Tests;

/// <summary>Forwards as text.</summary>
[TestClass]
public sealed class ForwardTextTests
{
    [TestMethod]
    [DataRow("tcp:127.0.0.1:7007:7", ProtocolType.Tcp, "127.0.0.1", 7007, null, null, 7)]
    [DataRow("udp:127.0.0.1:0:7", ProtocolType.Udp, "127.0.0.1", 0, null, null, 7)]
    [DataRow("tcp:0.0.0.0:65535:sensor1:65535", ProtocolType.Tcp, "0.0.0.0", 65535, "sensor1", null, 65535)]
    [DataRow("tcp:127.0.0.1:0:1:7", ProtocolType.Tcp, "127.0.0.1", 0, "1", null, 7)]
    [DataRow("tcp:127.0.0.1:0:10.0.2.15:7", ProtocolType.Tcp, "127.0.0.1", 0, null, "10.0.2.15", 7)]
    [DataRow("tcp:[::1]:80:[fec0::15]:7", ProtocolType.Tcp, "::1", 80, null, "fec0::15", 7)]
    public void Parse_OfAForward_ReadsEveryPart(
        string text, ProtocolType protocol, string host, int hostPort, string? board, string? address, int boardPort)
    {
        Forward forward = Forward.Parse(text);

        Assert.AreEqual(protocol, forward.Protocol);
        Assert.AreEqual(new IPEndPoint(IPAddress.Parse(host), hostPort), forward.Host);
        Assert.AreEqual(board, forward.Board);
        Assert.AreEqual(address, forward.BoardAddress?.ToString());
        Assert.AreEqual(boardPort, forward.BoardPort);
        Assert.AreEqual(text, forward.ToString());
    }

    [TestMethod]
    [DataRow("", "1 parts")]
    [DataRow("tcp:127.0.0.1:7007", "3 parts")]
    [DataRow("tcp:::1:7007:7", "6 parts")]
    [DataRow("sctp:127.0.0.1:7007:7", "protocol \"sctp\"")]
    [DataRow("tcp:localhost:7007:7", "host address \"localhost\"")]
    [DataRow("tcp:[127.0.0.1]:7007:7", "host address \"[127.0.0.1]\"")]
    [DataRow("tcp:[::1:7007:7", "2 parts")]
    [DataRow("tcp::7007:7", "host address \"\"")]
    [DataRow("tcp:127.0.0.1:65536:7", "host port \"65536\"")]
    [DataRow("tcp:127.0.0.1:-1:7", "host port \"-1\"")]
    [DataRow("tcp:127.0.0.1: 1:7", "host port \" 1\"")]
    [DataRow("tcp:127.0.0.1:99999999999999999999:7", "host port")]
    [DataRow("tcp:127.0.0.1:0:0", "board port \"0\"")]
    [DataRow("tcp:127.0.0.1:0:", "board port \"\"")]
    [DataRow("tcp:127.0.0.1:0::7", "board name")]
    public void Parse_OfSomethingElse_SaysWhichPartIsWrong(string text, string part)
    {
        FormatException refused = Assert.ThrowsExactly<FormatException>(() => Forward.Parse(text));

        StringAssert.Contains(refused.Message, part);
    }

    [TestMethod]
    public void TryParse_OfGarbage_NeitherThrowsNorForgetsToSayWhy()
    {
        Random random = new(1);
        const string Letters = "tcpud:[]0123456789. %x";
        for (int i = 0; i < 100_000; i++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(40)).Select(_ => Letters[random.Next(Letters.Length)])]);
            bool read = Forward.TryParse(text, out Forward? forward, out string? problem);
            Assert.AreEqual(read, forward != null, text);
            Assert.AreEqual(read, problem == null, text);
        }

        Assert.IsFalse(Forward.TryParse(null, out _, out _));
        Assert.IsFalse(Forward.TryParse(new string(':', 100_000), out _, out _));
    }
}
