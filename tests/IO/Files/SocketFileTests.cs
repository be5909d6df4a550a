namespace IoTNet.Tests.IO.Files;

[TestClass]
public class SocketFile_HostTests : SocketFileTests
{
    protected override bool IsHost => true;
}

[TestClass]
public class SocketFile_LoopbackTests : SocketFileTests
{
}

/// <summary>Modes, arguments, and who keeps the socket open.</summary>
public abstract class SocketFileTests : SocketFileTestBase
{
    [TestMethod]
    [DataRow("x")]
    [DataRow("rx")]
    [DataRow("ab")]
    [DataRow("R")]
    [DataRow("r+")]
    public void MakeFile_OfAnotherMode_SaysWhichAreAllowed(string mode)
    {
        var e = Assert.ThrowsExactly<ArgumentException>(() => A.MakeFile(mode));
        Assert.AreEqual($"invalid mode '{mode}' (only r, w, b allowed)", e.Message);
    }

    [TestMethod]
    public void MakeFile_OfArgumentsThatPythonRefuses_SaysWhatPythonSays()
    {
        Assert.AreEqual("unbuffered streams must be binary", Assert.ThrowsExactly<ArgumentException>(() => A.MakeFile("rw", 0)).Message);
        Assert.AreEqual("illegal newline value: x", Assert.ThrowsExactly<ArgumentException>(() => A.MakeFile("r", -1, "x")).Message);
        Assert.AreEqual("illegal newline value: \n\r", Assert.ThrowsExactly<ArgumentException>(() => A.MakeFile("r", -1, "\n\r")).Message);
        Assert.ThrowsExactly<ArgumentNullException>(() => A.MakeFile(null));
        Assert.ThrowsExactly<ArgumentNullException>(() => SocketFiles.MakeFile(null, "r"));

        // A binary file has no newline that could be wrong.
        A.MakeFile("b", -1, "x").Close();
    }

    [TestMethod]
    [DataRow("", true, false, true)]
    [DataRow("r", true, false, true)]
    [DataRow("w", false, true, true)]
    [DataRow("wr", true, true, true)]
    [DataRow("b", true, false, false)]
    [DataRow("br", true, false, false)]
    [DataRow("wb", false, true, false)]
    [DataRow("wbr", true, true, false)]
    [DataRow("rrb", true, false, false)]
    public void MakeFile_OfAMode_AllowsItsDirections(string mode, bool reads, bool writes, bool isText)
    {
        using var file = A.MakeFile(mode);
        Assert.AreEqual(reads, file.CanRead);
        Assert.AreEqual(writes, file.CanWrite);
        Assert.IsFalse(file.CanSeek);
        B.Send(Bytes("x"));
        Expect(reads, "not readable", () => file.ReadBytes(1));
        Expect(reads && isText, reads ? "not a text file" : "not readable", () => file.Read(0));
        Expect(writes, "not writable", () => file.Write([1], 0, 1));
        Expect(writes && isText, writes ? "not a text file" : "not writable", () => file.Write(""));
        Assert.ThrowsExactly<NotSupportedException>(() => file.Length);
        Assert.ThrowsExactly<NotSupportedException>(() => file.Seek(0, SeekOrigin.Begin));
    }

    [TestMethod]
    public void Close_OfSocketAndFiles_EndsTheConnectionWithTheLast()
    {
        var reader = A.MakeFile("rb");
        var writer = A.MakeFile("wb");
        A.Close();
        A.Close();
        Assert.IsTrue(A.IsClosed);
        Assert.ThrowsExactly<ObjectDisposedException>(() => A.Receive(new byte[1]));
        Assert.ThrowsExactly<ObjectDisposedException>(() => A.MakeFile());
        B.Send([5]);
        CollectionAssert.AreEqual(new byte[] { 5 }, reader.ReadBytes(1));
        reader.Close();
        reader.Close();
        Assert.AreEqual(-(int)Errno.EAGAIN, B.TryReceive(new byte[1], 0, 1, SocketFlags.DontWait));
        writer.Write([6], 0, 1);
        writer.Close();
        var buffer = new byte[2];
        Assert.AreEqual(1, B.Receive(buffer));
        Assert.AreEqual(0, B.Receive(buffer));
    }

    [TestMethod]
    public void Close_OfTheFileFirst_LeavesTheSocketOpen()
    {
        A.MakeFile("rwb").Close();
        Assert.IsFalse(A.IsClosed);
        Assert.AreEqual(1, B.Send([1]));
        Assert.AreEqual(1, A.Receive(new byte[2]));
    }

    [TestMethod]
    public void Close_WhenTheLastWriteFails_ThrowsAndLeavesNothingOpen()
    {
        int before = OpenSockets();
        var file = A.MakeFile("w");
        file.Write("lost");
        A.Shutdown(SocketShutdown.Send);
        A.Close();
        Assert.AreEqual(before, OpenSockets());
        Assert.AreEqual(Errno.EPIPE, Assert.ThrowsExactly<SocketException>(file.Close).Errno);
        Assert.AreEqual(before - 1, OpenSockets());
        file.Close();
        Assert.ThrowsExactly<ObjectDisposedException>(() => file.Write("more"));
        Assert.ThrowsExactly<ObjectDisposedException>(file.Flush);
    }

    [TestMethod]
    public void MakeFile_ByManyThreads_KeepsOneCount()
    {
        int before = OpenSockets();
        var threads = new Thread[8];
        var files = new SocketFile[threads.Length * 50];
        for (int t = 0; t < threads.Length; t++)
        {
            int first = t * 50;
            threads[t] = new Thread(() =>
            {
                for (int i = first; i < first + 50; i++)
                {
                    files[i] = A.MakeFile("rb", 1);
                    if (i % 2 == 1)
                    {
                        files[i].Close();
                    }
                }
            });
            threads[t].Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }

        A.Close();
        for (int i = 0; i < files.Length; i += 2)
        {
            Assert.AreEqual(before, OpenSockets(), "at file " + i);
            files[i].Close();
        }

        Assert.AreEqual(before - 1, OpenSockets());
    }

    [TestMethod]
    public void MakeFile_OfASocketWithoutAnAddress_Throws()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        Assert.AreEqual(Errno.ENOTCONN, Assert.ThrowsExactly<SocketException>(() => socket.MakeFile()).Errno);
    }

    private static void Expect(bool isAllowed, string refusal, Action call)
    {
        if (isAllowed)
        {
            call();
        }
        else
        {
            Assert.AreEqual(refusal, Assert.ThrowsExactly<IOException>(call).Message);
        }
    }
}
