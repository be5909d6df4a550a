using System.Diagnostics;
using IoTNet.Tests.Dns;

namespace IoTNet.DnsNames.Tests;

/// <summary>A machine that the C library takes for its own, made of Linux namespaces: loopback, 192.0.2.200, no IPv6 but ::1,
/// the name board.iot.test, and a dnsmasq on port 53 that <c>/etc/resolv.conf</c> names. Nothing of it is seen outside.</summary>
internal static class PrivateMachine
{
    private static readonly string[] s_command =
        ["unshare", "--user", "--map-root-user", "--mount", "--net", "--uts", "--pid", "--kill-child", "python3"];

    // The files of /etc are replaced for these processes alone.
    private const string Start =
        """
        import fcntl, os, struct, subprocess, sys, tempfile, time
        RECORDS = '''RECORDS-HERE'''
        device = socket.socket()
        fcntl.ioctl(device, 0x8914, struct.pack('16sh14x', b'lo', 0x49))
        fcntl.ioctl(device, 0x8916, struct.pack('16sHH4s8x', b'lo:1', socket.AF_INET, 0, socket.inet_aton('192.0.2.200')))
        socket.sethostname('board.iot.test')
        folder = tempfile.mkdtemp()
        def write(name, text):
            with open(folder + '/' + name, 'w') as file:
                file.write(text)
            return folder + '/' + name
        for name, text in (('resolv.conf', 'nameserver 127.0.0.1\n'), ('nsswitch.conf', 'hosts: dns\nservices: files\n')):
            subprocess.run(['mount', '--bind', write(name, text), '/etc/' + name], check=True)
        subprocess.Popen(['/usr/sbin/dnsmasq', '--no-daemon', '--port=53', '--listen-address=127.0.0.1', '--bind-interfaces',
            '--no-resolv', '--no-hosts', '--conf-file=' + write('dnsmasq.conf', RECORDS), '--user=root', '--pid-file='],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for attempt in range(500):
            try:
                socket.create_connection(('127.0.0.1', 53)).close()
                break
            except ConnectionRefusedError:
                time.sleep(0.02)

        """;

    /// <summary>Leaves the test as "skipped" where there are no namespaces or no dnsmasq.</summary>
    public static void Need()
    {
        if (!Dnsmasq.IsThere)
        {
            Assert.Inconclusive("dnsmasq is not installed: tools/setup.sh");
        }

        ProcessStartInfo start = new("/usr/bin/env") { RedirectStandardError = true };
        Array.ForEach([.. s_command[..^1], "true"], start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            Assert.Inconclusive("this machine lets no user make namespaces: " + said);
        }
    }

    /// <summary>Asks its C library, as <see cref="Python.Ask(string, IReadOnlyCollection{object[]})"/> does.</summary>
    public static string[] Ask(string program, IReadOnlyCollection<object?[]> questions) =>
        Python.Ask(s_command, Start.Replace("RECORDS-HERE", string.Join('\n', Dnsmasq.Records) + "\n", StringComparison.Ordinal) + program, questions);
}
