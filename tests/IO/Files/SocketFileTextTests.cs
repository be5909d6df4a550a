using System.Text;

namespace IoTNet.Tests.IO.Files;

[TestClass]
public class SocketFileText_HostTests : SocketFileTextTests
{
    protected override bool IsHost => true;
}

[TestClass]
public class SocketFileText_LoopbackTests : SocketFileTextTests
{
}

public abstract class SocketFileTextTests : SocketFileTestBase
{
    private const string Lines = "é\r\n€\r😀\n\n\r\r\n_";

    [TestMethod]
    [DataRow(null, "é\n|€\n|😀\n|\n|\n|\n|_")]
    [DataRow("", "é\r\n|€\r|😀\n|\n|\r|\r\n|_")]
    [DataRow("\n", "é\r\n|€\r😀\n|\n|\r\r\n|_")]
    [DataRow("\r", "é\r|\n€\r|😀\n\n\r|\r|\n_")]
    [DataRow("\r\n", "é\r\n|€\r😀\n\n\r\r\n|_")]
    public void ReadLine_OfEverySplit_EndsLinesAsNewlineSays(string? newline, string expected)
    {
        byte[] sent = Encoding.UTF8.GetBytes(Lines);
        foreach (int bufferSize in new[] { -1, 1, 2 })
        {
            for (int split = 0; split <= sent.Length; split++)
            {
                var lines = ReadSplit(sent, split, s => s.MakeFile("r", bufferSize, newline), f => f.ReadLine(), "");
                Assert.AreEqual(expected, string.Join('|', lines), $"buffer {bufferSize}, split at {split}");
            }
        }
    }

    [TestMethod]
    [DataRow(null, "é\n|€\n|😀\n|\n\n|\n_")]
    [DataRow("", "é\r|\n€|\r😀|\n\n|\r\r|\n_")]
    [DataRow("\r\n", "é\r|\n€|\r😀|\n\n|\r\r|\n_")]
    public void Read_OfEverySplit_CountsCharactersAndNeverCutsOne(string? newline, string expected)
    {
        byte[] sent = Encoding.UTF8.GetBytes(Lines);
        for (int split = 0; split <= sent.Length; split++)
        {
            var parts = ReadSplit(sent, split, s => s.MakeFile("r", 2, newline), f => f.Read(2), "");
            Assert.AreEqual(expected, string.Join('|', parts), "split at " + split);
        }
    }

    // Unicode 3.9, table 3-8 and what surrounds it; Python's answers.
    [TestMethod]
    [DataRow("61F18080E180C26280" + "6380BF64", "a\uFFFD\uFFFD\uFFFDb\uFFFDc\uFFFD\uFFFDd")]
    [DataRow("61F18080E18062C0AF63", "a\uFFFD\uFFFDb\uFFFD\uFFFDc")]
    [DataRow("EDA080", "\uFFFD\uFFFD\uFFFD")]
    [DataRow("F4908080", "\uFFFD\uFFFD\uFFFD\uFFFD")]
    [DataRow("FE80FFE282AC", "\uFFFD\uFFFD\uFFFD€")]
    [DataRow("62E282", "b\uFFFD")]
    [DataRow("F09F98", "\uFFFD")]
    [DataRow("F09F0A", "\uFFFD\n")]
    public void ReadToEnd_OfBytesThatAreNoUtf8_ReplacesMaximalSubparts(string hex, string expected)
    {
        byte[] sent = Convert.FromHexString(hex);
        for (int split = 0; split <= sent.Length; split++)
        {
            var parts = ReadSplit(sent, split, s => s.MakeFile("r", -1, null, TextErrors.Replace), f => f.ReadToEnd(100), "");
            Assert.AreEqual(expected, string.Concat(parts), "split at " + split);
            Assert.AreEqual(expected, Encoding.UTF8.GetString(sent), "the desktop's decoder");
        }
    }

