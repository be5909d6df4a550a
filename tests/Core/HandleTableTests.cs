namespace IoTNet.Tests;

[TestClass]
public sealed class HandleTableTests
{
    [TestMethod]
    public void Add_EmptyTable_GivesPositiveHandleThatFindsTheItem()
    {
        HandleTable table = new(4);
        object item = new();
        int handle = table.Add(item);
        Assert.IsGreaterThan(0, handle);
        Assert.AreSame(item, table.Get(handle));
        Assert.AreEqual(1, table.Count);
    }

    [TestMethod]
    public void Add_FullTable_IsEnfileAndTakesNothing()
    {
        HandleTable table = new(2);
        table.Add(new object());
        table.Add(new object());
        Assert.AreEqual(-(int)Errno.ENFILE, table.Add(new object()));
        Assert.AreEqual(2, table.Count);
    }

    [TestMethod]
    public void Get_RemovedHandleWhoseSlotIsTakenAgain_FindsNothing()
    {
        HandleTable table = new(1);
        int first = table.Add(new object());
        table.Remove(first);
        for (int i = 0; i < 10_000; i++)
        {
            int next = table.Add(new object());
            Assert.AreNotEqual(first, next);
            Assert.IsNull(table.Get(first));
            Assert.IsNotNull(table.Remove(next));
        }
    }

    [TestMethod]
    public void Remove_Twice_GivesTheItemOnce()
    {
        HandleTable table = new(1);
        int handle = table.Add(new object());
        Assert.IsNotNull(table.Remove(handle));
        Assert.IsNull(table.Remove(handle));
        Assert.AreEqual(0, table.Count);
    }

    [TestMethod]
    [DataRow(-1)]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(4095)]
    [DataRow(int.MinValue)]
    [DataRow(int.MaxValue)]
    public void Get_NeverGivenOut_FindsNothing(int handle)
    {
        HandleTable table = new(3);
        Assert.IsNull(table.Get(handle));
        Assert.IsNull(table.Remove(handle));
    }

    [TestMethod]
    public void Generation_WrapsAround_StaysPositive()
    {
        HandleTable table = new(1);
        for (int i = 0; i < 600_000; i++)
        {
            int handle = table.Add(table);
            if (handle <= 0 || table.Remove(handle) == null)
            {
                Assert.Fail("handle " + handle + " in round " + i);
            }
        }
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(4097)]
    public void Constructor_CapacityOutOfRange_SaysTheRange(int capacity)
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new HandleTable(capacity));
        StringAssert.Contains(error.Message, "1 to 4096");
    }

    [TestMethod]
    public void AddRemove_ManyThreads_NoHandleIsGivenTwice()
    {
        HandleTable table = new(64);
        int failures = 0;
        Thread[] threads = new Thread[8];
        for (int t = 0; t < threads.Length; t++)
        {
            threads[t] = new Thread(() =>
            {
                object mine = new();
                for (int i = 0; i < 20_000; i++)
                {
                    int handle = table.Add(mine);
                    if (handle < 0 || table.Get(handle) != mine || table.Remove(handle) != mine)
                    {
                        Interlocked.Increment(ref failures);
                    }
                }
            });
            threads[t].Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        Assert.AreEqual(0, failures);
        Assert.AreEqual(0, table.Count);
    }
}
