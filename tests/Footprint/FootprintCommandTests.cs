using System.Text.Json;
using System.Xml.Linq;
using IoTNet.Cli;

namespace IoTNet.Footprint.Tests;

/// <summary>The command, in a small repository of its own.</summary>
[TestClass]
public sealed class FootprintCommandTests : IDisposable
{
    private const string Roomy = """
        {
          "assemblies": { "src/*": { "pe": 9999, "ram": 9999 }, "boards/*": { "pe": 9999, "ram": 9999 } },
          "apps": { "Program": { "pe": 9999, "ram": 9999 }, "Loose": { "pe": 9999, "ram": 9999 } },
          "memory": { "tcpSocket": 9999, "udpSocket": 9999, "idleConnection": 9999,
                      "messageConnection": 9999, "webSocket": 9999, "socketIOConnection": 9999 }
        }
        """;

    private readonly TemporaryRepository _repository = new();
    private readonly string _folder = Environment.CurrentDirectory;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public FootprintCommandTests()
    {
        _repository.Write(Budgets.FileName, Roomy);
        Environment.CurrentDirectory = _repository.Root;
        Console.SetOut(_output);
        Console.SetError(_error);
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = _folder;
        Console.SetOut(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        Console.SetError(new StreamWriter(Console.OpenStandardError()) { AutoFlush = true });
        _repository.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    [TestMethod]
    public void Check_WithinTheBudgets_EndsWith0InSilence()
    {
        Assert.AreEqual(ExitCode.Ok, Run("--check"), $"{_error}");

        Assert.AreEqual("", $"{_output}{_error}");
    }

    [TestMethod]
    public void Check_OverABudget_EndsWith1AndSaysWhich()
    {
        _repository.Write(Budgets.FileName, Roomy.Replace("\"src/*\": { \"pe\": 9999", "\"src/*\": { \"pe\": 200"));

        Assert.AreEqual(ExitCode.Failed, Run("--check"));

        Assert.Contains("src/Lib/Lib: .pe 240 bytes, 40 over the budget of 200; largest: Lib ", $"{_error}");
        Assert.AreEqual("", $"{_output}");
    }

    [TestMethod]
    public void Footprint_ByItself_ShowsAllAndEndsWith0EvenOverABudget()
    {
        _repository.Write(Budgets.FileName, Roomy.Replace("\"src/*\": { \"pe\": 9999", "\"src/*\": { \"pe\": 200"));

        Assert.AreEqual(ExitCode.Ok, Run());

        var text = $"{_output}";
        Assert.Contains("Lib", text);
        Assert.Contains("120 % OVER", text);
        Assert.Contains("Program", text);
        Assert.Contains("a connection of a TcpServer, idle", text);
        Assert.Contains("40 over the budget", text);
        Assert.DoesNotContain("\u001b", text);
    }

    [TestMethod]
    public void Json_OfARepository_IsOneDocument()
    {
        Assert.AreEqual(ExitCode.Ok, Run("--json"), $"{_error}");

        using var document = JsonDocument.Parse($"{_output}");
        var lib = document.RootElement.GetProperty("assemblies").EnumerateArray().Single(a => a.GetProperty("name").GetString() == "Lib");
        Assert.AreEqual(240, lib.GetProperty("peBytes").GetInt32());
        Assert.AreEqual(124, lib.GetProperty("parts").GetProperty("header").GetInt32());
        Assert.AreEqual(9999, lib.GetProperty("budget").GetProperty("pe").GetInt32());
        Assert.AreEqual(12, lib.GetProperty("objects")[0].GetProperty("bytes").GetInt32());
        Assert.AreEqual(2, document.RootElement.GetProperty("apps").GetArrayLength());
        Assert.AreEqual(6, document.RootElement.GetProperty("memory").GetArrayLength());
        Assert.AreEqual(0, document.RootElement.GetProperty("failures").GetArrayLength());
    }

    [TestMethod]
    public void App_ByName_ShowsItsAssembliesAndPackages()
    {
        Assert.AreEqual(ExitCode.Ok, Run("--app", "loose"), $"{_error}");

        var lines = $"{_output}".Split('\n');
        Assert.Contains("240", lines.Single(l => l.Contains(" Lib ") && l.Contains('█')));
        Assert.Contains("32,452", lines.Single(l => l.Contains("mscorlib")));
        Assert.Contains("?", lines.Single(l => l.Contains("nanoFramework.Hardware.Stm32")));
        Assert.Contains(" + 1 of unknown size", $"{_output}");
        Assert.Contains("largest types", $"{_output}");
    }

    [TestMethod]
    public void Assembly_ByName_ShowsTheParts()
    {
        Assert.AreEqual(ExitCode.Ok, Run("--assembly", "Lib"), $"{_error}");

        Assert.Contains("124", $"{_output}".Split('\n').Single(l => l.Contains("header")));
        Assert.Contains("Static RAM: ", $"{_output}");
    }

    [TestMethod]
    public void Svg_OfARepository_IsAPictureOfEachApp()
    {
        Assert.AreEqual(ExitCode.Ok, Run("--svg", "picture.svg", "--check"), $"{_error}");

        var texts = XDocument.Load("picture.svg").Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value).ToArray();
        CollectionAssert.IsSubsetOf(new[] { "Program", "Loose", "Lib", "IoTNet.SystemNet", "the app itself" }, texts);
    }

    [TestMethod]
    [DataRow("there is no app 'Lose'. Did you mean 'Loose'?", "--app", "Lose")]
    [DataRow("there is no nano assembly 'Lab'. Did you mean 'Lib'?", "--assembly", "Lab")]
    [DataRow("missing.json", "--budgets", "missing.json")]
    [DataRow("expected one of --app, --assembly, --check and --json, not several", "--app", "Loose", "--check")]
    public void Footprint_AskedWrongly_EndsWith2AndSaysWhy(string message, params string[] arguments)
    {
        Assert.AreEqual(ExitCode.Usage, Run(arguments));

        Assert.Contains(message, $"{_error}");
    }

    [TestMethod]
    public void Footprint_OfWhatDoesNotCompile_EndsWith1()
    {
        _repository.WriteProject("src/Bad/Bad", "public class Bad : Missing { }");

        Assert.AreEqual(ExitCode.Failed, Run("--check"));

        Assert.Contains("src/Bad/Bad.nfproj is not fit for the device", $"{_error}");
    }

    [TestMethod]
    public void Footprint_OutsideARepository_EndsWith2()
    {
        Environment.CurrentDirectory = Path.GetTempPath();

        Assert.AreEqual(ExitCode.Usage, Run());

        Assert.Contains("expected IoTNet.sln or .git in", $"{_error}");
    }

    private static int Run(params string[] arguments) => CommandLine.Run(["footprint", .. arguments]);
}
