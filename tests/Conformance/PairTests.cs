#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    [TestClass]
    public class PairTests
    {
        [TestMethod]
        public void Pair_Stream_CarriesBothWays()
        {
            using Sockets sockets = new Sockets();
            sockets.Pair(SocketType.Stream, out Socket first, out Socket second);
            Sockets.Send(first, new byte[] { 1, 2 });
            Sockets.Send(first, new byte[] { 3 });
            Sockets.Receive(second, new byte[] { 1, 2, 3 });
            Sockets.Send(second, new byte[] { 4 });
            Sockets.Receive(first, new byte[] { 4 });
            Assert.IsTrue(first.Connected);
            Assert.IsTrue(second.Connected);
        }

        [TestMethod]
        public void Pair_PeerClosed_GivesTheRestThenZero()
        {
            using Sockets sockets = new Sockets();
            sockets.Pair(SocketType.Stream, out Socket first, out Socket second);
            Sockets.Send(first, new byte[] { 1 });
            first.Close();
            Sockets.Receive(second, new byte[] { 1 });
            Assert.AreEqual(0, second.Receive(new byte[1]));
            Expect.Fails(Errno.EPIPE, second.TrySend(new byte[1], 0, 1, SocketFlags.None));
        }

        [TestMethod]
        public void Pair_HalfClosed_StillReceives()
        {
            using Sockets sockets = new Sockets();
            sockets.Pair(SocketType.Stream, out Socket first, out Socket second);
            first.Shutdown(SocketShutdown.Send);
            Assert.AreEqual(0, second.Receive(new byte[1]));
            Sockets.Send(second, new byte[] { 5 });
            Sockets.Receive(first, new byte[] { 5 });
            Expect.Fails(Errno.EPIPE, first.TrySend(new byte[1], 0, 1, SocketFlags.None));
        }

        [TestMethod]
        public void Pair_Datagram_KeepsBounds()
        {
            using Sockets sockets = new Sockets();
            sockets.Pair(SocketType.Dgram, out Socket first, out Socket second);
            Sockets.Send(first, new byte[] { 1, 2 });
            Sockets.Send(first, new byte[0]);
            Sockets.Send(first, new byte[] { 3 });
            byte[] buffer = new byte[8];
            Assert.AreEqual(2, second.Receive(buffer));
            Assert.AreEqual(0, second.Receive(buffer));
            Assert.AreEqual(1, second.Receive(buffer));
        }

        [TestMethod]
        public void Pair_Seqpacket_KeepsBoundsAndEnds()
        {
            using Sockets sockets = new Sockets();
            sockets.Pair(SocketType.Seqpacket, out Socket first, out Socket second);
            Sockets.Send(first, new byte[] { 1, 2, 3 });
            Sockets.Send(first, new byte[] { 4 });
            first.Close();
            byte[] buffer = new byte[2];
            SocketFlags flags = SocketFlags.None;
            Assert.AreEqual(2, second.TryReceiveFrom(buffer, 0, 2, ref flags, null));
            Assert.AreEqual((int)SocketFlags.Truncated, (int)(flags & SocketFlags.Truncated));
            Assert.AreEqual(1, second.Receive(buffer));
            Assert.AreEqual(0, second.Receive(buffer));
        }

        [TestMethod]
        public void Pair_OfNetworkFamily_FailsWithEAFNOSUPPORT()
        {
            using Sockets sockets = new Sockets();
            Expect.Fails(Errno.EAFNOSUPPORT,
                Socket.TryPair(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Unspecified, out Socket first, out Socket second));
            Assert.IsNull(first);
            Assert.IsNull(second);
            Expect.Throws(Errno.EAFNOSUPPORT,
                () => Socket.Pair(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Unspecified, out Socket _, out Socket _));
        }

        [TestMethod]
        public void Pair_OfUnknownType_Fails()
        {
            using Sockets sockets = new Sockets();
            Expect.Fails(Errno.EPROTOTYPE,
                Socket.TryPair(AddressFamily.Unix, (SocketType)42, ProtocolType.Unspecified, out Socket _, out Socket _));
            Expect.Fails(Errno.EPROTONOSUPPORT,
                Socket.TryPair(AddressFamily.Unix, SocketType.Stream, ProtocolType.Tcp, out Socket _, out Socket _));
        }

        [TestMethod]
        public void Pair_Again_IsConnectedAlready()
        {
            using Sockets sockets = new Sockets();
            sockets.Pair(SocketType.Stream, out Socket first, out Socket _);
            SocketAddress name = UnixEndPoint.Abstract("pair").Serialize();
            Expect.Fails(Errno.EISCONN, first.TryConnect(name, 0));
            Expect.Fails(Errno.EINVAL, first.TryListen(1));
        }

        [TestMethod]
        public void Pair_Names_AreNone()
        {
            using Sockets sockets = new Sockets();
            sockets.Pair(SocketType.Stream, out Socket first, out Socket _);
            Assert.IsTrue(((UnixEndPoint)first.LocalEndPoint).IsUnnamed);
            Assert.IsTrue(((UnixEndPoint)first.RemoteEndPoint).IsUnnamed);
        }

        [TestMethod]
        public void Pair_Poll_TellsRoomDataAndEnd()
        {
            using Sockets sockets = new Sockets();
            sockets.Pair(SocketType.Stream, out Socket first, out Socket second);
            const PollEvents both = PollEvents.In | PollEvents.Out;
            Expect.Events(PollEvents.Out, first.Wait(both, 0));
            Sockets.Send(second, new byte[1]);
            Expect.Events(both, first.Wait(both, 0));
            first.Receive(new byte[1]);
            second.Close();

            // A Unix stream has no half that outlives its peer.
            Expect.Events(both | PollEvents.Hup, first.Wait(both, 0));
        }

        [TestMethod]
        public void Pair_LargeStream_IsWholeAndInOrder()
        {
            const int total = 1 << 20;
            using Sockets sockets = new Sockets();
            sockets.Pair(SocketType.Stream, out Socket first, out Socket second);
            Background writer = sockets.Start(() =>
            {
                byte[] piece = new byte[16384];
                for (int at = 0; at < total; at += piece.Length)
                {
                    Pattern.Fill(piece, 0, piece.Length, at);
                    Sockets.Send(first, piece);
                }

                first.Close();
            });
            byte[] buffer = new byte[10007];
            int place = 0;
            int got;
            while ((got = second.Receive(buffer)) > 0)
            {
                Pattern.Check(buffer, 0, got, place);
                place += got;
            }

            writer.Join();
            Assert.AreEqual(total, place);
        }

        [TestMethod]
        public void Pair_Close_WakesAReceiveOnEitherEnd()
        {
            using Sockets sockets = new Sockets();
            sockets.Pair(SocketType.Stream, out Socket first, out Socket second);
            Background own = sockets.Start(() => Expect.EndsByClose(first.TryReceive(new byte[1], 0, 1, SocketFlags.None)));
            Background peers = sockets.Start(() => Assert.AreEqual(0, second.TryReceive(new byte[1], 0, 1, SocketFlags.None)));
            own.LetBlock();
            first.Close();
            own.Join();
            peers.Join();
        }
    }
}