    [TestMethod]
    public void SurrogateEscape_OfEveryPairOfBytes_ComesBack()
    {
        var sent = new byte[2 * 65536];
        for (int i = 0; i < 65536; i++)
        {
            sent[i * 2] = (byte)(i >> 8);
            sent[(i * 2) + 1] = (byte)i;
        }

        using var file = A.MakeFile("rw", -1, "\n", TextErrors.SurrogateEscape);
        var (near, far) = Connect();
        using var _ = near;
        using var echo = far.MakeFile("rw", -1, "\n", TextErrors.SurrogateEscape);
        var sender = new Thread(() =>
        {
            B.Send(sent);
            B.Close();
        });
        sender.Start();
        string text = file.ReadToEnd(sent.Length);
        sender.Join();
        var writer = new Thread(() =>
        {
            echo.Write(text);
            echo.Flush();
        });
        writer.Start();
        var back = new byte[sent.Length];
        near.Receive(back, SocketFlags.WaitAll);
        writer.Join();
        far.Close();
        CollectionAssert.AreEqual(sent, back);
    }

    [TestMethod]
    public void Strict_AtBytesThatAreNoUtf8_ThrowsThereAndNotBefore()
    {
        using var file = A.MakeFile("r", -1, "");
        B.Send(Bytes("good\r\xFFrest\n"));
        Assert.AreEqual("good\r", file.ReadLine());
        for (int again = 0; again < 2; again++)
        {
            var e = Assert.ThrowsExactly<IOException>(() => file.ReadLine());
            Assert.AreEqual("'utf-8' codec can't decode byte 0xFF", e.Message);
        }

        Assert.AreEqual("", file.Read(0));
        CollectionAssert.AreEqual(new byte[] { 0xFF }, file.ReadBytes(1));
        Assert.AreEqual("rest\n", file.ReadLine());
    }

    [TestMethod]
    public void ReadLine_OfALoneReturn_DoesNotWaitForItsLineFeed()
    {
        using var file = A.MakeFile("r");
        B.Send(Bytes("a\r"));
        Assert.AreEqual("a\n", file.ReadLine());
        B.Send(Bytes("\nb\n"));
        Assert.AreEqual("b\n", file.ReadLine());
        B.Send(Bytes("c\r"));
        Assert.AreEqual("c\n", file.ReadLine());
        B.Close();
        Assert.AreEqual("", file.ReadLine());
    }

