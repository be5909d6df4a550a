using System;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    [TestClass]
    public class CloseTests
    {
        [TestMethod]
        public void Close_Twice_DoesNothingMore()
        {
            using Sockets sockets = new Sockets();
            int open = StackUnderTest.OpenSockets(Sockets.Stacks);
            Socket socket = sockets.Tcp();
            Assert.AreEqual(open + 1, StackUnderTest.OpenSockets(Sockets.Stacks));
            socket.Close();
            Assert.AreEqual(open, StackUnderTest.OpenSockets(Sockets.Stacks));
            socket.Close();
            socket.Dispose();
            Assert.AreEqual(open, StackUnderTest.OpenSockets(Sockets.Stacks));
            Assert.IsTrue(socket.IsClosed);
            Assert.AreEqual(-1, socket.Handle);
        }

        [TestMethod]
        public void Close_FromTwoThreads_ClosesOnce()
        {
            using Sockets sockets = new Sockets();
            for (int i = 0; i < 50; i++)
            {
                Socket socket = sockets.Tcp();
                Background other = Background.Start(socket.Close);
                socket.Close();
                other.Join();
            }
        }

        [TestMethod]
        public void Close_SentBefore_StillArrives()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);

            // As many as a board's buffers hold while nobody reads.
            Sockets.Send(client, Pattern.Make(5000));
            client.Close();
            Sockets.Receive(server, Pattern.Make(5000));
            Assert.AreEqual(0, server.Receive(new byte[1]));
        }

        [TestMethod]
        public void Close_LingerZero_ResetsThePeer()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Sockets.Reset(client);
            server.ReceiveTimeout = Sockets.PatienceMs;
            Expect.Throws(Errno.ECONNRESET, () => server.Receive(new byte[1]));
        }

        [TestMethod]
        public void Close_UnreadData_ResetsThePeer()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Sockets.Send(client, new byte[] { 1, 2, 3 });
            Sockets.Await(server, PollEvents.In);

            // RFC 2525 2.17: data that nobody will read must not look delivered.
            server.Close();
            client.ReceiveTimeout = Sockets.PatienceMs;
            Expect.Fails(Errno.ECONNRESET, client.TryReceive(new byte[1], 0, 1, SocketFlags.None));
        }

        [TestMethod]
        public void Close_Before_EveryTryCallGivesEBADF()
        {
            using Sockets sockets = new Sockets();
            Socket socket = sockets.Tcp();
            socket.Close();
            byte[] buffer = new byte[4];
            SocketFlags flags = SocketFlags.None;
            SocketAddress address = Sockets.AnyPort().Serialize();
            SocketMessage message = new SocketMessage();
            message.Add(buffer);
            Expect.Fails(Errno.EBADF, socket.TryBind(address));
            Expect.Fails(Errno.EBADF, socket.TryListen(1));
            Expect.Fails(Errno.EBADF, socket.TryAccept(0, out Socket _));
            Expect.Fails(Errno.EBADF, socket.TryConnect(address, 0));
            Expect.Fails(Errno.EBADF, socket.TryConnect(Sockets.AnyPort(), 0));
            Expect.Fails(Errno.EBADF, socket.TryShutdown(SocketShutdown.Both));
            Expect.Fails(Errno.EBADF, socket.TrySend(buffer, 0, 4, flags));
            Expect.Fails(Errno.EBADF, socket.TrySendTo(buffer, 0, 4, flags, address));
            Expect.Fails(Errno.EBADF, socket.TryReceive(buffer, 0, 4, flags));
            Expect.Fails(Errno.EBADF, socket.TryReceiveFrom(buffer, 0, 4, ref flags, address));
            Expect.Fails(Errno.EBADF, socket.TrySendMsg(message));
            Expect.Fails(Errno.EBADF, socket.TryReceiveMsg(message));
            Expect.Fails(Errno.EBADF, socket.TryGetLocalAddress(address));
            Expect.Fails(Errno.EBADF, socket.TryGetRemoteAddress(address));
            Expect.Fails(Errno.EBADF, socket.TryGetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Type, buffer, 4));
            Expect.Fails(Errno.EBADF, socket.TrySetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, buffer, 4));
            Expect.Events(PollEvents.Nval, socket.Wait(PollEvents.In, 0));
        }

        [TestMethod]
        public void Close_Before_EveryThrowingCallThrowsObjectDisposed()
        {
            using Sockets sockets = new Sockets();
            Socket socket = sockets.Tcp();
            socket.Close();
            byte[] buffer = new byte[4];
            EndPoint any = Sockets.AnyPort();
            SocketMessage message = new SocketMessage();
            message.Add(buffer);
            Disposed(() => socket.Bind(any));
            Disposed(() => socket.Listen(1));
            Disposed(() => socket.Accept());
            Disposed(() => socket.Accept(0, out Socket _));
            Disposed(() => socket.Connect(any));
            Disposed(() => socket.Connect(any, 0));
            Disposed(() => socket.Shutdown(SocketShutdown.Both));
            Disposed(() => socket.Send(buffer));
            Disposed(() => socket.SendTo(buffer, any));
            Disposed(() => socket.Receive(buffer));
            Disposed(() => socket.ReceiveFrom(buffer, ref any));
            Disposed(() => socket.SendMsg(message));
            Disposed(() => socket.ReceiveMsg(message));
            Disposed(() => socket.Poll(0, SelectMode.SelectRead));
            Disposed(() => socket.LocalEndPoint.ToString());
            Disposed(() => socket.RemoteEndPoint.ToString());
            Disposed(() => socket.Available.ToString());
            Disposed(() => socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Type));
            Disposed(() => socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Type, buffer));
            Disposed(() => socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Type, 4));
            Disposed(() => socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true));
            Disposed(() => socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, 1));
            Disposed(() => socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, buffer));
        }

        private static void Disposed(Body body)
        {
            Expect.Throws(typeof(ObjectDisposedException), body);
        }
    }
}
