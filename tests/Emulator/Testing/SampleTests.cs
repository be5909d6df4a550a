using System.Text.RegularExpressions;

namespace IoTNet.Emulator.Tests;

/// <summary>The sample is short, and what people read of it is what runs in <c>tests/Samples/Sensor</c>.</summary>
[TestClass]
public sealed class SampleTests
{
    private static readonly string s_root = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..");

    private static string Sample => Read("tests/Samples/Sensor/SensorTests.cs");

    [TestMethod]
    public void Sample_OfATest_HasTwentyLines()
    {
        Assert.HasCount(20, Sample.Split('\n').Where(line => line.Trim().Length > 0));
    }

    [TestMethod]
    public void Sample_OnTheFrontPage_IsTheOneThatRuns()
    {
        Assert.AreEqual(Sample, CodeIn(Read("README.md"), "## Test your firmware"));
    }

    [TestMethod]
    public void Sample_OnThePackagesPage_IsTheOneThatRuns()
    {
        string shown = CodeIn(Read("boards/emulator/Testing/README.md"), "# IoTNet.Emulator");
        Assert.Contains(shown, Regex.Replace(Sample, "^    ", "", RegexOptions.Multiline));
    }

    // The first block of C# after a heading.
    private static string CodeIn(string page, string heading)
    {
        int section = page.IndexOf(heading, StringComparison.Ordinal);
        Assert.IsGreaterThanOrEqualTo(0, section, "there is a heading " + heading);
        return Regex.Match(page[section..], "```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(s_root, path)).ReplaceLineEndings("\n");
}