    [TestMethod]
    public void ReadLine_OfMoreThanItsLimit_ComesInParts()
    {
        using var file = A.MakeFile("r");
        using var writer = B.MakeFile("w");
        writer.Write(new string('€', SocketFile.MaxLine + 3) + "\n");
        writer.Flush();
        Assert.AreEqual(new string('€', SocketFile.MaxLine), file.ReadLine());
        Assert.AreEqual("€€", file.ReadLine(2));
        Assert.AreEqual("", file.ReadLine(0));
        Assert.AreEqual("€\n", file.ReadLine(2));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => file.ReadLine(-1));
    }

    [TestMethod]
    public void ReadToEnd_OfMoreThanItsLimit_ThrowsAndKeepsAll()
    {
        using var file = A.MakeFile("r");
        B.Send(Bytes("abc\r\n"));
        B.Close();
        Assert.AreEqual("expected the end of the stream after at most 3 characters",
            Assert.ThrowsExactly<IOException>(() => file.ReadToEnd(3)).Message);
        Assert.AreEqual("abc\n", file.ReadToEnd(4));
        Assert.AreEqual("", file.ReadToEnd(0));
    }

    [TestMethod]
    public void Read_OfAnEmptyNonBlockingSocket_GivesNull()
    {
        using var file = A.MakeFile("r");
        A.Blocking = false;
        Assert.IsNull(file.ReadLine());
        Assert.IsNull(file.Read(1));
        Assert.IsNull(file.ReadToEnd(1));
    }

    [TestMethod]
    public void Read_AfterATimeout_SaysSo()
    {
        using var file = A.MakeFile("r");
        B.Send(Bytes("ab\xC3"));
        A.ReceiveTimeout = 1;
        Assert.AreEqual("a", file.Read(1));
        Assert.AreEqual(Errno.ETIMEDOUT, Assert.ThrowsExactly<SocketException>(() => file.ReadLine()).Errno);
        Assert.AreEqual("cannot read from timed out object", Assert.ThrowsExactly<IOException>(() => file.ReadLine()).Message);
        Assert.AreEqual("b", file.Read(1));
        Assert.AreEqual("cannot read from timed out object", Assert.ThrowsExactly<IOException>(() => file.Read(1)).Message);
    }

    [TestMethod]
    [DataRow(null, "a\nb\r\n\r")]
    [DataRow("", "a\nb\r\n\r")]
    [DataRow("\n", "a\nb\r\n\r")]
    [DataRow("\r", "a\rb\r\r\r")]
    [DataRow("\r\n", "a\r\nb\r\r\n\r")]
    public void Write_OfLineFeeds_WritesTheNewline(string? newline, string expected)
    {
        using (var file = A.MakeFile("w", -1, newline))
        {
            file.Write("a\nb\r\n\r");
        }

        A.Close();
        using var reader = B.MakeFile("b");
        Assert.AreEqual(expected, Text(reader.ReadBytes(100)));
    }

    [TestMethod]
    public void Write_OfALoneSurrogate_DoesWhatErrorsSay()
    {
        using var strict = A.MakeFile("w");
        using var replace = A.MakeFile("w", -1, null, TextErrors.Replace);
        using var escape = A.MakeFile("w", -1, null, TextErrors.SurrogateEscape);
        Assert.AreEqual("'utf-8' codec can't encode character DCFF in position 1: surrogates not allowed (Parameter 'text')",
            Assert.ThrowsExactly<ArgumentException>(() => strict.Write("a\uDCFF")).Message);
        Assert.ThrowsExactly<ArgumentException>(() => escape.Write("a\uDC7F"));
        Assert.ThrowsExactly<ArgumentException>(() => escape.Write("\uD83D"));
        Assert.ThrowsExactly<ArgumentNullException>(() => escape.Write(null));
        replace.Write("\uD83D-\uDE00\uD83D\uDE00");
        replace.Flush();
        escape.Write("\uDCFF\uDC80\uD83D\uDE00");
        escape.Flush();
        using var reader = B.MakeFile("b");
        Assert.AreEqual("?-?\xF0\x9F\x98\x80\xFF\x80\xF0\x9F\x98\x80", Text(reader.ReadBytes(13)));
    }

    [TestMethod]
    public void Write_WithLineBuffering_SendsEachLine()
    {
        using var file = A.MakeFile("rw", 1);
        file.Write("half");
        Assert.AreEqual(-(int)Errno.EAGAIN, B.TryReceive(new byte[9], 0, 9, SocketFlags.DontWait));
        file.Write(" line\n");
        using var reader = B.MakeFile("rw");
        Assert.AreEqual("half line\n", reader.ReadLine());
        file.Write("\r");
        Assert.AreEqual("\n", reader.Read(1));
    }

    [TestMethod]
    public void ReadBytes_AfterText_GoesOnWhereItEnded()
    {
        using var file = A.MakeFile("r", -1, "\r\n");
        B.Send(Bytes("Content-Length: 3\r\n\r\n\xFF\x00\nnext\r\n"));
        Assert.AreEqual("Content-Length: 3\r\n", file.ReadLine());
        Assert.AreEqual("\r\n", file.ReadLine());
        CollectionAssert.AreEqual(new byte[] { 0xFF, 0, 10 }, file.ReadExactly(3));
        Assert.AreEqual("next\r\n", file.ReadLine());
    }
}
