using System;

namespace IoTNet.Boards
{
    /// <summary>
    /// A network stack over System.Net.Sockets: on a board nanoFramework's (lwIP), on the desktop the operating system's.
    /// What each of them can do stands in the table of <c>boards/common/README.md</c>.
    /// </summary>
    /// <remarks>This file is the door: it finds the socket of a handle, counts the callers inside, and turns whatever
    /// System.Net throws into an Errno. The work is done by SystemNetSocket.</remarks>
    public sealed partial class SystemNetStack : INetworkStack, INameServers, ILocalAddresses, ISocketCounter
    {
        private const int BadHandle = -(int)Errno.EBADF;

        private readonly HandleTable _sockets;
        private bool _systemIsFull;

        /// <summary>Makes the stack with the platform's defaults: on a board without loopback (nanoFramework's STM32 builds
        /// leave it out, and a <see cref="ILocalStack"/> may carry 127.0.0.0/8 in memory), on the desktop with it.</summary>
        public SystemNetStack()
            : this(Platform.HasLoopback)
        {
        }

        /// <summary>Makes the stack.</summary>
        /// <param name="hasLoopback">Whether the platform carries 127.0.0.0/8 itself. ESP32 builds of nanoFramework
        /// do.</param>
        public SystemNetStack(bool hasLoopback)
            : this(hasLoopback, Platform.DefaultSockets)
        {
        }

        /// <summary>Makes the stack.</summary>
        /// <param name="hasLoopback">Whether the platform carries 127.0.0.0/8 itself.</param>
        /// <param name="maxSockets">The most sockets that may be open through this stack, 1 to 4,096. The platform's own
        /// limit holds besides: see <see cref="DescribeExhaustion"/>.</param>
        /// <exception cref="ArgumentOutOfRangeException">The number is outside 1..4096.</exception>
        public SystemNetStack(bool hasLoopback, int maxSockets)
        {
            HasLoopback = hasLoopback;
            _sockets = new HandleTable(maxSockets);
        }

        /// <inheritdoc/>
        public string Name => Platform.StackName;

        /// <inheritdoc/>
        public bool HasLoopback { get; }

        /// <summary>How many sockets are open: 0 when nothing leaked.</summary>
        public int OpenSockets => _sockets.Count;

        /// <inheritdoc/>
        public int GetNameServers(IPAddress[] servers)
        {
            return LinkNameServers.Get(servers);
        }

        /// <inheritdoc/>
        public int GetLocalAddresses(IPAddress[] addresses)
        {
            return LinkAddresses.Get(addresses, HasLoopback);
        }

        /// <inheritdoc/>
        public string DescribeExhaustion()
        {
            return _systemIsFull
                ? Platform.SystemLimit + "; " + _sockets.Count.ToString() + " of them are open through the " + Name + " stack"
                : "all " + _sockets.Capacity.ToString() + " sockets of the " + Name + " stack are open";
        }

        /// <inheritdoc/>
        public int Open(AddressFamily family, SocketType type, ProtocolType protocol)
        {
            int result = SystemNetSocket.CheckKind(family, type, protocol);
            if (result < 0)
            {
                return result;
            }

            if (IsFull())
            {
                return -(int)Errno.ENFILE;
            }

            SystemNetSocket socket;
            try
            {
                socket = SystemNetSocket.Open(family, type, protocol);
            }
            catch (Exception e)
            {
                result = SystemNetErrors.Of(e, NetCall.Open);
                _systemIsFull = result == -(int)Errno.ENFILE;
                return result;
            }

            return Register(socket);
        }

        /// <inheritdoc/>
        public int Close(int handle)
        {
            SystemNetSocket socket = (SystemNetSocket)_sockets.Remove(handle);
            if (socket == null)
            {
                return BadHandle;
            }

            socket.Close();
            return 0;
        }

        /// <inheritdoc/>
        public int Bind(int handle, SocketAddress local)
        {
            SystemNetSocket socket = Enter(handle);
            if (socket == null)
            {
                return BadHandle;
            }

            int result;
            try
            {
                result = socket.Bind(local);
            }
            catch (Exception e)
            {
                result = socket.ErrorOf(e, NetCall.Bind);
            }

            return socket.Leave(result);
        }

        /// <inheritdoc/>
        public int Listen(int handle, int backlog)
        {
            SystemNetSocket socket = Enter(handle);
            if (socket == null)
            {
                return BadHandle;
            }

            int result;
            try
            {
                result = socket.Listen(backlog < 1 ? 1 : backlog);
            }
            catch (Exception e)
            {
                result = socket.ErrorOf(e, NetCall.Listen);
            }

            return socket.Leave(result);
        }

        /// <inheritdoc/>
        public int Accept(int handle, SocketAddress peer, int timeoutMs)
        {
            SystemNetSocket socket = Enter(handle);
            if (socket == null)
            {
                return BadHandle;
            }

            int result;
            try
            {
                SystemNetSocket accepted = null;

                // Asked before the connection is taken: it stays in the backlog until there is a handle for it.
                result = IsFull() ? -(int)Errno.ENFILE : socket.Accept(timeoutMs, out accepted);
                if (accepted != null)
                {
                    accepted.WritePeer(peer);
                    result = Register(accepted);
                }
            }
            catch (Exception e)
            {
                result = socket.ErrorOf(e, NetCall.Accept);
                _systemIsFull = result == -(int)Errno.ENFILE;
            }

            return socket.Leave(result);
        }

        /// <inheritdoc/>
        public int Connect(int handle, SocketAddress remote, int timeoutMs)
        {
            SystemNetSocket socket = Enter(handle);
            if (socket == null)
            {
                return BadHandle;
            }

            int result;
            try
            {
                result = socket.Connect(remote, timeoutMs);
            }
            catch (Exception e)
            {
                result = socket.ErrorOf(e, NetCall.Connect);
            }

            return socket.Leave(result);
        }

        /// <inheritdoc/>
        public int Shutdown(int handle, SocketShutdown how)
        {
            SystemNetSocket socket = Enter(handle);
            if (socket == null)
            {
                return BadHandle;
            }

            int result;
            try
            {
                result = socket.Shutdown(how);
            }
            catch (Exception e)
            {
                result = socket.ErrorOf(e, NetCall.Other);
            }

            return socket.Leave(result);
        }

        /// <inheritdoc/>
        public int Poll(int handle, PollEvents events, int timeoutMs)
        {
            SystemNetSocket socket = Enter(handle);
            if (socket == null)
            {
                return (int)PollEvents.Nval;
            }

            int result;
            try
            {
                result = socket.Poll((int)events, timeoutMs);
            }
            catch (Exception)
            {
                result = (int)PollEvents.Err;
            }

            return socket.LeavePoll(result);
        }

        /// <inheritdoc/>
        public int PollMany(int[] handles, int[] events, int[] results, int count, int timeoutMs)
        {
            return SystemNetPoll.Many(this, handles, events, results, count, timeoutMs);
        }

        // Every socket that comes back from here must leave again.
        internal SystemNetSocket Enter(int handle)
        {
            SystemNetSocket socket = (SystemNetSocket)_sockets.Get(handle);
            return socket != null && socket.Enter() ? socket : null;
        }

        private bool IsFull()
        {
            if (_sockets.Count < _sockets.Capacity)
            {
                return false;
            }

            _systemIsFull = false;
            return true;
        }

        private int Register(SystemNetSocket socket)
        {
            int handle = _sockets.Add(socket);
            if (handle < 0)
            {
                _systemIsFull = false;
                socket.Close();
            }

            return handle;
        }
    }
}
