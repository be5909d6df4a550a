namespace IoTNet.Tests;

[TestClass]
public sealed class SocketMessageTests
{
    [TestMethod]
    public void GatherScatter_EverySplitOfTenBytes_KeepsTheOrder()
    {
        byte[] all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        for (int cuts = 0; cuts < 1 << 9; cuts++)
        {
            SocketMessage message = new();
            List<byte[]> parts = [];
            int start = 0;
            for (int i = 1; i <= 10; i++)
            {
                if (i == 10 || (cuts & (1 << (i - 1))) != 0)
                {
                    byte[] padded = new byte[i - start + 2];
                    parts.Add(padded);
                    message.Add(padded, 1, i - start);
                    start = i;
                }
            }

            Assert.AreEqual(10, message.TotalBytes);
            message.Scatter(all, 0, 10);
            byte[] back = new byte[10];
            message.Gather(back);
            CollectionAssert.AreEqual(all, back);
            Assert.IsTrue(parts.TrueForAll(p => p[0] == 0 && p[^1] == 0), "a byte beside a part was written");
        }
    }

    [TestMethod]
    public void AddControl_BeyondItsRoom_SetsTheFlag()
    {
        SocketMessage message = new(1);
        ControlMessage control = new(SocketOptionLevel.IP, SocketOptionName.PacketInformation, new byte[12]);
        Assert.IsTrue(message.AddControl(control));
        Assert.IsFalse(message.AddControl(control));
        Assert.AreEqual(SocketFlags.ControlDataTruncated, message.Flags);
        Assert.AreEqual(1, message.ControlCount);
    }

    [TestMethod]
    public void Clear_UsedMessage_IsEmptyAndKeepsItsAddressObject()
    {
        SocketAddress address = new();
        SocketMessage message = new(1) { Address = address, Flags = SocketFlags.Peek };
        message.Add(new byte[3]);
        message.AddControl(new ControlMessage(SocketOptionLevel.IP, SocketOptionName.HopLimit, new byte[4]));
        message.Clear();
        Assert.AreEqual(0, message.BufferCount + message.TotalBytes + message.ControlCount + (int)message.Flags);
        Assert.AreSame(address, message.Address);
    }

    [TestMethod]
    public void Add_NotWithinTheBuffer_SaysBufferOffsetAndCount()
    {
        SocketMessage message = new();
        Assert.ThrowsExactly<ArgumentNullException>(() => message.Add(null!));
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => message.Add(new byte[8], 4, 5));
        StringAssert.Contains(error.Message, "8 bytes, 4 from offset 4 on; a count of 5 does not fit");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => message.Add(new byte[8], 4, int.MaxValue));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => message.Add(new byte[8], -1, 1));
    }

    [TestMethod]
    public void GetBufferAndGetControl_NotThere_SayHowManyThereAre()
    {
        SocketMessage message = new();
        message.Add(new byte[1]);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => message.GetBuffer(1, out _, out _)).Message, "1 buffers");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => message.GetControl(0)).Message, "0 pieces");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new SocketMessage(65));
    }
}
