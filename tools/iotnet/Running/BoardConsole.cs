using IoTNet.Apps;

namespace IoTNet.Cli;

/// <summary>An app's host on an emulated board: as on the host, each line under the board's name.</summary>
internal sealed class BoardConsole(string board, AppPlan plan) : IAppHost
{
    public EndPoint? Listen => plan.Listen;

    public string? BoardName => board;

    public string[] Arguments => plan.Arguments;

    public void Serving(string protocol, EndPoint address)
    {
        BoardLines.Output.Write(board, $"listening {protocol} {address}");
    }

    public void Print(string line)
    {
        BoardLines.Output.Write(board, line);
    }

    public void Log(string line)
    {
        BoardLines.Error.Write(board, line);
    }
}
