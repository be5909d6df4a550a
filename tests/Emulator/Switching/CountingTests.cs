namespace IoTNet.Emulator.Tests;

[TestClass]
public sealed class CountingTests
{
    // The word that gathers frames is emptied after 2^20 of them.
    private const int Frames = 1_500_000, Bytes = 60;

    [TestMethod]
    public void Counts_OfMillionsOfFramesByTwoThreads_AreExactAndOnlyGrow()
    {
        using VirtualSwitch network = new(1);
        Device to = new(network, 1);
        to.Broadcast();
        SwitchPort[] from = [network.Connect("x"), network.Connect("y")];
        SwitchPort sink = network.Connect("sink");
        byte[] hello = to.Frame([255, 255, 255, 255, 255, 255], new byte[Bytes - VirtualSwitch.HeaderBytes]);
        hello[11] = 9;
        sink.Send(hello);
        long helloFrames = sink.CountToDevice(FrameFate.Passed), helloBytes = sink.BytesToDevice;
        Thread[] senders = [.. from.Select((port, i) => new Thread(() => Send(port, (byte)(20 + i))))];
        Array.ForEach(senders, thread => thread.Start());
        long frames = 0, bytes = 0;
        while (senders.Any(thread => thread.IsAlive))
        {
            long nowFrames = sink.CountToDevice(FrameFate.Passed), nowBytes = sink.BytesToDevice;
            Assert.IsTrue(nowFrames >= frames && nowBytes >= bytes, $"{frames} frames, then {nowFrames}; {bytes} bytes, then {nowBytes}");
            (frames, bytes) = (nowFrames, nowBytes);
            Thread.Yield();
        }

        Assert.AreEqual(2L * Frames, sink.CountToDevice(FrameFate.Passed) - helloFrames);
        Assert.AreEqual(2L * Frames * Bytes, sink.BytesToDevice - helloBytes);
        Assert.IsTrue(from.All(port => port.BytesFromDevice == (long)Frames * Bytes));
    }

    [TestMethod]
    public void Bytes_OfFaultyCables_AreThoseAtTheDevicesEnds()
    {
        using VirtualSwitch network = new(1);
        Device a = new(network, 1), b = new(network, 2);
        b.Broadcast();
        a.Port.FromDevice = new LinkConditions { Loss = 1 };
        a.SendTo(b, new byte[86]);
        Assert.AreEqual(100, a.Port.BytesFromDevice);
        a.Port.FromDevice = LinkConditions.Perfect;
        b.Port.ToDevice = new LinkConditions { Duplication = 1 };
        a.SendTo(b, new byte[86]);
        b.Port.ToDevice = LinkConditions.Down;
        a.SendTo(b, new byte[86]);
        Assert.AreEqual(300, a.Port.BytesFromDevice);
        Assert.AreEqual(200, b.Port.BytesToDevice);
    }

    private static void Send(SwitchPort port, byte id)
    {
        byte[] frame = new byte[Bytes];
        frame[0] = 2;
        frame[5] = 9;
        frame[6] = 2;
        frame[11] = id;
        for (int i = 0; i < Frames; i++)
        {
            port.Send(frame);
        }
    }
}
