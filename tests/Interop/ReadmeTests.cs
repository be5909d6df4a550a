using System.Text;
using System.Text.RegularExpressions;
using IoTNet;
using IoTNet.Boards;

namespace Interop.Tests;

/// <summary>What the front page shows is what compiles and runs here.</summary>
[TestClass]
public class ReadmeTests
{
    private static readonly string s_root = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..");

    [TestMethod]
    public void Sample_AsItStands_Runs()
    {
        Assert.AreEqual("hello", Sample());
    }

    [TestMethod]
    public void Sample_OnTheFrontPage_IsTheOneThatRuns()
    {
        var page = File.ReadAllText(Path.Combine(s_root, "README.md"));
        var source = File.ReadAllText(Path.Combine(s_root, "tests", "Interop", "ReadmeTests.cs"));

        Assert.AreEqual(
            Lines(Regex.Match(source, @"// begin\n(.*?)// end\n", RegexOptions.Singleline).Groups[1].Value),
            Lines(Regex.Match(page, "```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value));
    }

    [TestMethod]
    public void Links_OnTheFrontPage_LeadToFiles()
    {
        var page = File.ReadAllText(Path.Combine(s_root, "README.md"));
        var links = Regex.Matches(page, @"\]\(([^)#:]+)\)").Select(m => m.Groups[1].Value);
        var names = Regex.Matches(page, @"`((?:src|boards|tests|tools|\.ci)/[\w./-]+)`").Select(m => m.Groups[1].Value);

        var missing = links.Concat(names).Where(n => !Path.Exists(Path.Combine(s_root, n)));

        Assert.AreEqual("", string.Join("\n", missing));
    }

    [TestMethod]
    public void Tables_OnTheFrontPage_AreThoseThatTheCommandLinePrints()
    {
        var page = File.ReadAllText(Path.Combine(s_root, "README.md")).ReplaceLineEndings("\n");
        var tables = Iotnet.Run("boards", "--markdown").Output.ReplaceLineEndings("\n").Split("\n\n");

        Assert.HasCount(2, tables);
        foreach (var table in tables)
        {
            StringAssert.Contains(page, "\n" + table.TrimEnd() + "\n", "run 'tools/run.sh boards --markdown'");
        }
    }

    private static string Sample()
    {
        var text = "";

        // begin
        NetworkStack.Use(new SystemNetStack());               // once: what sockets go over

        Socket server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        server.Listen(1);

        Socket client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(server.LocalEndPoint, 3000);           // in ms: a peer that is down does not hold it up for ever
        client.Send(Encoding.UTF8.GetBytes("hello"));

        byte[] buffer = new byte[64];
        if (server.Accept(1000, out Socket connection))       // false: nobody came within a second
        {
            int count = connection.TryReceive(buffer, 0, buffer.Length, SocketFlags.None);
            text = count < 0 ? ErrnoTable.Name((Errno)(-count)) : Encoding.UTF8.GetString(buffer, 0, count);
            connection.Close();
        }

        client.Close();
        server.Close();
        // end

        return text;
    }

    private static string Lines(string text) => string.Join("\n", text.Split('\n').Select(line => line.Trim()));
}
