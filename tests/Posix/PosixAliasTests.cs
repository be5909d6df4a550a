#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using static IoTNet.Posix;

namespace IoTNet.Tests
{
    /// <summary>Each alias does what its canonical call does: both, on sockets in the same state, give the same.</summary>
    [TestClass]
    public class PosixAliasTests
    {
        [TestMethod]
        public void Errors_OfBoth_AreTheSame()
        {
            using Fds fds = new Fds();
            Sockets sockets = fds.Canonical;
            byte[] bytes = new byte[4];
            Same(listen(fds.Udp(), 1), sockets.Udp().TryListen(1));
            Same(recv(fds.Tcp(), bytes, 4, 0), sockets.Tcp().TryReceive(bytes, 0, 4, SocketFlags.None));
            Same(send(fds.Tcp(), bytes, 4, 0), sockets.Tcp().TrySend(bytes, 0, 4, SocketFlags.None));
            Same(send(fds.Udp(), bytes, 4, 0), sockets.Udp().TrySend(bytes, 0, 4, SocketFlags.None));
            Same(shutdown(fds.Tcp(), SHUT_WR), sockets.Tcp().TryShutdown(SocketShutdown.Send));
            Same(accept(fds.Tcp()), sockets.Tcp().TryAccept(-1, out Socket _));
            int length = 16;
            Same(getpeername(fds.Tcp(), new sockaddr_in(), ref length), sockets.Tcp().TryGetRemoteAddress(new SocketAddress()));
            sockaddr_in refusing = Fds.Bind(fds.Tcp());
            Same(connect(fds.Tcp(), refusing, 16), sockets.Tcp().TryConnect(new IPEndPoint(IPAddress.Loopback, ntohs(refusing.sin_port)), -1));
            fds.Listener(out sockaddr_in used);
            Same(bind(fds.Tcp(), used, 16), sockets.Tcp().TryBind(new IPEndPoint(IPAddress.Loopback, ntohs(used.sin_port)).Serialize()));
            Same(setsockopt(fds.Tcp(), SOL_SOCKET, SO_TYPE, 1, 4),
                sockets.Tcp().TrySetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Type, bytes, 4));
        }

        [TestMethod]
        public void Transfers_OfBoth_MeetEachOther()
        {
            using Fds fds = new Fds();
            Sockets sockets = fds.Canonical;
            int listener = fds.Listener(out sockaddr_in address);
            Socket client = sockets.Tcp();
            client.Connect(new IPEndPoint(IPAddress.Loopback, ntohs(address.sin_port)));
            int server = fds.Add(accept(listener));
            byte[] bytes = Check.Bytes("ping");
            Assert.AreEqual(4, client.Send(bytes));
            byte[] got = new byte[4];
            Assert.AreEqual(4, recv(server, got, 4, MSG_WAITALL));
            Check.Text("ping", got, 4);
            Assert.AreEqual(3, send(server, bytes, 3, 0));
            Assert.AreEqual(3, client.Receive(got, 3, SocketFlags.WaitAll));
            fds.Close(server);
            Assert.AreEqual(0, client.Receive(got));
        }

        private static void Same(int posix, int canonical)
        {
            int seen = errno;
            if (posix >= 0)
            {
                Assert.AreEqual(canonical, posix);
                return;
            }

            Expect.Fails((Errno)seen, canonical);
        }
    }
}
