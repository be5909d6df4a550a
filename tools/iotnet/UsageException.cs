namespace IoTNet.Cli;

/// <summary>What was asked for cannot be: the message says what was expected and what came.</summary>
internal sealed class UsageException(string message) : Exception(message);
