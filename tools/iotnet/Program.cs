using IoTNet.Cli;

return CommandLine.Run(args);
