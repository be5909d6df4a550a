using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IoTNet.Emulator.Tests;

/// <summary>TapPort up to the kernel's boundary: a pair of datagram sockets stands for the device.</summary>
[TestClass]
public sealed partial class TapPortTests
{
    private const int Unix = 1, Datagram = 2, NonBlocking = 0x800;

    [TestMethod]
    [DataRow("")]
    [DataRow("sixteen-letters-")]
    [DataRow("tap 0")]
    [DataRow("tap/0")]
    [DataRow("tap:0")]
    [DataRow("tap%d")]
    [DataRow("täp0")]
    [DataRow("..")]
    public void TapPort_WithANameThatCannotBe_IsRefused(string name)
    {
        using VirtualSwitch network = new(seed: 1);

        Assert.ThrowsExactly<ArgumentException>(() => new TapPort(name, network.Connect("tap")));
    }

    [TestMethod]
    public void Deliver_AndRead_PassFramesBothWays()
    {
        using VirtualSwitch network = new(seed: 1);
        SafeFileHandle[] ends = Pair();
        using SafeFileHandle kernel = ends[1];
        using TapPort tap = new(ends[0], "tap0", network.Connect("tap"));
        using SwitchPort board = network.Connect("board");
        Recorder recorder = new();
        board.Open(recorder);

        byte[] frame = Frame(60, 1);
        board.Send(frame);
        byte[] taken = new byte[2000];
        Assert.AreEqual(60, TakeFrom(kernel, taken));
        CollectionAssert.AreEqual(frame, taken[..60]);

        byte[] answer = Frame(1514, 2);
        Assert.AreEqual(1514, PutInto(kernel, answer));
        Assert.IsTrue(recorder.Came.Wait(Bench.PatienceMs), "the frame did not come");
        CollectionAssert.AreEqual(answer, recorder.Frame);
        Assert.AreEqual(1, tap.FramesIn);
        Assert.AreEqual(1, tap.FramesOut);
    }

    [TestMethod]
    public void Deliver_WhenTheDeviceIsFull_DropsAndCounts()
    {
        using VirtualSwitch network = new(seed: 1);
        SafeFileHandle[] ends = Pair();
        using SafeFileHandle kernel = ends[1];
        using TapPort tap = new(ends[0], "tap0", network.Connect("tap"));

        for (int i = 0; i < 100_000 && tap.FramesDropped == 0; i++)
        {
            tap.Deliver(Frame(1514, 1));
        }

        Assert.AreEqual(1, tap.FramesDropped);
    }

    [TestMethod]
    public void Dispose_UnderTraffic_EndsItsThreadAndClosesTheDevice()
    {
        using VirtualSwitch network = new(seed: 1);
        using SwitchPort board = network.Connect("board");
        int descriptors = 0;
        for (int i = 0; i < 200; i++)
        {
            SafeFileHandle[] ends = Pair();
            TapPort tap = new(ends[0], "tap0", network.Connect("tap"));
            using ManualResetEventSlim flowing = new();
            bool stop = false;
            Thread sender = new(() =>
            {
                while (!Volatile.Read(ref stop))
                {
                    board.Send(Frame(60, 1));
                    _ = PutInto(ends[1], Frame(60, 2));
                    flowing.Set();
                }
            });
            sender.Start();
            Assert.IsTrue(flowing.Wait(Bench.PatienceMs));
            tap.Dispose();
            tap.Dispose();
            Volatile.Write(ref stop, true);
            Assert.IsTrue(sender.Join(Bench.PatienceMs));
            Assert.IsTrue(ends[0].IsClosed);
            ends[1].Dispose();
            if (i == 10)
            {
                descriptors = Directory.GetFiles("/proc/self/fd").Length;
            }
        }

        Assert.IsLessThanOrEqualTo(descriptors + 5, Directory.GetFiles("/proc/self/fd").Length);
    }

    private static byte[] Frame(int length, byte source)
    {
        byte[] frame = new byte[length];
        frame.AsSpan(0, 6).Fill(0xFF);
        frame[6] = 2;
        frame[11] = source;
        return frame;
    }

    private static unsafe SafeFileHandle[] Pair()
    {
        int* ends = stackalloc int[2];
        Assert.AreEqual(0, SocketPair(Unix, Datagram | NonBlocking, 0, ends));
        return [new SafeFileHandle(ends[0], true), new SafeFileHandle(ends[1], true)];
    }

    private static unsafe nint TakeFrom(SafeFileHandle file, byte[] buffer)
    {
        fixed (byte* bytes = buffer)
        {
            return Read(file, bytes, (nuint)buffer.Length);
        }
    }

    private static unsafe nint PutInto(SafeFileHandle file, byte[] buffer)
    {
        fixed (byte* bytes = buffer)
        {
            return Write(file, bytes, (nuint)buffer.Length);
        }
    }

    [LibraryImport("libc", EntryPoint = "socketpair")]
    private static unsafe partial int SocketPair(int family, int type, int protocol, int* ends);

    [LibraryImport("libc", EntryPoint = "read")]
    private static unsafe partial nint Read(SafeFileHandle file, byte* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "write")]
    private static unsafe partial nint Write(SafeFileHandle file, byte* bytes, nuint count);

    private sealed class Recorder : IFrameSink
    {
        internal ManualResetEventSlim Came { get; } = new();

        internal byte[] Frame { get; private set; } = [];

        public void Deliver(ReadOnlySpan<byte> frame)
        {
            Frame = frame.ToArray();
            Came.Set();
        }
    }
}
