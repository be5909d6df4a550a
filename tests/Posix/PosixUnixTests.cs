#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using static IoTNet.Posix;

namespace IoTNet.Tests
{
    // Abstract names: they need no folder, on any stack.
    [TestClass]
    public class PosixUnixTests
    {
        [TestMethod]
        public void Getsockname_OfAnAbstractName_TellsItsBytes()
        {
            using Fds fds = new Fds();
            int fd = fds.Unix(SOCK_STREAM);
            byte[] name = new byte[] { 0, (byte)'p', 0, 255, (byte)'x' };
            sockaddr_un address = Named(name);
            Assert.AreEqual(0, bind(fd, address, 2 + name.Length));
            sockaddr_un seen = new sockaddr_un();
            int length = sockaddr_un.SizeOf;
            Assert.AreEqual(0, getsockname(fd, seen, ref length));
            Assert.AreEqual(2 + name.Length, length);
            for (int i = 0; i < sockaddr_un.SizeOf; i++)
            {
                Assert.AreEqual(address[i], seen[i]);
            }
        }

        [TestMethod]
        public void Bind_ToTheFamilyAlone_ChoosesAName()
        {
            using Fds fds = new Fds();
            int fd = fds.Unix(SOCK_DGRAM);
            sockaddr_un address = new sockaddr_un { sun_family = AF_UNIX };
            Assert.AreEqual(0, bind(fd, address, 2));
            int length = sockaddr_un.SizeOf;
            Assert.AreEqual(0, getsockname(fd, address, ref length));

            // unix(7): a NUL and five hexadecimal digits.
            Assert.AreEqual(8, length);
            Assert.AreEqual((byte)0, address[2]);
        }

        [TestMethod]
        public void Connect_ToAnAbstractName_ReachesItsListener()
        {
            using Fds fds = new Fds();
            int listener = fds.Unix(SOCK_SEQPACKET);
            sockaddr_un address = new sockaddr_un { sun_family = AF_UNIX };
            Assert.AreEqual(0, bind(listener, address, 2));
            int length = sockaddr_un.SizeOf;
            Assert.AreEqual(0, getsockname(listener, address, ref length));
            Assert.AreEqual(0, listen(listener, 1));
            int client = fds.Unix(SOCK_SEQPACKET);
            Assert.AreEqual(0, connect(client, address, length));
            sockaddr_un peer = new sockaddr_un();
            int peerLength = sockaddr_un.SizeOf;
            int server = fds.Add(accept(listener, peer, ref peerLength));
            Assert.AreEqual(2, peerLength);
            Assert.AreEqual(AF_UNIX, (int)peer.sun_family);
            Assert.AreEqual(3, send(client, new byte[3], 3, 0));
            Assert.AreEqual(3, recv(server, new byte[9], 9, 0));
        }

        [TestMethod]
        public void Connect_ToAnAbstractNameOfNobody_FailsWithECONNREFUSED()
        {
            using Fds fds = new Fds();
            byte[] name = new byte[] { 0, (byte)'n', (byte)'o', 0, 7 };
            Check.Fails(ECONNREFUSED, connect(fds.Unix(SOCK_STREAM), Named(name), 2 + name.Length));
        }

        [TestMethod]
        public void Connect_OfAUnixStreamToNoFamily_FailsWithEINVAL()
        {
            using Fds fds = new Fds();
            Check.Fails(EINVAL, connect(fds.Unix(SOCK_STREAM), new sockaddr(), sockaddr.SizeOf));
        }

        [TestMethod]
        public void Connect_ToAFullBacklogWithoutWaiting_FailsWithEAGAIN()
        {
            using Fds fds = new Fds();
            int listener = fds.Unix(SOCK_STREAM);
            sockaddr_un address = new sockaddr_un { sun_family = AF_UNIX };
            Assert.AreEqual(0, bind(listener, address, 2));
            int length = sockaddr_un.SizeOf;
            Assert.AreEqual(0, getsockname(listener, address, ref length));
            Assert.AreEqual(0, listen(listener, 1));
            int error = 0;
            int client = -1;
            for (int i = 0; i < 8 && error == 0; i++)
            {
                client = fds.Add(socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0));
                error = connect(client, address, length) < 0 ? errno : 0;
            }

            Assert.AreEqual(EAGAIN, error);
            int waiting = fds.Unix(SOCK_STREAM);
            Assert.AreEqual(0, setsockopt(waiting, SOL_SOCKET, SO_SNDTIMEO, new timeval { tv_usec = 50000 }, timeval.SizeOf));
            Check.Fails(EAGAIN, connect(waiting, address, length));
            fds.Add(accept(listener));
            Assert.AreEqual(0, connect(client, address, length));
        }

        [TestMethod]
        public void Recvfrom_AnUnnamedSender_TellsLengthZero()
        {
            using Fds fds = new Fds();
            int receiver = fds.Unix(SOCK_DGRAM);
            sockaddr_un address = new sockaddr_un { sun_family = AF_UNIX };
            Assert.AreEqual(0, bind(receiver, address, 2));
            int length = sockaddr_un.SizeOf;
            Assert.AreEqual(0, getsockname(receiver, address, ref length));
            Assert.AreEqual(1, sendto(fds.Unix(SOCK_DGRAM), new byte[1], 1, 0, address, length));
            sockaddr_un sender = new sockaddr_un { sun_family = 77 };
            int senderLength = sockaddr_un.SizeOf;
            Assert.AreEqual(1, recvfrom(receiver, new byte[1], 1, 0, sender, ref senderLength));
            Assert.AreEqual(0, senderLength);
            Assert.AreEqual(77, (int)sender.sun_family);
        }

        [TestMethod]
        public void Recvfrom_ANamedSender_TellsItsName()
        {
            using Fds fds = new Fds();
            int receiver = Named(fds, out sockaddr_un address, out int length);
            int sender = Named(fds, out sockaddr_un expected, out int expectedLength);
            Assert.AreEqual(1, sendto(sender, new byte[1], 1, 0, address, length));
            sockaddr_un seen = new sockaddr_un();
            int seenLength = sockaddr_un.SizeOf;
            Assert.AreEqual(1, recvfrom(receiver, new byte[1], 1, 0, seen, ref seenLength));
            Assert.AreEqual(expectedLength, seenLength);
            for (int i = 0; i < seenLength; i++)
            {
                Assert.AreEqual(expected[i], seen[i]);
            }
        }

        [TestMethod]
        public void Sendto_AnAddressOnAUnixStream_FailsAsLinux()
        {
            using Fds fds = new Fds();
            fds.Pair(SOCK_STREAM, out int first, out int _);
            byte[] name = new byte[] { 0, 1 };
            Check.Fails(EISCONN, sendto(first, new byte[1], 1, 0, Named(name), 4));
            Check.Fails(EOPNOTSUPP, sendto(fds.Unix(SOCK_STREAM), new byte[1], 1, 0, Named(name), 4));
        }

        private static sockaddr_un Named(byte[] name)
        {
            sockaddr_un address = new sockaddr_un { sun_family = AF_UNIX };
            address.sa_data.Put(name);
            return address;
        }

        private static int Named(Fds fds, out sockaddr_un address, out int length)
        {
            int fd = fds.Unix(SOCK_DGRAM);
            address = new sockaddr_un { sun_family = AF_UNIX };
            Assert.AreEqual(0, bind(fd, address, 2));
            length = sockaddr_un.SizeOf;
            Assert.AreEqual(0, getsockname(fd, address, ref length));
            return fd;
        }
    }
}
