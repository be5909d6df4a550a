namespace IoTNet.Tests.Messaging.Fuzz;

/// <summary>How many mutated inputs each test of this folder has; together a million.</summary>
internal static class Inputs
{
    public const int Greetings = 150_000;
    public const int Headers = 200_000;
    public const int Metadata = 200_000;
    public const int Commands = 100_000;
    public const int NullHandshakes = 100_000;
    public const int PlainHandshakes = 100_000;
    public const int CurveHandshakes = 1_000;
    public const int CurveMessages = 60_000;
    public const int PipeStreams = 81_000;
    public const int LiveStreams = 8_000;
}
