#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    // Control data beside messages.
    [TestClass]
    public class ControlDataTests
    {
        [TestMethod]
        public void ControlData_NotAskedFor_DoesNotCome()
        {
            using Sockets sockets = new Sockets();
            DatagramTests.Exchange(sockets, out Socket sender, out Socket receiver);
            SocketMessage message = NewMessage(2);
            sender.SendTo(new byte[1], receiver.LocalEndPoint);
            Assert.AreEqual(1, receiver.ReceiveMsg(message));
            Assert.AreEqual(0, message.ControlCount);
            Assert.AreEqual(0, (int)message.Flags);
        }

        [TestMethod]
        public void ControlData_PacketInformation_TellsTheDestination()
        {
            using Sockets sockets = new Sockets();
            Socket receiver = sockets.Udp();
            receiver.ReceiveTimeout = Sockets.PatienceMs;
            if (!Ask(receiver, SocketOptionLevel.IP, SocketOptionName.PacketInformation))
            {
                return;
            }

            receiver.Bind(new IPEndPoint(IPAddress.Any, 0));
            int port = ((IPEndPoint)receiver.LocalEndPoint).Port;
            sockets.Udp().SendTo(new byte[1], new IPEndPoint(IPAddress.Parse("127.0.0.2"), port));
            SocketMessage message = NewMessage(2);
            Assert.AreEqual(1, receiver.ReceiveMsg(message));
            Assert.AreEqual(1, message.ControlCount);
            ControlMessage control = message.GetControl(0);
            Assert.IsTrue(control.Level == SocketOptionLevel.IP && control.Type == SocketOptionName.PacketInformation);
            Assert.AreEqual(12, control.Data.Length);
            Assert.IsTrue(control.Data[0] != 0, "interface 0");
            Assert.AreEqual("127.0.0.2", AddressAt(control.Data, 8));
        }

        [TestMethod]
        public void ControlData_NoRoom_SetsControlDataTruncated()
        {
            using Sockets sockets = new Sockets();
            DatagramTests.Exchange(sockets, out Socket sender, out Socket receiver);
            if (!Ask(receiver, SocketOptionLevel.IP, SocketOptionName.PacketInformation))
            {
                return;
            }

            SocketMessage message = NewMessage(0);
            sender.SendTo(new byte[1], receiver.LocalEndPoint);
            Assert.AreEqual(1, receiver.ReceiveMsg(message));
            Assert.AreEqual((int)SocketFlags.ControlDataTruncated, (int)message.Flags);
        }

        [TestMethod]
        public void ControlData_MessageReused_HoldsOnlyTheNew()
        {
            using Sockets sockets = new Sockets();
            DatagramTests.Exchange(sockets, out Socket sender, out Socket receiver);
            if (!Ask(receiver, SocketOptionLevel.IP, SocketOptionName.PacketInformation))
            {
                return;
            }

            SocketMessage message = NewMessage(1);
            for (int i = 0; i < 3; i++)
            {
                sender.SendTo(new byte[1], receiver.LocalEndPoint);
                message.Flags = SocketFlags.None;
                Assert.AreEqual(1, receiver.ReceiveMsg(message));
                Assert.AreEqual(1, message.ControlCount);
                Assert.AreEqual(0, (int)message.Flags);
            }
        }

        [TestMethod]
        public void ControlData_PacketInformationOfAPlainReceive_IsLeftOut()
        {
            using Sockets sockets = new Sockets();
            DatagramTests.Exchange(sockets, out Socket sender, out Socket receiver);
            if (!Ask(receiver, SocketOptionLevel.IP, SocketOptionName.PacketInformation))
            {
                return;
            }

            sender.SendTo(new byte[1], receiver.LocalEndPoint);
            Assert.AreEqual(1, receiver.Receive(new byte[4]));
        }

        [TestMethod]
        public void ControlData_TimeToLive_IsTheSenders()
        {
            using Sockets sockets = new Sockets();
            DatagramTests.Exchange(sockets, out Socket sender, out Socket receiver);
            if (!Ask(receiver, SocketOptionLevel.IP, SocketOptionName.ReceiveTimeToLive))
            {
                return;
            }

            sender.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.IpTimeToLive, 33);
            sender.SendTo(new byte[1], receiver.LocalEndPoint);
            SocketMessage message = NewMessage(2);
            Assert.AreEqual(1, receiver.ReceiveMsg(message));
            Assert.AreEqual(1, message.ControlCount);
            ControlMessage control = message.GetControl(0);
            Assert.IsTrue(control.Level == SocketOptionLevel.IP && control.Type == SocketOptionName.ReceiveTimeToLive);
            Expect.Bytes(new byte[] { 33, 0, 0, 0 }, control.Data, control.Data.Length);
        }

        [TestMethod]
        public void ControlData_UnknownOnSend_FailsWithEOPNOTSUPP()
        {
            using Sockets sockets = new Sockets();
            DatagramTests.Exchange(sockets, out Socket sender, out Socket receiver);
            SocketMessage message = NewMessage(1);
            message.Address = receiver.LocalEndPoint.Serialize();
            Assert.IsTrue(message.AddControl(new ControlMessage((SocketOptionLevel)4711, (SocketOptionName)1, new byte[4])));
            Expect.Fails(Errno.EOPNOTSUPP, sender.TrySendMsg(message));
            Expect.Fails(Errno.EAGAIN, receiver.TryReceive(new byte[1], 0, 1, SocketFlags.DontWait));
        }

        [TestMethod]
        public void ControlData_BeyondCapacity_IsNotAdded()
        {
            SocketMessage message = new SocketMessage(1);
            ControlMessage control = new ControlMessage(SocketOptionLevel.IP, SocketOptionName.HopLimit, new byte[4]);
            Assert.IsTrue(message.AddControl(control));
            Assert.IsFalse(message.AddControl(control));
            Assert.AreEqual((int)SocketFlags.ControlDataTruncated, (int)message.Flags);
            Assert.AreEqual(1, message.ControlCount);
            Assert.AreEqual(1, message.ControlCapacity);
        }

        private static SocketMessage NewMessage(int controls)
        {
            SocketMessage message = new SocketMessage(controls);
            message.Add(new byte[8]);
            return message;
        }

        // Switches an option on; false where the stack does not have it, which is pinned here.
        private static bool Ask(Socket socket, SocketOptionLevel level, SocketOptionName name)
        {
            if (!StackUnderTest.Capabilities.HasOption(level, name))
            {
                Expect.Fails(Errno.ENOPROTOOPT, socket.TrySetSocketOption(level, name, new byte[] { 1, 0, 0, 0 }, 4));
                return false;
            }

            socket.SetSocketOption(level, name, true);
            return true;
        }

        private static string AddressAt(byte[] bytes, int offset)
        {
            return new IPAddress(new byte[] { bytes[offset], bytes[offset + 1], bytes[offset + 2], bytes[offset + 3] }).ToString();
        }
    }
}
