using System.Reflection;

namespace IoTNet.Tests.Server;

/// <summary>A stack in memory whose answers a test can replace, call by call.</summary>
internal static class Troubled
{
    /// <summary>Gives the answer instead of the stack's; null lets the stack answer.</summary>
    public delegate int? Trouble(string call, int count);

    public static NetworkStack Board(LoopbackStack inner, Trouble trouble)
    {
        IBoard board = DispatchProxy.Create<IBoard, Proxy>();
        Proxy proxy = (Proxy)board;
        proxy.Inner = inner;
        proxy.Trouble = trouble;
        return new NetworkStack(board, inner);
    }

    public interface IBoard : INetworkStack, ILocalAddresses;

    public class Proxy : DispatchProxy
    {
        private readonly Dictionary<string, int> _counts = [];

        public LoopbackStack Inner { get; set; } = null!;

        public Trouble Trouble { get; set; } = null!;

        protected override object? Invoke(MethodInfo? method, object?[]? arguments)
        {
            int count = _counts[method!.Name] = _counts.GetValueOrDefault(method.Name) + 1;
            return Trouble(method.Name, count) ?? method.Invoke(Inner, arguments);
        }
    }
}
