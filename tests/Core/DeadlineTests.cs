namespace IoTNet.Tests;

[TestClass]
public sealed class DeadlineTests
{
    [TestMethod]
    public void After_MinusOne_IsNeverOver()
    {
        Assert.AreEqual(-1, Deadline.After(-1).RemainingMs());
    }

    [TestMethod]
    public void After_Zero_IsOverAtOnce()
    {
        Assert.AreEqual(0, Deadline.After(0).RemainingMs());
    }

    [TestMethod]
    [DataRow(60_000)]
    [DataRow(int.MaxValue)]
    public void After_Some_IsNeitherOverNorLonger(int timeoutMs)
    {
        int left = Deadline.After(timeoutMs).RemainingMs();
        Assert.IsTrue(left > timeoutMs - 30_000 && left <= timeoutMs, left.ToString());
    }
}
