#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using static IoTNet.Posix;

namespace IoTNet.Tests
{
    [TestClass]
    public class PosixMessageTests
    {
        [TestMethod]
        public void Sendmsg_OfSeveralBuffers_IsOneDatagram()
        {
            using Fds fds = new Fds();
            int receiver = fds.BoundUdp(out sockaddr_in address);
            int sender = fds.BoundUdp(out sockaddr_in expected);
            byte[] bytes = Check.Bytes("0123456789");
            msghdr sent = new msghdr { msg_name = address, msg_namelen = sockaddr_in.SizeOf, msg_iov = new iovec[4], msg_iovlen = 3 };
            Put(sent, 0, bytes, 7, 3);
            Put(sent, 1, null, 0, 0);
            Put(sent, 2, bytes, 0, 2);
            Put(sent, 3, bytes, 0, 10);
            Assert.AreEqual(5, sendmsg(sender, sent, 0));

            byte[] got = new byte[8];
            sockaddr_storage peer = new sockaddr_storage();
            msghdr seen = new msghdr { msg_name = peer, msg_namelen = sockaddr_storage.SizeOf, msg_iov = new iovec[2], msg_iovlen = 2, msg_flags = -1 };
            Put(seen, 0, got, 6, 2);
            Put(seen, 1, got, 0, 6);
            Assert.AreEqual(5, recvmsg(receiver, seen, 0));
            Check.Text("901___78", got, 8);
            Assert.AreEqual(16, seen.msg_namelen);
            Assert.AreEqual(0, seen.msg_flags);
            Assert.AreEqual(0, seen.msg_controllen);
            Assert.AreEqual(expected.sin_port, new sockaddr_in(peer).sin_port);
            Assert.AreEqual(2, seen.msg_iov[0].iov_len);
            Assert.AreEqual(2, seen.msg_iovlen);
        }

        [TestMethod]
        public void Recvmsg_OfALongerDatagram_SaysMSG_TRUNC()
        {
            using Fds fds = new Fds();
            int receiver = fds.BoundUdp(out sockaddr_in address);
            int sender = fds.Udp();
            Assert.AreEqual(10, sendto(sender, new byte[10], 10, 0, address, sockaddr_in.SizeOf));
            Assert.AreEqual(4, sendto(sender, new byte[4], 4, 0, address, sockaddr_in.SizeOf));
            msghdr seen = new msghdr { msg_iov = new iovec[1], msg_iovlen = 1 };
            Put(seen, 0, new byte[4], 0, 4);
            Assert.AreEqual(4, recvmsg(receiver, seen, 0));
            Assert.AreEqual(MSG_TRUNC, seen.msg_flags);
            Assert.AreEqual(4, recvmsg(receiver, seen, 0));
            Assert.AreEqual(0, seen.msg_flags);
        }

        [TestMethod]
        public void Recvmsg_OnTcp_TellsNoName()
        {
            using Fds fds = new Fds();
            fds.Connected(out int client, out int server);
            Assert.AreEqual(1, send(client, new byte[1], 1, 0));
            msghdr seen = new msghdr { msg_name = new sockaddr_in(), msg_namelen = 16, msg_iov = new iovec[1], msg_iovlen = 1 };
            Put(seen, 0, new byte[1], 0, 1);
            Assert.AreEqual(1, recvmsg(server, seen, 0));
            Assert.AreEqual(0, seen.msg_namelen);
        }

