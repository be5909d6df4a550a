using System.Diagnostics;
using System.Globalization;

namespace IoTNet.Emulator.Tests;

/// <summary>What another program makes of our captures: tcpdump, of which tools/setup.sh installs the package.</summary>
[TestClass]
public sealed class TcpdumpTests
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"iotnet-{Guid.NewGuid():N}.pcapng");

    [TestCleanup]
    public void Clean() => File.Delete(_path);

    [TestMethod]
    public void Tcpdump_ACaptureOfRealTraffic_AgreesWithOurDecoder()
    {
        using (RealTraffic traffic = new(seed: 5))
        using (PcapWriter writer = new(_path))
        {
            traffic.Network.Switch.Attach(writer);
            traffic.Network.PortOf(traffic.Client).SetConditions(new LinkConditions { Duplication = 0.2, Reordering = 0.1 });
            traffic.Echo(20_000);
            traffic.Network.Switch.Detach(writer);
        }

        string[] theirs = Run("tcpdump", "-r", _path, "-n", "-S", "-tt", "--nano", "tcp");
        List<string> ours = [];
        using PcapReader reader = new(_path);
        while (reader.TryRead(out CapturedFrame frame))
        {
            DecodedFrame decoded = FrameDecoder.Decode(frame.Data.Span);
            Assert.IsNull(decoded.Problem);
            if (decoded.Protocol == FrameProtocol.Tcp)
            {
                ours.Add(AsTcpdump(frame.Time, decoded));
            }
        }

        Assert.IsGreaterThan(40, ours.Count, "segments");
        for (int i = 0; i < ours.Count; i++)
        {
            // Between the two halves stand the options, as tcpdump words them.
            string[] halves = ours[i].Split('|');
            StringAssert.StartsWith(theirs[i], halves[0]);
            StringAssert.EndsWith(theirs[i].Split(": echo")[0], halves[1]);
        }

        Assert.HasCount(ours.Count, theirs);
    }

    // 1714979289.123456000 IP 10.0.2.16.49153 > 10.0.2.15.7: Flags [P.], seq 1:1001, ack 1, win 5744
    private static string AsTcpdump(DateTimeOffset time, in DecodedFrame frame)
    {
        long ticks = (time - DateTimeOffset.UnixEpoch).Ticks;
        string flags = (frame.Has(TcpFlags.Fin) ? "F" : "") + (frame.Has(TcpFlags.Syn) ? "S" : "") + (frame.Has(TcpFlags.Rst) ? "R" : "")
            + (frame.Has(TcpFlags.Psh) ? "P" : "") + (frame.Has(TcpFlags.Ack) ? "." : "");
        bool takesNumbers = frame.PayloadLength > 0 || (frame.Flags & (TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst)) != 0;
        string sequence = !takesNumbers ? ""
            : $", seq {frame.Sequence}" + (frame.PayloadLength > 0 ? $":{frame.Sequence + (uint)frame.PayloadLength}" : "");
        string acknowledgment = frame.Has(TcpFlags.Ack) ? $", ack {frame.Acknowledgment}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{ticks / TimeSpan.TicksPerSecond}.{ticks % TimeSpan.TicksPerSecond * 100:000000000} IP {frame.Source}.{frame.SourcePort} > "
            + $"{frame.Destination}.{frame.DestinationPort}: Flags [{flags}]{sequence}{acknowledgment}, win {frame.Window}, |length {frame.PayloadLength}");
    }

    private static string[] Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Assert.IsTrue(Task.WhenAll(output, error, process.WaitForExitAsync()).Wait(30_000), $"{program} hangs");
            Assert.AreEqual(0, process.ExitCode, error.Result);
            return output.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Fail($"{program} is not installed: run tools/setup.sh");
            throw;
        }
    }
}
