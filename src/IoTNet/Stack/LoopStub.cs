#pragma warning disable 1591
using System;

namespace IoTNet
{
    // Keeps the core compiling until the in-memory stack lands, which removes this file.
    public sealed class LoopbackStack : INetworkStack
    {
        private readonly NullStack _null = new NullStack();
        public string Name => "none";
        public bool HasLoopback => true;
        public string DescribeExhaustion() => _null.DescribeExhaustion();
        public int OpenPair(AddressFamily f, SocketType t, ProtocolType p, out int second) { second = 0; return Open(f, t, p); }
        public int Open(AddressFamily family, SocketType type, ProtocolType protocol) => _null.Open(family, type, protocol);
        public int Close(int handle) => _null.Close(handle);
        public int Bind(int handle, SocketAddress local) => _null.Close(handle);
        public int Listen(int handle, int backlog) => _null.Close(handle);
        public int Accept(int handle, SocketAddress peer, int timeoutMs) => _null.Close(handle);
        public int Connect(int handle, SocketAddress remote, int timeoutMs) => _null.Close(handle);
        public int Shutdown(int handle, SocketShutdown how) => _null.Close(handle);
        public int Send(int h, byte[] b, int o, int c, SocketFlags f, SocketAddress to, int t) => _null.Close(h);
        public int Receive(int h, byte[] b, int o, int c, ref SocketFlags f, SocketAddress from, int t) => _null.Close(h);
        public int SendMsg(int handle, SocketMessage message, int timeoutMs) => _null.Close(handle);
        public int ReceiveMsg(int handle, SocketMessage message, int timeoutMs) => _null.Close(handle);
        public int GetOption(int h, SocketOptionLevel l, SocketOptionName n, byte[] v, int length) => _null.Close(h);
        public int SetOption(int h, SocketOptionLevel l, SocketOptionName n, byte[] v, int length) => _null.Close(h);
        public int GetLocalAddress(int handle, SocketAddress local) => _null.Close(handle);
        public int GetRemoteAddress(int handle, SocketAddress remote) => _null.Close(handle);
        public int Poll(int handle, PollEvents events, int timeoutMs) => _null.Poll(handle, events, timeoutMs);
        public int PollMany(int[] h, int[] e, int[] r, int count, int t) => _null.PollMany(h, e, r, count, t);
    }
}
