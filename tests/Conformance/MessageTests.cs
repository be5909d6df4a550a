using System;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    // SendMsg and ReceiveMsg: several buffers, address and flags.
    [TestClass]
    public class MessageTests
    {
        private static readonly byte[] s_six = { 1, 2, 3, 4, 5, 6 };

        [TestMethod]
        public void SendMsg_AnySplit_IsOneDatagram()
        {
            using Sockets sockets = new Sockets();
            DatagramTests.Exchange(sockets, out Socket sender, out Socket receiver);
            byte[] buffer = new byte[10];
            for (int i = 0; i <= s_six.Length; i++)
            {
                for (int j = i; j <= s_six.Length; j++)
                {
                    SocketMessage message = Split(s_six, i, j);
                    message.Address = receiver.LocalEndPoint.Serialize();
                    Assert.AreEqual(6, sender.SendMsg(message));
                    Expect.Bytes(s_six, buffer, receiver.Receive(buffer));
                }
            }
        }

        [TestMethod]
        public void ReceiveMsg_AnySplit_FillsTheBuffersInOrder()
        {
            using Sockets sockets = new Sockets();
            DatagramTests.Exchange(sockets, out Socket sender, out Socket receiver);
            for (int i = 0; i <= s_six.Length; i++)
            {
                for (int j = i; j <= s_six.Length; j++)
                {
                    byte[] target = new byte[6];
                    SocketMessage message = Split(target, i, j);
                    sender.SendTo(s_six, receiver.LocalEndPoint);
                    Expect.Bytes(s_six, target, receiver.ReceiveMsg(message));
                    Assert.AreEqual(0, (int)(message.Flags & SocketFlags.Truncated));
                }
            }
        }

        [TestMethod]
        public void SendMsg_AnySplitOnAStream_KeepsTheOrder()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            for (int i = 0; i <= s_six.Length; i++)
            {
                for (int j = i; j <= s_six.Length; j++)
                {
                    byte[] target = new byte[6];
                    SocketMessage received = Split(target, j - i, j);
                    received.Flags = SocketFlags.WaitAll;
                    Assert.AreEqual(6, client.SendMsg(Split(s_six, i, j)));
                    Expect.Bytes(s_six, target, server.ReceiveMsg(received));
                }
            }
        }

        [TestMethod]
        public void SendMsg_PartsOfABuffer_SendsThoseParts()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            SocketMessage message = new SocketMessage();
            for (int i = 0; i < 6; i++)
            {
                message.Add(s_six, 5 - i, 1);
            }

            Assert.AreEqual(6, client.SendMsg(message));
            Sockets.Receive(server, new byte[] { 6, 5, 4, 3, 2, 1 });
            Assert.AreEqual(6, message.BufferCount);
            Assert.AreEqual(6, message.TotalBytes);
        }

        [TestMethod]
        public void ReceiveMsg_OfADatagram_TellsTheSender()
        {
            using Sockets sockets = new Sockets();
            DatagramTests.Exchange(sockets, out Socket sender, out Socket receiver);
            sender.SendTo(s_six, receiver.LocalEndPoint);
            SocketMessage message = new SocketMessage();
            message.Address = new SocketAddress();
            message.Add(new byte[10]);
            Assert.AreEqual(6, receiver.ReceiveMsg(message));
            Assert.AreEqual(sender.LocalEndPoint.ToString(), message.Address.ToString());

            // And so the message goes back the way it came.
            message.Clear();
            message.Add(s_six, 0, 2);
            Assert.AreEqual(2, receiver.SendMsg(message));
            Assert.AreEqual(2, sender.Receive(new byte[10]));
        }

        [TestMethod]
        public void ReceiveMsg_TooLittleRoom_SetsTruncated()
        {
            using Sockets sockets = new Sockets();
            DatagramTests.Exchange(sockets, out Socket sender, out Socket receiver);
            sender.SendTo(s_six, receiver.LocalEndPoint);
            sender.SendTo(new byte[] { 9 }, receiver.LocalEndPoint);
            byte[] target = new byte[4];
            SocketMessage message = Split(target, 1, 2);
            Assert.AreEqual(4, receiver.ReceiveMsg(message));
            Assert.AreEqual((int)SocketFlags.Truncated, (int)message.Flags);
            Expect.Bytes(new byte[] { 1, 2, 3, 4 }, target, 4);
            message.Flags = SocketFlags.None;
            Assert.AreEqual(1, receiver.ReceiveMsg(message));
            Assert.AreEqual(0, (int)message.Flags);
        }

        [TestMethod]
        public void ReceiveMsg_Peek_LeavesTheMessage()
        {
            using Sockets sockets = new Sockets();
            DatagramTests.Exchange(sockets, out Socket sender, out Socket receiver);
            sender.SendTo(s_six, receiver.LocalEndPoint);
            byte[] target = new byte[6];
            SocketMessage message = Split(target, 2, 4);
            message.Flags = SocketFlags.Peek;
            Expect.Bytes(s_six, target, receiver.ReceiveMsg(message));
            message.Flags = SocketFlags.None;
            Expect.Bytes(s_six, target, receiver.ReceiveMsg(message));
            message.Flags = SocketFlags.DontWait;
            Expect.Fails(Errno.EAGAIN, receiver.TryReceiveMsg(message));
        }

        [TestMethod]
        public void ReceiveMsg_TruncatedAsked_GivesTheRealLength()
        {
            using Sockets sockets = new Sockets();
            DatagramTests.Exchange(sockets, out Socket sender, out Socket receiver);
            sender.SendTo(s_six, receiver.LocalEndPoint);
            SocketMessage message = new SocketMessage();
            message.Add(new byte[2]);
            message.Flags = SocketFlags.Truncated;
            int result = receiver.TryReceiveMsg(message);
            Assert.AreEqual(StackUnderTest.Capabilities.HasRealLength ? 6 : -(int)Errno.EOPNOTSUPP, result);
        }

        [TestMethod]
        public void SendMsg_NoBuffers_IsAnEmptyDatagram()
        {
            using Sockets sockets = new Sockets();
            DatagramTests.Exchange(sockets, out Socket sender, out Socket receiver);
            SocketMessage message = new SocketMessage();
            message.Address = receiver.LocalEndPoint.Serialize();
            Assert.AreEqual(0, sender.SendMsg(message));
            Assert.AreEqual(0, receiver.Receive(new byte[4]));
        }

        [TestMethod]
        public void ReceiveMsg_NoBuffers_DropsTheDatagram()
        {
            using Sockets sockets = new Sockets();
            DatagramTests.Exchange(sockets, out Socket sender, out Socket receiver);
            sender.SendTo(s_six, receiver.LocalEndPoint);
            SocketMessage message = new SocketMessage();
            Assert.AreEqual(0, receiver.ReceiveMsg(message));
            Assert.AreEqual((int)SocketFlags.Truncated, (int)message.Flags);
            Expect.Fails(Errno.EAGAIN, receiver.TryReceive(new byte[1], 0, 1, SocketFlags.DontWait));
        }

        [TestMethod]
        public void ReceiveMsg_NothingThere_FailsAsReceive()
        {
            using Sockets sockets = new Sockets();
            Socket socket = sockets.BoundUdp();
            SocketMessage message = new SocketMessage();
            message.Add(new byte[4]);
            message.Flags = SocketFlags.DontWait;
            Expect.Fails(Errno.EAGAIN, socket.TryReceiveMsg(message));
            message.Flags = SocketFlags.None;
            socket.ReceiveTimeout = 100;
            Expect.Fails(Errno.ETIMEDOUT, socket.TryReceiveMsg(message));
            Expect.Throws(Errno.ETIMEDOUT, () => socket.ReceiveMsg(message));
            Expect.Fails(Errno.ENOTCONN, sockets.Tcp().TryReceiveMsg(message));
        }

        [TestMethod]
        public void SendMsg_Wrongly_FailsAsSend()
        {
            using Sockets sockets = new Sockets();
            SocketMessage message = new SocketMessage();
            message.Add(s_six);
            Expect.Fails(Errno.EDESTADDRREQ, sockets.Udp().TrySendMsg(message));
            Expect.Fails(Errno.EPIPE, sockets.Tcp().TrySendMsg(message));
            message.Add(new byte[65508]);
            message.Address = sockets.BoundUdp().LocalEndPoint.Serialize();
            Expect.Throws(Errno.EMSGSIZE, () => sockets.Udp().SendMsg(message));
        }

        [TestMethod]
        public void ReceiveMsg_EndOfStream_GivesZero()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            SocketMessage message = Split(new byte[6], 2, 4);
            Sockets.Send(client, new byte[] { 1, 2, 3 });
            client.Close();
            message.Flags = SocketFlags.WaitAll;
            Assert.AreEqual(3, server.ReceiveMsg(message));
            Assert.AreEqual(0, server.ReceiveMsg(message));
        }

        [TestMethod]
        public void SendMsg_MoreThanTheBuffers_WaitsForThePeer()
        {
            const int each = 150000;
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            SocketMessage message = new SocketMessage();
            for (int i = 0; i < 4; i++)
            {
                byte[] part = new byte[each];
                Pattern.Fill(part, 0, each, i * each);
                message.Add(part);
            }

            Background reader = sockets.Start(() =>
            {
                byte[] buffer = new byte[10000];
                for (int place = 0; place < 4 * each;)
                {
                    int got = server.Receive(buffer);
                    Assert.IsTrue(got > 0, "the stream ended at " + place.ToString());
                    Pattern.Check(buffer, 0, got, place);
                    place += got;
                }
            });
            Assert.AreEqual(4 * each, client.SendMsg(message));
            reader.Join();
        }

        [TestMethod]
        public void Message_Null_IsRefused()
        {
            using Sockets sockets = new Sockets();
            Socket socket = sockets.Udp();
            Expect.Fails(Errno.EFAULT, socket.TrySendMsg(null));
            Expect.Fails(Errno.EFAULT, socket.TryReceiveMsg(null));
            Expect.Throws(typeof(ArgumentNullException), () => socket.SendMsg(null));
            Expect.Throws(typeof(ArgumentNullException), () => socket.ReceiveMsg(null));
        }

        [TestMethod]
        public void Message_BadParts_AreRefused()
        {
            SocketMessage message = new SocketMessage(1);
            Expect.Throws(typeof(ArgumentNullException), () => message.Add(null));
            OutOfRange(() => message.Add(s_six, -1, 1));
            OutOfRange(() => message.Add(s_six, 7, 0));
            OutOfRange(() => message.Add(s_six, 1, 6));
            OutOfRange(() => message.Add(s_six, 1, int.MaxValue));
            OutOfRange(() => message.GetBuffer(0, out int _, out int _));
            OutOfRange(() => message.GetControl(0));
            OutOfRange(() => new SocketMessage(-1));
            OutOfRange(() => new SocketMessage(65));
            Assert.AreEqual(0, message.BufferCount);
        }

        private static void OutOfRange(Body body)
        {
            Expect.Throws(typeof(ArgumentOutOfRangeException), body);
        }

        // Three buffers, some of them empty, that are parts of one array.
        private static SocketMessage Split(byte[] bytes, int first, int second)
        {
            SocketMessage message = new SocketMessage();
            message.Add(bytes, 0, first);
            message.Add(bytes, first, second - first);
            message.Add(bytes, second, bytes.Length - second);
            return message;
        }
    }
}
