#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using static IoTNet.Posix;

namespace IoTNet.Tests
{
    [TestClass]
    public class PosixTransferTests
    {
        [TestMethod]
        public void Send_FromAPlaceInAnArray_SendsThosebytes()
        {
            using Fds fds = new Fds();
            fds.Pair(SOCK_STREAM, out int first, out int second);
            byte[] bytes = Check.Bytes("abcdef");
            Assert.AreEqual(3, send(first, bytes, 2, 3, 0));
            byte[] got = Check.Bytes("......");
            Assert.AreEqual(3, recv(second, got, 1, 5, 0));
            Check.Text(".cde..", got, 6);
            Assert.AreEqual(2, write(first, bytes, 4, 2));
            Assert.AreEqual(2, read(second, got, 0, 2));
            Check.Text("efde..", got, 6);
        }

        [TestMethod]
        public void Transfers_OfBadMemory_FailAsPosixSays()
        {
            using Fds fds = new Fds();
            fds.Pair(SOCK_STREAM, out int first, out int second);
            byte[] bytes = new byte[4];
            Check.Fails(EFAULT, send(first, null, 1, 0));
            Check.Fails(EINVAL, send(first, bytes, -1, 0));
            Check.Fails(EFAULT, send(first, bytes, 5, 0));
            Check.Fails(EFAULT, send(first, bytes, 2, 3, 0));
            Check.Fails(EFAULT, send(first, bytes, -1, 2, 0));
            Check.Fails(EFAULT, send(first, bytes, 2000000000, 2000000000, 0));
            Check.Fails(EFAULT, recv(second, null, 1, 0));
            Check.Fails(EINVAL, recv(second, bytes, -1, 0));
            Check.Fails(EFAULT, recv(second, bytes, 5, 0));
            Check.Fails(EFAULT, recv(second, bytes, 4, 1, 0));
            Check.Fails(EFAULT, read(second, null, 1));
            Check.Fails(EFAULT, write(first, null, 1));
            Check.Fails(EAGAIN, recv(second, bytes, 4, MSG_DONTWAIT));
        }

        [TestMethod]
        public void Transfers_OfNothing_NeedNoMemory()
        {
            using Fds fds = new Fds();
            int receiver = fds.BoundUdp(out sockaddr_in address);
            int sender = fds.Udp();
            Assert.AreEqual(0, sendto(sender, null, 0, 0, address, sockaddr_in.SizeOf));
            Fds.Await(receiver, POLLIN);
            Assert.AreEqual(0, read(receiver, null, 0));
            Assert.AreEqual(0, recv(receiver, new byte[4], 4, 0));
            Check.Fails(EAGAIN, recv(receiver, new byte[4], 4, MSG_DONTWAIT));
        }

        [TestMethod]
        public void Read_OfNothing_LeavesTheDatagram()
        {
            using Fds fds = new Fds();
            fds.Pair(SOCK_DGRAM, out int first, out int second);
            Assert.AreEqual(3, write(first, new byte[3], 3));
            Assert.AreEqual(0, read(second, new byte[3], 0));
            Assert.AreEqual(3, read(second, new byte[3], 3));
        }

        [TestMethod]
        public void Send_UnconnectedStream_FailsWithEPIPE()
        {
            using Fds fds = new Fds();
            Check.Fails(EPIPE, send(fds.Tcp(), new byte[1], 1, MSG_NOSIGNAL));
            Check.Fails(ENOTCONN, recv(fds.Tcp(), new byte[1], 1, 0));
        }

        [TestMethod]
        public void Send_DatagramWithoutDestination_FailsWithEDESTADDRREQ()
        {
            using Fds fds = new Fds();
            Check.Fails(EDESTADDRREQ, send(fds.Udp(), new byte[1], 1, 0));
        }

        [TestMethod]
        public void Sendto_ALengthThatDoesNotFit_FailsWithEINVAL()
        {
            using Fds fds = new Fds();
            fds.BoundUdp(out sockaddr_in address);
            int fd = fds.Udp();
            Check.Fails(EINVAL, sendto(fd, new byte[1], 1, 0, address, -1));
            Check.Fails(EINVAL, sendto(fd, new byte[1], 1, 0, address, 0));
            Check.Fails(EINVAL, sendto(fd, new byte[1], 1, 0, address, 15));
            Check.Fails(EFAULT, sendto(fd, new byte[1], 1, 0, address, 17));
            address.sin_family = AF_UNIX;
            Check.Fails(EAFNOSUPPORT, sendto(fd, new byte[1], 1, 0, address, 16));
        }

