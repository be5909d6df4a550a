#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    // Groups that are joined on the loopback interface, so that nothing leaves the host.
    [TestClass]
    public class MulticastTests
    {
        private static readonly byte[] s_group = { 239, 77, 1, 2 };

        [TestMethod]
        public void Multicast_Joined_Receives()
        {
            using Sockets sockets = new Sockets();
            Socket receiver = Receiver(sockets);
            Join(receiver, SocketOptionName.AddMembership);
            Send(sockets, receiver);
            receiver.ReceiveTimeout = Sockets.PatienceMs;
            Assert.AreEqual(3, receiver.Receive(new byte[8]));
        }

        [TestMethod]
        public void Multicast_Left_ReceivesNothing()
        {
            using Sockets sockets = new Sockets();
            Socket receiver = Receiver(sockets);
            Join(receiver, SocketOptionName.AddMembership);
            Join(receiver, SocketOptionName.DropMembership);
            Send(sockets, receiver);
            Expect.Fails(Errno.EAGAIN, receiver.TryReceive(new byte[8], 0, 8, SocketFlags.DontWait));
        }

        [TestMethod]
        public void Multicast_JoinedTwice_FailsWithEADDRINUSE()
        {
            using Sockets sockets = new Sockets();
            Socket receiver = Receiver(sockets);
            Join(receiver, SocketOptionName.AddMembership);
            Expect.Fails(Errno.EADDRINUSE,
                receiver.TrySetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, Membership(s_group), 8));
        }

        [TestMethod]
        public void Multicast_NotAGroupOrNotJoined_FailsWithEADDRNOTAVAIL()
        {
            using Sockets sockets = new Sockets();
            Socket receiver = Receiver(sockets);
            byte[] noGroup = Membership(new byte[] { 127, 0, 0, 9 });
            Expect.Fails(Errno.EADDRNOTAVAIL,
                receiver.TrySetSocketOption(SocketOptionLevel.IP, SocketOptionName.DropMembership, Membership(s_group), 8));
            Expect.FailsEither(Errno.EADDRNOTAVAIL, Errno.EINVAL,
                receiver.TrySetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, noGroup, 8));
        }

        private static Socket Receiver(Sockets sockets)
        {
            Socket receiver = sockets.Udp();
            receiver.Bind(new IPEndPoint(IPAddress.Any, 0));
            return receiver;
        }

        private static void Join(Socket receiver, SocketOptionName name)
        {
            receiver.SetSocketOption(SocketOptionLevel.IP, name, Membership(s_group));
        }

        private static byte[] Membership(byte[] group)
        {
            return new byte[] { group[0], group[1], group[2], group[3], 127, 0, 0, 1 };
        }

        private static void Send(Sockets sockets, Socket receiver)
        {
            Socket sender = sockets.BoundUdp();
            sender.TrySetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, new byte[] { 127, 0, 0, 1 }, 4);
            IPEndPoint to = new IPEndPoint(new IPAddress(s_group), ((IPEndPoint)receiver.LocalEndPoint).Port);
            Assert.AreEqual(3, sender.SendTo(new byte[3], to));
        }
    }
}
