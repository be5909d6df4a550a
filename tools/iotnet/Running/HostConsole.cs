using IoTNet.Apps;

namespace IoTNet.Cli;

/// <summary>An app's host on the command line: addresses and results to standard output, where a script can read them,
/// all the rest to standard error.</summary>
internal sealed class HostConsole(AppPlan plan) : IAppHost
{
    public EndPoint? Listen => plan.Listen;

    public string? BoardName => Environment.MachineName;

    public string[] Arguments => plan.Arguments;

    public void Serving(string protocol, EndPoint address)
    {
        Console.Out.WriteLine($"listening {protocol} {address}");
    }

    public void Print(string line)
    {
        Console.Out.WriteLine(line);
    }

    public void Log(string line)
    {
        Console.Error.WriteLine(line);
    }
}
