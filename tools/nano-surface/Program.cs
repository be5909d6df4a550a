using NanoSurface;

return new CommandLine(Console.Out, Console.Error, Environment.CurrentDirectory).Run(args);
