namespace IoTNet.Tests.IO.Files;

[TestClass]
public class SocketFileBytes_HostTests : SocketFileBytesTests
{
    protected override bool IsHost => true;
}

[TestClass]
public class SocketFileBytes_LoopbackTests : SocketFileBytesTests
{
}

public abstract class SocketFileBytesTests : SocketFileTestBase
{
    [TestMethod]
    public void ReadLineBytes_OfEverySplit_GivesTheSameLines()
    {
        byte[] sent = Bytes("ab\n\nc\r\nlast");
        for (int split = 0; split <= sent.Length; split++)
        {
            var lines = ReadSplit(sent, split, s => s.MakeFile("rb"), f => f.ReadLineBytes(100) is { } b ? Text(b) : null, "");
            CollectionAssert.AreEqual(new[] { "ab\n", "\n", "c\r\n", "last" }, lines, "split at " + split);
        }
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(3)]
    [DataRow(-1)]
    public void ReadUntil_OfEverySplitAndBuffer_FindsTheSeparator(int bufferSize)
    {
        byte[] sent = Bytes("a--b---c-\0--");
        for (int split = 0; split <= sent.Length; split++)
        {
            var parts = ReadSplit(sent, split, s => s.MakeFile("rb", bufferSize), f => f.ReadUntil(Bytes("--"), 100) is { } b ? Text(b) : null, "");
            CollectionAssert.AreEqual(new[] { "a--", "b--", "-c-\0--" }, parts, "split at " + split);
        }
    }

