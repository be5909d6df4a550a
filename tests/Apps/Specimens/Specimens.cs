using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace IoTNet.Apps.Tests;

/// <summary>Tests that pass, fail and cannot run, for NetTest's runner.</summary>
[TestClass]
public sealed class Specimens
{
    [TestMethod]
    public void Passes()
    {
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void PassesByRow(int row) => Assert.IsGreaterThan(0, row);

    [TestMethod]
    public void Fails() => throw new InvalidOperationException("as it must");

    [TestMethod]
    public void NeedsMore() => throw new AssertInconclusiveException("needs more");

    [TestMethod]
    public void PoolIsEmpty() => throw new SocketException(Errno.ENFILE, "open");

    [TestMethod]
    public void PoolIsEmptyElsewhere() =>
        throw new InvalidOperationException("on the other thread", new SocketException(Errno.ENFILE, "open"));
}
