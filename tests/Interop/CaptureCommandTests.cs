namespace Interop.Tests;

/// <summary><c>iotnet capture</c> on the capture that the room of captures shows in its README.</summary>
[TestClass]
public class CaptureCommandTests
{
    private static readonly string s_example = Path.Combine(FindRoot(), "boards", "emulator", "Captures", "Example", "echo-with-loss");
    private readonly string _folder = Directory.CreateTempSubdirectory("iotnet-capture").FullName;

    [TestCleanup]
    public void Clean() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Capture_WithoutSvg_PrintsALineForEachFrame()
    {
        var end = Iotnet.Run("capture", s_example + ".pcapng");

        Assert.AreEqual(0, end.ExitCode, end.ToString());
        var lines = end.Output.TrimEnd('\n').Split('\n');
        Assert.HasCount(40, lines);
        StringAssert.Contains(lines[0], "client           -> all               ARP     who has 10.0.2.15?");
        StringAssert.EndsWith(lines[2], "LOST");
        StringAssert.EndsWith(lines[3], "retransmission");
    }

    [TestMethod]
    [DataRow(40, "--host", "server")]
    [DataRow(38, "--host", "10.0.2.16", "--port", "7")]
    [DataRow(5, "--max", "5")]
    [DataRow(0, "--port", "8")]
    public void Capture_WithAFilter_PrintsTheseFramesOnly(int expected, params string[] options)
    {
        var end = Iotnet.Run(["capture", s_example + ".pcapng", .. options]);

        Assert.AreEqual(0, end.ExitCode, end.ToString());
        Assert.AreEqual(expected, end.Output.Count(c => c == '\n'));
        Assert.AreEqual(expected == 0, end.Error.Contains("none of its 40 frames is wanted"), end.Error);
    }

    [TestMethod]
    public void Capture_WithSvg_DrawsThePictureOfTheReadme()
    {
        var picture = Path.Combine(_folder, "out.svg");

        var end = Iotnet.Run("capture", s_example + ".pcapng", "--svg", picture);

        Assert.AreEqual(0, end.ExitCode, end.ToString());
        Assert.AreEqual(
            File.ReadAllText(s_example + ".svg"), File.ReadAllText(picture), "if it is meant to look so now, draw it again: see the README there");
    }

    [TestMethod]
    public void Capture_OfACutFile_ShowsWhatIsGoodAndEndsWith1()
    {
        var cut = Path.Combine(_folder, "cut.pcapng");
        File.WriteAllBytes(cut, File.ReadAllBytes(s_example + ".pcapng")[..700]);

        var end = Iotnet.Run("capture", cut);

        Assert.AreEqual(1, end.ExitCode, end.ToString());
        Assert.AreEqual(5, end.Output.Count(c => c == '\n'));
        StringAssert.Contains(end.Error, "but the file ends after 76 of them (at byte 624); shown are the 5 frames before");
    }

    [TestMethod]
    public void Capture_OfOtherThanEthernet_NamesTheLinkType()
    {
        // A classic pcap of raw IP (101) with one empty packet.
        var raw = Path.Combine(_folder, "raw.pcap");
        File.WriteAllBytes(raw, Convert.FromHexString("D4C3B2A1020004000000000000000000FFFF000065000000" + new string('0', 32)));

        var end = Iotnet.Run("capture", raw);

        Assert.AreEqual(1, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Error, "expected a capture of Ethernet (link type 1), found link type 101 in frame 1");
    }

    [TestMethod]
    public void Capture_OfWhatIsNone_EndsWith1AndSaysWhy()
    {
        var text = Path.Combine(_folder, "notes.txt");
        File.WriteAllText(text, "notes");

        var none = Iotnet.Run("capture", text);
        var missing = Iotnet.Run("capture", Path.Combine(_folder, "missing"));

        Assert.AreEqual(1, none.ExitCode, none.ToString());
        StringAssert.Contains(none.Error, "Expected a capture file");
        StringAssert.Contains(none.Error, "found 6E 6F 74 65 ('note')");
        Assert.AreEqual(1, missing.ExitCode, missing.ToString());
        StringAssert.Contains(missing.Error, Path.Combine(_folder, "missing"));
    }

    [TestMethod]
    [DataRow("--port expects a whole number from 1 to 65535; found '0'", "x", "--port", "0")]
    [DataRow("--max expects a whole number from 1 to 2147483647; found 'all'", "x", "--max", "all")]
    [DataRow("'FILE' missing")]
    public void Arguments_ThatAreWrong_EndWith2(string expected, params string[] arguments)
    {
        var end = Iotnet.Run(["capture", .. arguments]);

        Assert.AreEqual(2, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Error, expected);
    }

    [TestMethod]
    public void Help_ShowsExamples()
    {
        var end = Iotnet.Run("capture", "--help");

        Assert.AreEqual(0, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Output, "Examples:\n  iotnet capture ");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "IoTNet.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