    [TestMethod]
    public void ReadUntil_AtItsLimit_LeavesTheRest()
    {
        using var file = A.MakeFile("rb");
        B.Send(Bytes("abcdef;"));
        Assert.AreEqual("abc", Text(file.ReadUntil((byte)';', 3)));
        Assert.AreEqual("", Text(file.ReadUntil((byte)';', 0)));
        Assert.AreEqual("def;", Text(file.ReadUntil((byte)';', 4)));
        Assert.ThrowsExactly<ArgumentException>(() => file.ReadUntil([], 4));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => file.ReadUntil(0, -1));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(100)]
    [DataRow(-1)]
    public void ReadBytes_OfMoreThanTheBuffer_GivesAllAndLessAtTheEnd(int bufferSize)
    {
        using var file = A.MakeFile("rb", bufferSize);
        var sent = new byte[3000];
        new Random(7).NextBytes(sent);
        using var writer = B.MakeFile("wb", bufferSize);
        writer.Write(sent, 0, 50);
        writer.Write(sent, 50, sent.Length - 50);
        writer.Close();
        B.Close();
        CollectionAssert.AreEqual(sent[..2500], file.ReadBytes(2500));
        CollectionAssert.AreEqual(sent[2500..], file.ReadBytes(int.MaxValue));
        Assert.AreEqual(0, file.ReadBytes(1).Length);
        Assert.AreEqual(-1, file.ReadByte());
    }

    [TestMethod]
    public void ReadExactly_AtAnEarlyEnd_ThrowsAndKeepsWhatCame()
    {
        using var file = A.MakeFile("rb");
        B.Send(Bytes("abcde"));
        B.Shutdown(SocketShutdown.Send);
        Assert.AreEqual("ab", Text(file.ReadExactly(2)));
        var e = Assert.ThrowsExactly<IOException>(() => file.ReadExactly(4));
        Assert.AreEqual("expected 4 bytes, the stream ended after 3", e.Message);
        Assert.AreEqual("cde", Text(file.ReadExactly(3)));
        Assert.ThrowsExactly<IOException>(() => file.ReadExactly(1));
    }

    [TestMethod]
    public void Read_Unbuffered_TakesNoByteTooMany()
    {
        using var file = A.MakeFile("rb", 0);
        B.Send(Bytes("a line\nrest"));
        Assert.AreEqual("a line\n", Text(file.ReadLineBytes(100)));
        Assert.AreEqual("r", Text(file.ReadBytes(1)));
        Assert.AreEqual((int)'e', file.ReadByte());
        var rest = new byte[2];
        A.Receive(rest, SocketFlags.WaitAll);
        Assert.AreEqual("st", Text(rest));
    }

    [TestMethod]
    public void Read_UnbufferedAfterACallThatFoundTooLittle_TakesNoByteTooMany()
    {
        using var file = A.MakeFile("rb", 0);
        B.Send(Bytes("a"));
        Assert.AreEqual(PollEvents.In, A.Wait(PollEvents.In, -1));
        A.Blocking = false;
        Assert.IsNull(file.ReadBytes(100));
        B.Send(Bytes("b\nrest"));
        A.Blocking = true;
        Assert.AreEqual("ab\n", Text(file.ReadLineBytes(100)));
        var rest = new byte[4];
        A.Receive(rest, SocketFlags.WaitAll);
        Assert.AreEqual("rest", Text(rest));
    }

    [TestMethod]
    public void Read_OfAStream_GivesWhatIsThere()
    {
        using Stream file = A.MakeFile("rb");
        B.Send(Bytes("abc"));
        var buffer = new byte[5];
        Assert.AreEqual((int)'a', file.ReadByte());
        Assert.AreEqual(1, file.Read(buffer, 3, 1));
        Assert.AreEqual(1, file.Read(buffer.AsSpan(4, 1)));
        Assert.AreEqual("\0\0\0bc", Text(buffer));
        Assert.AreEqual(0, file.Read(buffer, 0, 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => file.Read(buffer, 3, 3));
        B.Close();
        Assert.AreEqual(0, file.Read(buffer, 0, 5));
    }

    [TestMethod]
    public void Read_OfAnEmptyNonBlockingSocket_GivesNullOrWouldBlock()
    {
        using var file = A.MakeFile("rb");
        A.Blocking = false;
        Assert.IsNull(file.ReadBytes(1));
        Assert.IsNull(file.ReadExactly(1));
        Assert.IsNull(file.ReadLineBytes(1));
        Assert.AreEqual(Errno.EAGAIN, Assert.ThrowsExactly<SocketException>(() => file.ReadByte()).Errno);
        Assert.AreEqual(Errno.EAGAIN, Assert.ThrowsExactly<SocketException>(() => file.Read(new byte[1], 0, 1)).Errno);
        Assert.AreEqual(Errno.EAGAIN, Assert.ThrowsExactly<SocketException>(() => file.Read(new byte[999], 0, 999)).Errno);
        A.Blocking = true;
        B.Send([1]);
        Assert.AreEqual(1, file.ReadByte());
    }

    [TestMethod]
    public void Read_AfterATimeout_SaysSo()
    {
        using var file = A.MakeFile("rb");
        B.Send(Bytes("ab"));
        A.ReceiveTimeout = 1;
        Assert.AreEqual((int)'a', file.ReadByte());
        Assert.AreEqual(Errno.ETIMEDOUT, Assert.ThrowsExactly<SocketException>(() => file.ReadBytes(2)).Errno);
        B.Send([1]);
        Assert.AreEqual("cannot read from timed out object", Assert.ThrowsExactly<IOException>(() => file.ReadBytes(2)).Message);
        Assert.AreEqual("b", Text(file.ReadBytes(1)));
        Assert.AreEqual("cannot read from timed out object", Assert.ThrowsExactly<IOException>(() => file.ReadByte()).Message);
        A.ReceiveTimeout = 0;
        using var other = A.MakeFile("rb");
        CollectionAssert.AreEqual(new byte[] { 1 }, other.ReadBytes(1));
    }

    [TestMethod]
    public void Write_OfAHalfClosedConnection_GoesOn()
    {
        using var file = A.MakeFile("rwb");
        B.Shutdown(SocketShutdown.Send);
        Assert.AreEqual(0, file.ReadBytes(9).Length);
        file.Write(Bytes("still"), 0, 5);
        file.Flush();
        var buffer = new byte[5];
        B.Receive(buffer, SocketFlags.WaitAll);
        Assert.AreEqual("still", Text(buffer));
    }

    [TestMethod]
    public void Write_WithoutRoom_TakesAllOrNothingOfWhatFits()
    {
        using var file = A.MakeFile("wb", 1000);
        A.Blocking = false;
        var block = new byte[1000];
        int taken = 0;
        try
        {
            while (true)
            {
                for (int i = 0; i < block.Length; i++)
                {
                    block[i] = (byte)(((taken * block.Length) + i) % 251);
                }

                file.Write(block, 0, block.Length);
                taken++;
            }
        }
        catch (SocketException e) when (e.Errno == Errno.EAGAIN)
        {
            Assert.IsTrue(taken > 0);
        }

        A.Blocking = true;
        var received = new byte[taken * block.Length];
        var reader = new Thread(() => B.Receive(received, SocketFlags.WaitAll));
        reader.Start();
        file.Flush();
        reader.Join();
        for (int i = 0; i < received.Length; i++)
        {
            Assert.AreEqual((byte)(i % 251), received[i], "byte " + i);
        }
    }
}
