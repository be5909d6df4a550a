using System.Collections.Concurrent;

namespace IoTNet.Tests.Tls;

/// <summary>Counts what is asked of a stack; its selectors may be full, or tell of the end of a watch.</summary>
internal sealed class CountingStack(INetworkStack inner) : INetworkStack, ISelectorStack
{
    private readonly ConcurrentDictionary<int, long> _sent = new();
    private long _calls;

    /// <summary>Polls, sends and receives.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    /// <summary>Whether selectors that are opened from now on take no watch.</summary>
    public bool SelectorsAreFull { get; set; }

    /// <summary>Called by selectors that are opened from now on before they end a watch.</summary>
    public Action? OnUnwatch { get; set; }

    public string Name => inner.Name;

    public bool HasLoopback => inner.HasLoopback;

    public long SentBy(int handle) => _sent.GetValueOrDefault(handle);

    public string DescribeExhaustion() => inner.DescribeExhaustion();

    public int Open(AddressFamily family, SocketType type, ProtocolType protocol) => inner.Open(family, type, protocol);

    public int Close(int handle) => inner.Close(handle);

    public int Bind(int handle, SocketAddress local) => inner.Bind(handle, local);

    public int Listen(int handle, int backlog) => inner.Listen(handle, backlog);

    public int Accept(int handle, SocketAddress peer, int timeoutMs) => inner.Accept(handle, peer, timeoutMs);

    public int Connect(int handle, SocketAddress remote, int timeoutMs) => inner.Connect(handle, remote, timeoutMs);

    public int Shutdown(int handle, SocketShutdown how) => inner.Shutdown(handle, how);

    public int Send(int handle, byte[] buffer, int offset, int count, SocketFlags flags, SocketAddress to, int timeoutMs)
    {
        Interlocked.Increment(ref _calls);
        int sent = inner.Send(handle, buffer, offset, count, flags, to, timeoutMs);
        _sent.AddOrUpdate(handle, Math.Max(0, sent), (_, before) => before + Math.Max(0, sent));
        return sent;
    }

    public int Receive(int handle, byte[] buffer, int offset, int count, ref SocketFlags flags, SocketAddress from, int timeoutMs)
    {
        Interlocked.Increment(ref _calls);
        return inner.Receive(handle, buffer, offset, count, ref flags, from, timeoutMs);
    }

    public int SendMsg(int handle, SocketMessage message, int timeoutMs) => inner.SendMsg(handle, message, timeoutMs);

    public int ReceiveMsg(int handle, SocketMessage message, int timeoutMs) => inner.ReceiveMsg(handle, message, timeoutMs);

    public int GetOption(int handle, SocketOptionLevel level, SocketOptionName name, byte[] value, int length) =>
        inner.GetOption(handle, level, name, value, length);

    public int SetOption(int handle, SocketOptionLevel level, SocketOptionName name, byte[] value, int length) =>
        inner.SetOption(handle, level, name, value, length);

    public int GetLocalAddress(int handle, SocketAddress local) => inner.GetLocalAddress(handle, local);

    public int GetRemoteAddress(int handle, SocketAddress remote) => inner.GetRemoteAddress(handle, remote);

    public int Poll(int handle, PollEvents events, int timeoutMs)
    {
        Interlocked.Increment(ref _calls);
        return inner.Poll(handle, events, timeoutMs);
    }

    public int PollMany(int[] handles, int[] events, int[] results, int count, int timeoutMs) =>
        inner.PollMany(handles, events, results, count, timeoutMs);

    public ISelector OpenSelector() => SelectorsAreFull ? new FullSelector()
        : OnUnwatch == null ? Selectors.Open(inner) : new TellingSelector(Selectors.Open(inner), OnUnwatch);

    private sealed class TellingSelector(ISelector selector, Action onUnwatch) : ISelector
    {
        public int Watch(int handle, PollEvents events, bool once, int key) => selector.Watch(handle, events, once, key);

        public void Unwatch(int handle)
        {
            onUnwatch();
            selector.Unwatch(handle);
        }

        public int Wait(int[] keys, int[] seen, int timeoutMs) => selector.Wait(keys, seen, timeoutMs);

        public void Wake() => selector.Wake();

        public bool Forward(ISelector other) => selector.Forward(other);

        public void Close() => selector.Close();
    }

    private sealed class FullSelector : ISelector
    {
        public int Watch(int handle, PollEvents events, bool once, int key) => -(int)Errno.ENFILE;

        public void Unwatch(int handle)
        {
        }

        public int Wait(int[] keys, int[] seen, int timeoutMs) => throw new InvalidOperationException("there is nothing to wait for");

        public void Wake()
        {
        }

        public bool Forward(ISelector other) => false;

        public void Close()
        {
        }
    }
}
