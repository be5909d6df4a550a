namespace IoTNet.Emulator;

/// <summary>How much of a stack's pools is in use.</summary>
internal readonly record struct StackUsage(int TcpInUse, int TcpTimeWaiting);