        [TestMethod]
        public void Messages_OfBadMemory_FailAsLinux()
        {
            using Fds fds = new Fds();
            fds.Pair(SOCK_DGRAM, out int first, out int second);
            msghdr message = new msghdr();
            Check.Fails(EFAULT, sendmsg(first, null, 0));
            Check.Fails(EFAULT, recvmsg(second, null, 0));
            message.msg_iovlen = 1025;
            Check.Fails(EMSGSIZE, sendmsg(first, message, 0));
            Check.Fails(EMSGSIZE, recvmsg(second, message, 0));
            message.msg_iovlen = 1;
            Check.Fails(EFAULT, sendmsg(first, message, 0));
            message.msg_iov = new iovec[1];
            message.msg_iov[0].iov_len = 1;
            Check.Fails(EFAULT, sendmsg(first, message, 0));
            Check.Fails(EFAULT, recvmsg(second, message, MSG_DONTWAIT));
            message.msg_iov[0].iov_len = -1;
            Check.Fails(EINVAL, sendmsg(first, message, 0));
            message.msg_iovlen = 0;
            message.msg_name = new sockaddr_un();
            message.msg_namelen = -1;
            Check.Fails(EINVAL, recvmsg(second, message, MSG_DONTWAIT));
            message.msg_namelen = 0;
            message.msg_controllen = 16;
            Check.Fails(EFAULT, sendmsg(first, message, 0));
        }

        [TestMethod]
        public void Recvmsg_WithoutWaiting_FailsWithEAGAIN()
        {
            using Fds fds = new Fds();
            fds.Pair(SOCK_SEQPACKET, out int first, out int second);
            msghdr message = new msghdr { msg_iov = new iovec[1], msg_iovlen = 1 };
            Put(message, 0, new byte[4], 0, 4);
            Check.Fails(EAGAIN, recvmsg(second, message, MSG_DONTWAIT));
            Assert.AreEqual(2, send(first, new byte[2], 2, 0));
            Assert.AreEqual(2, recvmsg(second, message, MSG_DONTWAIT));
        }

        [TestMethod]
        public void Recvmsg_WithPacketInformationOn_TellsTheDestination()
        {
            if (!StackUnderTest.Capabilities.HasOption(SocketOptionLevel.IP, SocketOptionName.PacketInformation))
            {
                return;
            }

            using Fds fds = new Fds();
            int receiver = fds.BoundUdp(out sockaddr_in address);
            Assert.AreEqual(0, setsockopt(receiver, IPPROTO_IP, IP_PKTINFO, 1, sizeof(int)));
            int sender = fds.Udp();
            Assert.AreEqual(1, sendto(sender, new byte[1], 1, 0, address, sockaddr_in.SizeOf));
            msghdr seen = new msghdr { msg_iov = new iovec[1], msg_iovlen = 1, msg_control = new byte[64], msg_controllen = 64 };
            Put(seen, 0, new byte[1], 0, 1);
            Assert.AreEqual(1, recvmsg(receiver, seen, 0));
            Assert.AreEqual(0, seen.msg_flags);
            Assert.AreEqual(CMSG_SPACE(12), seen.msg_controllen);
            cmsghdr head = CMSG_FIRSTHDR(seen);
            Assert.AreEqual(IPPROTO_IP, head.cmsg_level);
            Assert.AreEqual(IP_PKTINFO, head.cmsg_type);
            Assert.AreEqual((long)CMSG_LEN(12), head.cmsg_len);
            Assert.AreEqual("127.0.0.1", inet_ntop(AF_INET, new OctetView(seen.msg_control, 16 + 8, 4), null, 16));
            Assert.AreEqual(12, CMSG_DATA(head).Length);
            Assert.IsNull(CMSG_NXTHDR(seen, head));
        }

