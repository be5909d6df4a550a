namespace IoTNet.Tests;

[TestClass]
public sealed class ErrnoTableTests
{
    [TestMethod]
    public void Name_EveryErrno_IsTheEnumsOwnName()
    {
        foreach (Errno error in Enum.GetValues<Errno>())
        {
            Assert.AreEqual(error == Errno.None ? "OK" : error.ToString(), ErrnoTable.Name(error));
        }
    }

    [TestMethod]
    public void Text_EveryErrno_SaysSomethingOfItsOwn()
    {
        var texts = new HashSet<string>();
        foreach (Errno error in Enum.GetValues<Errno>())
        {
            string text = ErrnoTable.Text(error);
            Assert.AreNotEqual("unknown error", text, error.ToString());
            Assert.IsTrue(texts.Add(text), error + " has the text of another error: " + text);
        }
    }

    [TestMethod]
    public void ToSocketError_EveryError_IsNeverSuccess()
    {
        foreach (Errno error in Enum.GetValues<Errno>())
        {
            Assert.AreEqual(error == Errno.None, ErrnoTable.ToSocketError(error) == SocketError.Success, error.ToString());
        }

        Assert.AreEqual(SocketError.SocketError, ErrnoTable.ToSocketError((Errno)9999));
    }

    [TestMethod]
    public void FromSocketError_UnknownCode_IsEioNotSuccess()
    {
        Assert.AreEqual(Errno.EIO, ErrnoTable.FromSocketError(12345));
        Assert.AreEqual(Errno.EIO, ErrnoTable.FromSocketError(-1728053248));
        Assert.AreEqual(Errno.EIO, ErrnoTable.FromSocketError(-1));
    }

    [TestMethod]
    public void ToSocketErrorAndBack_EveryCode_IsTheSameCode()
    {
        foreach (SocketError code in Enum.GetValues<SocketError>())
        {
            Errno error = ErrnoTable.FromSocketError((int)code);
            if (error != Errno.EIO)
            {
                Assert.AreEqual(code, ErrnoTable.ToSocketError(error), error.ToString());
            }
        }
    }

    [TestMethod]
    public void NumbersAndNames_EveryCode_AreThoseOfDotNet()
    {
        foreach (SocketError code in Enum.GetValues<SocketError>())
        {
            Assert.AreEqual(((System.Net.Sockets.SocketError)(int)code).ToString(), code.ToString());
        }
    }

    [TestMethod]
    public void SocketException_FromNanoFrameworksCode_KeepsTheCode()
    {
        SocketException error = new(SocketError.ConnectionRefused);
        Assert.AreEqual(10061, error.ErrorCode);
        Assert.AreEqual(Errno.ECONNREFUSED, error.Errno);
        Assert.AreEqual("the peer refused the connection (ECONNREFUSED)", error.Message);
    }
}
