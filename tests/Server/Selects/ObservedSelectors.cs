using System.Reflection;

namespace IoTNet.Tests.Server;

/// <summary>A stack in memory whose selectors call a test before each watch: so it can hold a loop where it likes.</summary>
internal static class ObservedSelectors
{
    public static NetworkStack Board(Action watching)
    {
        IBoard board = DispatchProxy.Create<IBoard, Proxy>();
        ((Proxy)board).Watching = watching;
        return new NetworkStack(board, null);
    }

    public interface IBoard : INetworkStack, ISelectorStack;

    public class Proxy : DispatchProxy
    {
        private readonly LoopbackStack _inner = new();

        public Action Watching { get; set; } = null!;

        protected override object? Invoke(MethodInfo? method, object?[]? arguments)
        {
            object? result = method!.Invoke(_inner, arguments);
            return result is ISelector selector ? new Selector(selector, Watching) : result;
        }
    }

    private sealed class Selector(ISelector inner, Action watching) : ISelector
    {
        public int Watch(int handle, PollEvents events, bool once, int key)
        {
            watching();
            return inner.Watch(handle, events, once, key);
        }

        public void Unwatch(int handle) => inner.Unwatch(handle);

        public int Wait(int[] keys, int[] seen, int timeoutMs) => inner.Wait(keys, seen, timeoutMs);

        public void Wake() => inner.Wake();

        public bool Forward(ISelector other) => inner.Forward(other);

        public void Close() => inner.Close();
    }
}