        [TestMethod]
        public void Recvmsg_WithTooLittleRoomForControlData_SaysMSG_CTRUNC()
        {
            if (!StackUnderTest.Capabilities.HasOption(SocketOptionLevel.IP, SocketOptionName.PacketInformation))
            {
                return;
            }

            using Fds fds = new Fds();
            int receiver = fds.BoundUdp(out sockaddr_in address);
            Assert.AreEqual(0, setsockopt(receiver, IPPROTO_IP, IP_PKTINFO, 1, sizeof(int)));
            int[] rooms = new int[] { 0, 15, 16, 20 };
            for (int i = 0; i < rooms.Length; i++)
            {
                Assert.AreEqual(1, sendto(fds.Udp(), new byte[1], 1, 0, address, sockaddr_in.SizeOf));
                msghdr seen = new msghdr { msg_iov = new iovec[1], msg_iovlen = 1, msg_control = new byte[64], msg_controllen = rooms[i] };
                Put(seen, 0, new byte[1], 0, 1);
                Assert.AreEqual(1, recvmsg(receiver, seen, 0));
                Assert.AreEqual(MSG_CTRUNC, seen.msg_flags);
                Assert.AreEqual(rooms[i] < 16 ? 0 : rooms[i], seen.msg_controllen);
                Assert.AreEqual(rooms[i] < 16 ? (byte)0 : (byte)rooms[i], seen.msg_control[0], "cmsg_len");
            }
        }

        [TestMethod]
        public void Sendmsg_OfBadControlData_FailsAsLinux()
        {
            using Fds fds = new Fds();
            int receiver = fds.BoundUdp(out sockaddr_in address);
            int sender = fds.Udp();
            msghdr sent = new msghdr { msg_name = address, msg_namelen = 16, msg_control = new byte[CMSG_SPACE(4)], msg_controllen = CMSG_SPACE(4) };
            Check.Fails(EINVAL, sendmsg(sender, sent, 0));
            cmsghdr head = CMSG_FIRSTHDR(sent);
            head.cmsg_len = 1000;
            Check.Fails(EINVAL, sendmsg(sender, sent, 0));
            head.cmsg_len = -1;
            Check.Fails(EINVAL, sendmsg(sender, sent, 0));
            head.cmsg_len = CMSG_LEN(4);
            head.cmsg_level = IPPROTO_IP;
            head.cmsg_type = 99;
            Check.Fails(EINVAL, sendmsg(sender, sent, 0));
            Check.Fails(EAGAIN, recv(receiver, new byte[1], 1, MSG_DONTWAIT));
        }

        [TestMethod]
        public void Cmsg_WalkOverTwo_SeesBoth()
        {
            msghdr message = new msghdr { msg_control = new byte[CMSG_SPACE(5) + CMSG_LEN(3)], msg_controllen = CMSG_SPACE(5) + CMSG_LEN(3) };
            cmsghdr first = CMSG_FIRSTHDR(message);
            first.cmsg_len = CMSG_LEN(5);
            CMSG_DATA(first)[4] = 9;
            cmsghdr second = CMSG_NXTHDR(message, first);
            second.cmsg_len = CMSG_LEN(3);
            CMSG_DATA(second)[2] = 8;
            Assert.AreEqual((byte)9, message.msg_control[20]);
            Assert.AreEqual((byte)8, message.msg_control[24 + 16 + 2]);
            Assert.IsNull(CMSG_NXTHDR(message, second));
        }

        [TestMethod]
        public void Cmsg_WalkOverGarbage_Ends()
        {
            byte[] garbage = new byte[64];
            for (int seed = 0; seed < 500; seed++)
            {
                System.Random random = new System.Random(seed);
                random.NextBytes(garbage);
                garbage[0] = (byte)random.Next(64);
                for (int i = 1; i < 8; i++)
                {
                    garbage[i] = (byte)(seed % 3 == 0 ? 0 : garbage[i]);
                }

                msghdr message = new msghdr { msg_control = garbage, msg_controllen = seed % 80 };
                int count = 0;
                for (cmsghdr head = CMSG_FIRSTHDR(message); head != null; head = CMSG_NXTHDR(message, head))
                {
                    Assert.IsTrue(CMSG_DATA(head).Length <= 48);
                    Assert.IsTrue(++count <= 4);
                }
            }
        }

        private static void Put(msghdr message, int index, byte[] bytes, int offset, int count)
        {
            message.msg_iov[index].iov_base = bytes;
            message.msg_iov[index].iov_offset = offset;
            message.msg_iov[index].iov_len = count;
        }
    }
}