        [TestMethod]
        public void Sendto_OfIPv6_TakesItsOwnFamilyOnly()
        {
            using Fds fds = new Fds();
            int fd = fds.Add(socket(AF_INET6, SOCK_DGRAM, 0));
            sockaddr_storage address = new sockaddr_storage { ss_family = AF_INET };
            Check.Fails(ENETUNREACH, sendto(fd, new byte[1], 1, 0, address, sockaddr_in.SizeOf));
            Check.Fails(EAFNOSUPPORT, connect(fd, address, sockaddr_in.SizeOf));
            address.ss_family = AF_UNIX;
            Check.Fails(EINVAL, sendto(fd, new byte[1], 1, 0, address, sockaddr_in6.SizeOf));
            address.ss_family = AF_UNSPEC;
            Check.Fails(EDESTADDRREQ, sendto(fd, new byte[1], 1, 0, address, sockaddr_in6.SizeOf));
            address.ss_family = AF_INET6;
            Check.Fails(EINVAL, sendto(fd, new byte[1], 1, 0, address, 23));
        }

        [TestMethod]
        public void Sendto_AnAddressOnTcp_IgnoresIt()
        {
            using Fds fds = new Fds();
            fds.Connected(out int client, out int server);
            sockaddr_in elsewhere = Fds.AnyPort();
            elsewhere.sin_port = htons(1);
            Assert.AreEqual(2, sendto(client, new byte[2], 2, 0, elsewhere, sockaddr_in.SizeOf));
            Assert.AreEqual(2, recv(server, new byte[2], 2, MSG_WAITALL));
        }

        [TestMethod]
        public void Recvfrom_OnTcp_TellsLengthZero()
        {
            using Fds fds = new Fds();
            fds.Connected(out int client, out int server);
            Assert.AreEqual(2, send(client, new byte[2], 2, 0));
            sockaddr_in peer = new sockaddr_in();
            int length = sockaddr_in.SizeOf;
            Assert.AreEqual(2, recvfrom(server, new byte[2], 2, 0, peer, ref length));
            Assert.AreEqual(0, length);
            Assert.AreEqual(0, (int)peer.sin_family);
        }

        [TestMethod]
        public void Recvfrom_OfEachLength_TellsTheFullOne()
        {
            using Fds fds = new Fds();
            int receiver = fds.BoundUdp(out sockaddr_in address);
            int sender = fds.BoundUdp(out sockaddr_in expected);
            for (int room = 0; room <= 16; room += 4)
            {
                Assert.AreEqual(1, sendto(sender, new byte[1], 1, 0, address, sockaddr_in.SizeOf));
                sockaddr_storage peer = new sockaddr_storage();
                int length = room;
                Assert.AreEqual(1, recvfrom(receiver, new byte[1], 1, 0, peer, ref length));
                Assert.AreEqual(16, length);
                for (int i = 0; i < 16; i++)
                {
                    Assert.AreEqual(i < room ? expected[i] : (byte)0, peer[i]);
                }
            }
        }

        [TestMethod]
        public void Recvfrom_IntoABadLength_LosesTheDatagramAsLinuxDoes()
        {
            using Fds fds = new Fds();
            int receiver = fds.BoundUdp(out sockaddr_in address);
            Assert.AreEqual(1, sendto(fds.Udp(), new byte[1], 1, 0, address, sockaddr_in.SizeOf));
            Fds.Await(receiver, POLLIN);
            int length = -1;
            Check.Fails(EINVAL, recvfrom(receiver, new byte[1], 1, 0, new sockaddr_in(), ref length));
            Assert.AreEqual(-1, length);
            Check.Fails(EAGAIN, recv(receiver, new byte[1], 1, MSG_DONTWAIT));
        }

        [TestMethod]
        public void Recv_Peeking_LeavesTheData()
        {
            using Fds fds = new Fds();
            fds.Pair(SOCK_STREAM, out int first, out int second);
            Assert.AreEqual(3, send(first, Check.Bytes("xyz"), 3, 0));
            byte[] got = new byte[3];
            Assert.AreEqual(2, recv(second, got, 2, MSG_PEEK));
            Assert.AreEqual(3, recv(second, got, 3, 0));
            Check.Text("xyz", got, 3);
        }

        [TestMethod]
        public void Recv_TruncatedDatagram_TellsItsRealLengthWhenAsked()
        {
            if (!StackUnderTest.Capabilities.HasRealLength)
            {
                return;
            }

            using Fds fds = new Fds();
            int receiver = fds.BoundUdp(out sockaddr_in address);
            int sender = fds.Udp();
            Assert.AreEqual(10, sendto(sender, new byte[10], 10, 0, address, sockaddr_in.SizeOf));
            Assert.AreEqual(10, sendto(sender, new byte[10], 10, 0, address, sockaddr_in.SizeOf));
            Assert.AreEqual(4, recv(receiver, new byte[4], 4, 0));
            Assert.AreEqual(10, recv(receiver, new byte[4], 4, MSG_TRUNC));
        }

