namespace IoTNet.Tests.Server;

/// <summary>Calls a delegate.</summary>
internal sealed class Watcher(Action<SocketWatch, PollEvents> action) : ISocketWatcher
{
    public void OnReady(SocketWatch watch, PollEvents events) => action(watch, events);
}
