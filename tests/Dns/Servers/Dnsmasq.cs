using System.Diagnostics;
using System.Net.Sockets;
using Net = System.Net;

namespace IoTNet.Tests.Dns;

/// <summary>A dnsmasq of the test's own on a loopback port, as the current user; it ends with the test.</summary>
internal sealed class Dnsmasq : IDisposable
{
    public const int BigTexts = 40;

    private const string Program = "/usr/sbin/dnsmasq";
    private readonly string _folder = Directory.CreateTempSubdirectory("iotnet-dns").FullName;
    private readonly Process _process;

    public Dnsmasq()
    {
        Port = FreePort();
        string configuration = Path.Combine(_folder, "dnsmasq.conf");
        File.WriteAllLines(configuration, [.. Records, "server=/silent.test/127.0.0.1#" + Silent.Port]);
        _process = Process.Start(new ProcessStartInfo(Program)
        {
            ArgumentList =
            {
                "--no-daemon", "--port=" + Port, "--listen-address=127.0.0.1", "--bind-interfaces", "--no-resolv", "--no-hosts",
                "--conf-file=" + configuration, "--user=" + Environment.UserName, "--pid-file=" + Path.Combine(_folder, "pid"),
            },
            RedirectStandardError = true,
        })!;

        try
        {
            AwaitStart();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What it knows, in the words of its configuration.</summary>
    public static string[] Records =>
    [
        "host-record=host.iot.test,192.0.2.10,2001:db8::10",
        "host-record=two.iot.test,192.0.2.20", "host-record=two.iot.test,192.0.2.21",
        "host-record=six.iot.test,2001:db8::6",
        "cname=one.iot.test,middle.iot.test", "cname=middle.iot.test,host.iot.test",
        "txt-record=text.iot.test,first text,second",
        "srv-host=_mqtt._tcp.iot.test,host.iot.test,1883,5,7",
        "mx-host=iot.test,host.iot.test,10",
        .. Enumerable.Range(0, BigTexts).Select(i => $"txt-record=big.iot.test,{i:000}{new string('x', 100)}"),
        "local=/iot.test/", "local=/in-addr.arpa/", "local=/ip6.arpa/", "auth-ttl=60", "local-ttl=60", "edns-packet-max=1232",
    ];

    public static bool IsThere => File.Exists(Program);

    public int Port { get; }

    public IPEndPoint EndPoint => new(IPAddress.Loopback, Port);

    /// <summary>A name server that never answers, behind silent.test.</summary>
    private (UdpClient Socket, int Port) Silent { get; } = MakeSilent();

    /// <summary>What dig says, sorted.</summary>
    public string Dig(string name, string type)
    {
        using Process dig = Process.Start(new ProcessStartInfo("dig")
        {
            ArgumentList = { "@127.0.0.1", "-p", Port.ToString(), "+short", "+tries=1", "+time=5", name, type },
            RedirectStandardOutput = true,
        })!;
        string output = dig.StandardOutput.ReadToEnd();
        Assert.IsTrue(dig.WaitForExit(20_000));
        Assert.AreEqual(0, dig.ExitCode, output);
        return string.Join('\n', output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Silent.Socket.Dispose();
        Directory.Delete(_folder, true);
    }

    // It says so when it is about to serve. The little that it says afterwards fits the pipe.
    private void AwaitStart()
    {
        List<string> said = [];
        while (said.Count == 0 || !said[^1].Contains("using nameserver", StringComparison.Ordinal))
        {
            said.Add(_process.StandardError.ReadLine() ?? throw new InvalidOperationException("dnsmasq ended: " + string.Join('\n', said)));
        }
    }

    // dnsmasq takes no port 0 (that switches its DNS off). UDP and TCP must be free.
    private static int FreePort()
    {
        while (true)
        {
            using UdpClient udp = new(new Net.IPEndPoint(Net.IPAddress.Loopback, 0));
            int port = ((Net.IPEndPoint)udp.Client.LocalEndPoint!).Port;
            TcpListener tcp = new(Net.IPAddress.Loopback, port);
            try
            {
                tcp.Start();
                return port;
            }
            catch (System.Net.Sockets.SocketException)
            {
                // In use by TCP: another one.
            }
            finally
            {
                tcp.Stop();
            }
        }
    }

    private static (UdpClient Socket, int Port) MakeSilent()
    {
        UdpClient socket = new(new Net.IPEndPoint(Net.IPAddress.Loopback, 0));
        return (socket, ((Net.IPEndPoint)socket.Client.LocalEndPoint!).Port);
    }
}
