namespace IoTNet.Emulator.Tests;

/// <summary>What a test runs as a process of its own, within a network namespace (<see cref="NetworkNamespace"/>): its first
/// argument names the scene. It prints "passed" and ends with 0, or prints what went wrong.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        try
        {
            switch (arguments.FirstOrDefault())
            {
                case nameof(TapScenes.Kernel):
                    TapScenes.Kernel();
                    break;
                case nameof(TapScenes.NameTaken):
                    TapScenes.NameTaken();
                    break;
                case nameof(NameServerScene.Question):
                    NameServerScene.Question();
                    break;
                default:
                    throw new ArgumentException("no such scene");
            }

            Console.WriteLine("passed");
            return 0;
        }
        catch (Exception e)
        {
            Console.WriteLine(e);
            return 1;
        }
    }
}
