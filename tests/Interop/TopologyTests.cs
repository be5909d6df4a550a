namespace Interop.Tests;

/// <summary><c>iotnet net</c>: a network from a file, and what is said about a wrong one.</summary>
[TestClass]
public class TopologyTests
{
    private static readonly string s_example = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "..", "..", "tools", "iotnet", "Examples", "two-boards.json"));

    [TestMethod]
    public void Net_WithTheExample_RunsItsBoards()
    {
        using var run = Iotnet.Begin("net", s_example, "--for", "120");
        Assert.AreEqual("", run.ReadLine("seed 7"));
        StringAssert.Contains(run.ReadLine("board hall esp32 "), " ip 10.0.2.20;");
        StringAssert.Contains(run.ReadLine("board shed stm32 "), " ip 10.0.2.15;");
        StringAssert.EndsWith(run.ReadLine("forward tcp 127.0.0.1:"), " -> hall 10.0.2.20:7");
        StringAssert.EndsWith(run.ReadLine("forward udp 127.0.0.1:"), " -> shed 10.0.2.15:4007");
        run.ReadLine("[");

        run.Signal(Iotnet.SIGTERM);
        var end = run.WaitForEnd();

        Assert.AreEqual(0, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Error, "sockets left open");
    }

    [TestMethod]
    public void Check_OfTheExample_SaysThatItIsRight()
    {
        var end = Iotnet.Run("net", s_example, "--check");

        Assert.AreEqual(0, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Output, "is right: boards hall, shed");
    }

    [TestMethod]
    public void Help_ShowsTheExample()
    {
        StringAssert.Contains(Iotnet.Run("net", "--help").Output, File.ReadAllText(s_example));
    }

    [TestMethod]
    [DataRow(1, "expected \"boards\", a list of 1 to 240 boards", "{}")]
    [DataRow(1, "expected an object with boards", "[]")]
    [DataRow(2, "not JSON: '}' is an invalid start of a value", "{ \"boards\": [\n} ]")]
    [DataRow(2, "seeed: there is no member 'seeed'. Did you mean 'seed'?", "{ @,\n\"seeed\": 7 }")]
    [DataRow(2, "seed: 'seed' is there already, in line 1", "{ @, \"seed\": 7,\n \"seed\": 8 }")]
    [DataRow(1, "seed: expected a whole number of at most 32 bits; found '1.5'", "{ @, \"seed\": 1.5 }")]
    [DataRow(1, "trace: expected true or false; found 'yes'", "{ @, \"trace\": \"yes\" }")]
    [DataRow(2, "boards[0]: expected \"name\"", "{ \"boards\": [\n{} ] }")]
    [DataRow(2, "boards[1].name: another board is called 'a'", "{ \"boards\": [ { \"name\": \"a\" },\n{ \"name\": \"a\" } ] }")]
    [DataRow(1, "boards[0].name: expected a name of 1 to 32 letters", "{ \"boards\": [ { \"name\": \"gateway\" } ] }")]
    [DataRow(2, "boards[0].profile: there is no profile 'esp23'. Did you mean 'esp32'?", "{ \"boards\": [ { \"name\": \"a\",\n\"profile\": \"esp23\" } ] }")]
    [DataRow(1, "boards[0].address: expected an address of 10.0.2.0/24", "{ \"boards\": [ { \"name\": \"a\", \"address\": \"10.0.3.1\" } ] }")]
    [DataRow(1, "boards[1].address: board 'a' has 10.0.2.9 already", "{ \"boards\": [ { \"name\": \"a\", \"address\": \"10.0.2.9\" }, { \"name\": \"b\", \"address\": \"10.0.2.9\" } ] }")]
    [DataRow(1, "boards[0].link.los: there is no member 'los'. Did you mean 'loss'?", "{ \"boards\": [ { \"name\": \"a\", \"link\": { \"los\": 1 } } ] }")]
    [DataRow(1, "boards[0].link.delay: expected a time from 0 to 1 minute with its unit, such as 20ms or 1.5s; found '20'", "{ \"boards\": [ { \"name\": \"a\", \"link\": { \"delay\": 20 } } ] }")]
    [DataRow(1, "boards[0].apps: expected a list of apps; found 'an object'", "{ \"boards\": [ { \"name\": \"a\", \"apps\": {} } ] }")]
    [DataRow(1, "boards[0].apps[0].name: there is no app 'EchoServr'. Did you mean 'EchoServer'?", "{ \"boards\": [ { \"name\": \"a\", \"apps\": [ { \"name\": \"EchoServr\" } ] } ] }")]
    [DataRow(1, "boards[0].apps[0].listen: expected ADDRESS:PORT", "{ \"boards\": [ { \"name\": \"a\", \"apps\": [ { \"name\": \"EchoServer\", \"listen\": \"7\" } ] } ] }")]
    [DataRow(1, "forwards[0]: Forward \"tcp:7:7\" has 3 parts", "{ @, \"forwards\": [\"tcp:7:7\"] }")]
    [DataRow(1, "forwards[0]: there is no board 'b'. Did you mean 'a'?", "{ @, \"forwards\": [\"tcp:127.0.0.1:0:b:7\"] }")]
    [DataRow(1, "partitions[0].between[1]: there is no board 'b'", "{ @, \"partitions\": [ { \"between\": [\"a\", \"b\"] } ] }")]
    [DataRow(1, "partitions[0].to: expected a time after \"from\"; found '1s'", "{ @, \"partitions\": [ { \"between\": [\"a\", \"a\"], \"from\": \"2s\", \"to\": \"1s\" } ] }")]
    public void Check_OfAWrongFile_EndsWith2AndNamesLineAndPlace(int line, string expected, string json)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            File.WriteAllText(path, json.Replace("@", "\"boards\": [ { \"name\": \"a\" } ]"));

            var end = Iotnet.Run("net", path, "--check");

            Assert.AreEqual(2, end.ExitCode, end.ToString());
            Assert.AreEqual("", end.Output, end.ToString());
            StringAssert.Contains(end.Error, $"iotnet: {path}:{line}: {expected}");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
