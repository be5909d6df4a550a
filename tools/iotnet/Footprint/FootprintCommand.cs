using System.CommandLine;
namespace IoTNet.Cli;
internal static class FootprintCommand
{
    public static Command Create()
    {
        var command = new Command("footprint", "x");
        command.SetAction(_ => { foreach (var f in MemoryFigure.MeasureAll()) { Console.WriteLine($"{f.Name} {f.Bytes} {f.BufferBytes}"); foreach (var (n, u) in f.Use.OrderByDescending(u => u.Value.Bytes)) { Console.WriteLine($"   {n} {u.Objects} {u.Bytes} {u.BufferBytes}"); } } return 0; });
        return command;
    }
}