        [TestMethod]
        public void Recv_WaitingForAll_FillsTheBuffer()
        {
            using Fds fds = new Fds();
            fds.Pair(SOCK_STREAM, out int first, out int second);
            Assert.AreEqual(2, send(first, Check.Bytes("ab"), 2, 0));
            byte[] got = new byte[5];
            int result = 0;
            Background receiver = fds.Start(() => result = recv(second, got, 5, MSG_WAITALL));
            receiver.LetBlock();
            Assert.AreEqual(3, send(first, Check.Bytes("cde"), 3, 0));
            receiver.Join();
            Assert.AreEqual(5, result);
            Check.Text("abcde", got, 5);
        }

        [TestMethod]
        public void Recv_AfterItsTimeout_FailsWithEAGAIN()
        {
            using Fds fds = new Fds();
            int fd = fds.BoundUdp(out sockaddr_in _);
            Assert.AreEqual(0, setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, new timeval { tv_usec = 60000 }, timeval.SizeOf));
            Stopwatch watch = new Stopwatch();
            Check.Fails(EAGAIN, recv(fd, new byte[1], 1, 0));
            watch.AssertTook(60);
        }

        [TestMethod]
        public void Send_AfterItsTimeout_FailsWithEAGAIN()
        {
            using Fds fds = new Fds();
            fds.Pair(SOCK_STREAM, out int first, out int _);
            byte[] bytes = new byte[4096];
            while (send(first, bytes, bytes.Length, MSG_DONTWAIT) > 0)
            {
            }

            Assert.AreEqual(EAGAIN, errno);
            Assert.AreEqual(0, setsockopt(first, SOL_SOCKET, SO_SNDTIMEO, new timeval { tv_usec = 60000 }, timeval.SizeOf));
            Stopwatch watch = new Stopwatch();
            Check.Fails(EAGAIN, send(first, bytes, bytes.Length, 0));
            watch.AssertTook(60);
        }

        [TestMethod]
        public void Recv_AfterPeerClose_ReturnsZero()
        {
            using Fds fds = new Fds();
            fds.Connected(out int client, out int server);
            fds.Close(client);
            Assert.AreEqual(0, recv(server, new byte[1], 1, 0));
            Assert.AreEqual(0, read(server, new byte[1], 1));
        }

        [TestMethod]
        public void Recv_OfDatagramsAfterShutdown_ReturnsZero()
        {
            if (!StackUnderTest.Capabilities.HasHalfClose)
            {
                return;
            }

            using Fds fds = new Fds();
            fds.BoundUdp(out sockaddr_in address);
            int fd = fds.Udp();
            Assert.AreEqual(0, connect(fd, address, sockaddr_in.SizeOf));
            Assert.AreEqual(0, shutdown(fd, SHUT_RD));
            sockaddr_in sender = new sockaddr_in();
            int length = sockaddr_in.SizeOf;
            Assert.AreEqual(0, recv(fd, new byte[4], 4, 0));
            Assert.AreEqual(0, recv(fd, new byte[4], 4, MSG_DONTWAIT));
            Assert.AreEqual(0, recv(fd, new byte[4], 4, MSG_DONTWAIT | MSG_TRUNC));
            Assert.AreEqual(0, recvfrom(fd, new byte[4], 4, MSG_DONTWAIT, sender, ref length));
            Assert.AreEqual(0, recv(fd, new byte[4], 4, 0));
        }

        [TestMethod]
        public void Sendto_BroadcastWithoutTheOption_FailsWithEACCES()
        {
            using Fds fds = new Fds();
            sockaddr_in address = new sockaddr_in { sin_family = AF_INET, sin_port = htons(9) };
            address.sin_addr.s_addr = htonl(INADDR_BROADCAST);
            Check.Fails(EACCES, sendto(fds.Udp(), new byte[1], 1, 0, address, sockaddr_in.SizeOf));
        }

        [TestMethod]
        public void Sendto_TooLong_FailsWithEMSGSIZE()
        {
            using Fds fds = new Fds();
            fds.BoundUdp(out sockaddr_in address);
            Check.Fails(EMSGSIZE, sendto(fds.Udp(), new byte[65508], 65508, 0, address, sockaddr_in.SizeOf));
        }
    }
}
