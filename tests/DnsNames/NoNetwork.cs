using System.Reflection;
using System.Runtime.InteropServices;

namespace IoTNet.DnsNames.Tests;

/// <summary>A board on which, for as long as this lives, whoever opens a socket fails the test. Its interfaces are this
/// machine's.</summary>
internal sealed partial class NoNetwork : IDisposable
{
    public NoNetwork() => NetworkStack.Use(DispatchProxy.Create<IBoard, Refusal>());

    public void Dispose() => NetworkStack.Use(new LoopbackStack());

    public interface IBoard : INetworkStack, INetworkInterfaces;

    public partial class Refusal : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? method, object?[]? arguments) => method!.Name switch
        {
            nameof(INetworkInterfaces.FindInterface) => (int)FindInterface((string)arguments![0]!),
            nameof(INetworkInterfaces.GetInterfaceName) => GetInterfaceName((uint)(int)arguments![0]!),
            _ => throw new AssertFailedException($"{method.Name} was called"),
        };

        private static string? GetInterfaceName(uint index)
        {
            var name = new byte[16];
            return GetInterfaceName(index, name) == 0 ? null : System.Text.Encoding.ASCII.GetString(name).TrimEnd('\0');
        }

        [LibraryImport("libc", EntryPoint = "if_nametoindex", StringMarshalling = StringMarshalling.Utf8)]
        private static partial uint FindInterface(string name);

        [LibraryImport("libc", EntryPoint = "if_indextoname")]
        private static partial nint GetInterfaceName(uint index, byte[] name);
    }
}
