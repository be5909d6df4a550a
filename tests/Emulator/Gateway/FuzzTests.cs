using NetSocket = System.Net.Sockets.Socket;

namespace IoTNet.Emulator.Tests;

/// <summary>What boards may send that is no packet of any protocol.</summary>
[TestClass]
public sealed class FuzzTests
{
    [TestMethod]
    public void Deliver_OfMalformedFrames_KeepsServing()
    {
        // Without the host's loopback, so that no service of this machine gets what is made up here.
        using Bench bench = new(new GatewayOptions { HasIPv6 = true, AllowHostLoopback = false });
        using SwitchPort port = bench.Network.Switch.Connect("fuzzer");
        Forward nothing = Forward.Parse("tcp:127.0.0.1:1:7");
        Random random = new(1);
        byte[] frame = new byte[1514];
        for (int i = 0; i < 100_000; i++)
        {
            port.Send(frame.AsSpan(0, Malform(frame, random)));
            if (i % 500 == 0)
            {
                // Between two calls on its thread the gateway takes what waits: so none is dropped for want of room.
                Assert.IsFalse(bench.Gateway.RemoveForward(nothing) | bench.Gateway.RemoveForward(nothing));
            }
        }

        bench.RunTcpEcho(7);
        using NetSocket client = Bench.Connect(bench.Forward(ProtocolType.Tcp, 7));
        client.Send([1]);
        CollectionAssert.AreEqual(new byte[] { 1 }, Bench.ReceiveAll(client, 1));
    }

    // To the gateway's own address, with plausible headers and random rest. Never to a foreign address: it would be sent.
    private static int Malform(byte[] frame, Random random)
    {
        int length = random.Next(14, 200);
        random.NextBytes(frame.AsSpan(0, length));
        new byte[] { 0x52, 0x55, 10, 0, 2, 2, 2, 0, 0, 0, 0, 9 }.CopyTo(frame, 0);
        int kind = random.Next(3);
        new byte[][] { [8, 0], [8, 6], [0x86, 0xDD] }[kind].CopyTo(frame, 12);
        if (kind == 0 && length >= 34)
        {
            frame[14] = (byte)(random.Next(8) == 0 ? random.Next(256) : 0x45);
            frame[16] = 0;
            frame[17] = (byte)(random.Next(4) == 0 ? random.Next(256) : length - 14);
            frame[20] = (byte)(random.Next(4) == 0 ? random.Next(64) : 0);
            frame[21] = 0;
            frame[23] = new byte[] { 1, 6, 17, 2, (byte)random.Next(256) }[random.Next(5)];
            new byte[] { 10, 0, 2, 99, 10, 0, 2, 2 }.CopyTo(frame, 26);
            frame[24] = frame[25] = 0;
            int header = (frame[14] & 15) * 4;
            uint sum = 0;
            for (int i = 0; i < header && 15 + i < length; i += 2)
            {
                sum += (uint)((frame[14 + i] << 8) | frame[15 + i]);
            }

            sum = (sum & 0xFFFF) + (sum >> 16);
            sum = ~((sum & 0xFFFF) + (sum >> 16));
            frame[24] = (byte)(sum >> 8);
            frame[25] = (byte)sum;
        }
        else if (kind == 2 && length >= 54)
        {
            frame[14] = 0x60;
            frame[20] = new byte[] { 6, 17, 58, 0, (byte)random.Next(256) }[random.Next(5)];
            frame.AsSpan(22, 32).Clear();
            frame[22] = frame[38] = 0xFE;
            frame[23] = frame[39] = (byte)(random.Next(2) == 0 ? 0xC0 : 0x80);
            frame[37] = 9;
            frame[53] = 2;
        }

        return length;
    }
}
