namespace IoTNet.Emulator.Tests;

/// <summary>What the shaper does to a SYN segment is seen from outside (<see cref="PoolTests"/>); here is what it does to
/// frames that are not what they seem.</summary>
[TestClass]
public sealed class SegmentShaperTests
{
    // Ethernet, IPv4, TCP SYN with MSS 1460, window scale and padding; from lwIP.
    private static readonly byte[] s_syn = Convert.FromHexString(
        "020000000002020000000001080045000034000000004006" + "0000" + "0A0000010A000002" +
        "C3500007" + "0000196E" + "00000000" + "8002FFFF" + "0000" + "0000" + "020405B4" + "01030301" + "01010000");

    [TestMethod]
    public void Deliver_SynCutAtEveryLength_LeavesTheBoardUp()
    {
        using TwoBoards net = new(BoardProfile.Esp32.Limits);
        Socket listener = net.Listener();
        for (int length = 0; length <= s_syn.Length; length++)
        {
            net.B.Deliver(s_syn.AsSpan(0, length));
        }

        net.Tcp(net.OnA).Connect(listener.LocalEndPoint, TwoBoards.PatienceMs);
    }

    [TestMethod]
    public void Deliver_SynWithAnyOptionBytes_LeavesTheBoardUp()
    {
        using TwoBoards net = new(BoardProfile.Esp32.Limits);
        Socket listener = net.Listener();
        Random random = new(3);
        byte[] frame = (byte[])s_syn.Clone();
        for (int i = 0; i < 20_000; i++)
        {
            random.NextBytes(frame.AsSpan(54));
            frame[46] = (byte)(random.Next(16) << 4);
            frame[14] = (byte)(0x40 | random.Next(16));
            net.B.Deliver(frame);
        }

        net.Tcp(net.OnA).Connect(listener.LocalEndPoint, TwoBoards.PatienceMs);
    }
}
