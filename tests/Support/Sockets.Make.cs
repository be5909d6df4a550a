#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    // The sockets that tests begin with.
    internal sealed partial class Sockets
    {
        public Socket Tcp()
        {
            return Add(new Socket(Stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        }

        public Socket Udp()
        {
            return Add(new Socket(Stacks, AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        }

        public Socket Open(AddressFamily family, SocketType type)
        {
            return Add(new Socket(Stacks, family, type, ProtocolType.Unspecified));
        }

        /// <summary>127.0.0.1, port 0.</summary>
        public static IPEndPoint AnyPort()
        {
            return new IPEndPoint(IPAddress.Loopback, 0);
        }

        /// <summary>A listener on a port of the stack's choice.</summary>
        public Socket Listener()
        {
            return Listener(8);
        }

        public Socket Listener(int backlog)
        {
            Socket listener = Tcp();
            listener.Bind(AnyPort());
            listener.Listen(backlog);
            return listener;
        }

        /// <summary>A datagram socket on a port of the stack's choice.</summary>
        public Socket BoundUdp()
        {
            Socket socket = Udp();
            socket.Bind(AnyPort());
            return socket;
        }

        public Socket ConnectTo(Socket listener)
        {
            Socket client = Add(new Socket(Stacks, listener.AddressFamily, listener.SocketType, listener.ProtocolType));
            client.Connect(listener.LocalEndPoint);
            return client;
        }

        public Socket AcceptFrom(Socket listener)
        {
            bool came = listener.Accept(PatienceMs, out Socket accepted);
            Assert.IsTrue(came, "no connection came");
            return Add(accepted);
        }

        /// <summary>Accepts on a second thread: for a connect that goes on behind and whose end the test waits for, which a secured
        /// one does not come to before. To be joined.</summary>
        public Background AcceptBehind(Socket listener)
        {
            return Start(() => AcceptFrom(listener));
        }

        /// <summary>Both ends of a TCP connection.</summary>
        public void Connected(out Socket client, out Socket server)
        {
            Socket listener = Listener();
            client = ConnectTo(listener);
            server = AcceptFrom(listener);
            listener.Close();
        }

        /// <summary>Both ends of a socketpair of the stacks under test, which need not be the board's.</summary>
        public void Pair(SocketType type, out Socket first, out Socket second)
        {
            int result = Socket.TryPair(Stacks, AddressFamily.Unix, type, ProtocolType.Unspecified, out first, out second);
            Assert.AreEqual(0, result);
            Add(first);
            Add(second);
        }

        /// <summary>A TCP address that refuses: bound, so that nobody else can have it, but not listening.</summary>
        public EndPoint RefusingAddress()
        {
            Socket bound = Tcp();
            bound.Bind(AnyPort());
            return bound.LocalEndPoint;
        }

        /// <summary>A listener that takes no further connection and does not refuse it either: its backlog is full. Gives
        /// how many connections wait in it.</summary>
        public Socket FullListener(out int waiting)
        {
            Socket listener = Listener(1);
            EndPoint address = listener.LocalEndPoint;
            for (waiting = 0; waiting < 8; waiting++)
            {
                Socket client = Tcp();
                int result = client.TryConnect(address, 200);
                if (result == -(int)Errno.ETIMEDOUT)
                {
                    client.Close();
                    return listener;
                }

                Expect.Succeeds(result);
            }

            Assert.IsTrue(false, "a backlog of 1 took 8 connections");
            return null;
        }

        /// <summary>Closes a socket so that its peer gets a reset: linger of 0 seconds.</summary>
        public static void Reset(Socket socket)
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Linger, 0);
            socket.Close();
        }

        /// <summary>Sends single pieces until one fails; gives how. (Poll tells of room only when there is much of it: a
        /// few small pieces may still go out.)</summary>
        public static int SendUntilFailure(Socket socket, out int sent)
        {
            byte[] piece = new byte[1000];
            int result;
            sent = 0;
            while ((result = socket.TrySend(piece, 0, piece.Length, SocketFlags.None)) > 0)
            {
                sent += result;
            }

            return result;
        }

        /// <summary>Sends the pattern from place 0 on until the stack takes nothing more; gives how much it took.</summary>
        public static int Fill(Socket socket)
        {
            byte[] piece = new byte[16384];
            int sent = 0;
            while (true)
            {
                Pattern.Fill(piece, 0, piece.Length, sent);
                int result = socket.TrySend(piece, 0, piece.Length, SocketFlags.DontWait);
                if (result != -(int)Errno.EAGAIN)
                {
                    sent += Expect.Succeeds(result);
                }
                else if (socket.Wait(PollEvents.Out, 300) == PollEvents.None)
                {
                    // Nothing is on its way to the peer's buffer any more. (TCP probes a closed window after 200 ms.)
                    return sent;
                }
            }
        }

        /// <summary>Sends a few bytes whole.</summary>
        public static void Send(Socket socket, byte[] bytes)
        {
            Assert.AreEqual(bytes.Length, socket.Send(bytes), "bytes taken");
        }

        /// <summary>Receives exactly so many bytes of a stream, and checks that they are these.</summary>
        public static void Receive(Socket socket, byte[] expected)
        {
            byte[] buffer = new byte[expected.Length];
            int got = socket.Receive(buffer, 0, buffer.Length, SocketFlags.WaitAll);
            Expect.Bytes(expected, buffer, got);
        }

        /// <summary>Waits until a socket has one of the events; its own way to fail is a clear text.</summary>
        public static PollEvents Await(Socket socket, PollEvents events)
        {
            PollEvents seen = socket.Wait(events, PatienceMs);
            Assert.IsTrue(seen != PollEvents.None, "no event came");
            return seen;
        }
    }
}
