namespace IoTNet.Bench;

/// <summary>One end of a connection. Contestants differ in these calls and in nothing else; each pays the same for the
/// virtual call.</summary>
internal abstract class Wire : IDisposable
{
    public abstract int Send(byte[] buffer, int offset, int count);

    /// <returns>0 when the other end is closed, or this one by another thread.</returns>
    public abstract int Receive(byte[] buffer, int offset, int count);

    public abstract void Dispose();

    public bool ReceiveAll(byte[] buffer, int count)
    {
        for (var at = 0; at < count;)
        {
            var received = Receive(buffer, at, count - at);
            if (received <= 0)
            {
                return false;
            }

            at += received;
        }

        return true;
    }
}

/// <summary>Two ends that are connected to each other.</summary>
internal sealed record WirePair(Wire Near, Wire Far) : IDisposable
{
    public void Dispose()
    {
        Near.Dispose();
        Far.Dispose();
    }
}
