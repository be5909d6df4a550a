namespace IoTNet.Cli;

/// <summary>What every command ends with.</summary>
internal static class ExitCode
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int NotHere = 3;

    /// <summary>For the help of every command.</summary>
    public const string Explanation =
        "Exit code: 0 all went well, 1 an app or a file failed or a budget is broken, 2 the command line or the topology file was wrong, " +
        "3 this machine lacks what the board needs.";
}
