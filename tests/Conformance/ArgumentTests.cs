using System;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    // Bad arguments: the throwing forms say what is wrong with them, the Try forms give EFAULT and EINVAL.
    [TestClass]
    public class ArgumentTests
    {
        [TestMethod]
        public void Argument_NullBuffer_IsRefused()
        {
            using Sockets sockets = new Sockets();
            Socket socket = sockets.Udp();
            SocketFlags flags = SocketFlags.None;
            EndPoint any = Sockets.AnyPort();
            SocketAddress address = any.Serialize();
            Null("buffer", () => socket.Send(null));
            Null("buffer", () => socket.Send(null, 0, 0, flags));
            Null("buffer", () => socket.SendTo(null, any));
            Null("buffer", () => socket.Receive(null));
            Null("buffer", () => socket.Receive(null, 0, flags));
            Null("buffer", () => socket.ReceiveFrom(null, ref any));
            Expect.Fails(Errno.EFAULT, socket.TrySend(null, 0, 0, flags));
            Expect.Fails(Errno.EFAULT, socket.TrySendTo(null, 0, 0, flags, address));
            Expect.Fails(Errno.EFAULT, socket.TryReceive(null, 0, 0, flags));
            Expect.Fails(Errno.EFAULT, socket.TryReceiveFrom(null, 0, 0, ref flags, address));
        }

        [TestMethod]
        [DataRow(-1, 1)]
        [DataRow(11, 0)]
        [DataRow(0, -1)]
        [DataRow(0, 11)]
        [DataRow(5, 6)]
        [DataRow(10, 1)]
        [DataRow(1, 2147483647)]
        [DataRow(2147483647, 2147483647)]
        [DataRow(-2147483648, 0)]
        public void Argument_PartOutsideTheBuffer_IsRefused(int offset, int count)
        {
            using Sockets sockets = new Sockets();
            Socket socket = sockets.BoundUdp();
            byte[] ten = new byte[10];
            SocketFlags flags = SocketFlags.None;
            EndPoint any = Sockets.AnyPort();
            SocketAddress address = any.Serialize();
            OutOfRange("The buffer has 10 bytes", () => socket.Send(ten, offset, count, flags));
            OutOfRange("The buffer has 10 bytes", () => socket.SendTo(ten, offset, count, flags, any));
            OutOfRange("The buffer has 10 bytes", () => socket.Receive(ten, offset, count, flags));
            OutOfRange("The buffer has 10 bytes", () => socket.ReceiveFrom(ten, offset, count, flags, ref any));
            Expect.Fails(Errno.EINVAL, socket.TrySend(ten, offset, count, flags));
            Expect.Fails(Errno.EINVAL, socket.TrySendTo(ten, offset, count, flags, address));
            Expect.Fails(Errno.EINVAL, socket.TryReceive(ten, offset, count, flags));
            Expect.Fails(Errno.EINVAL, socket.TryReceiveFrom(ten, offset, count, ref flags, address));
        }

        [TestMethod]
        public void Argument_EmptyPartAtTheEnd_IsTaken()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket _);
            Assert.AreEqual(0, client.Send(new byte[10], 10, 0, SocketFlags.None));
        }

        [TestMethod]
        public void Argument_NullAddress_IsRefused()
        {
            using Sockets sockets = new Sockets();
            Socket socket = sockets.Udp();
            Null("localEP", () => socket.Bind(null));
            Null("remoteEP", () => socket.Connect(null));
            Null("remoteEP", () => socket.Connect(null, 5));
            Null("remoteEP", () => socket.SendTo(new byte[1], null));
            Expect.Fails(Errno.EFAULT, socket.TryBind(null));
            Expect.Fails(Errno.EFAULT, socket.TryConnect((EndPoint)null, 0));
            Expect.Fails(Errno.EFAULT, socket.TryConnect((SocketAddress)null, 0));
        }

        [TestMethod]
        public void Argument_NegativeTimeout_IsRefused()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            OutOfRange("-2", () => sockets.Tcp().Connect(listener.LocalEndPoint, -2));
            OutOfRange("-2", () => listener.Accept(-2, out Socket _));
        }

        [TestMethod]
        public void Argument_NullOptionValue_IsRefused()
        {
            using Sockets sockets = new Sockets();
            Socket socket = sockets.Tcp();
            const SocketOptionLevel level = SocketOptionLevel.Socket;
            Null("optionValue", () => socket.SetSocketOption(level, SocketOptionName.KeepAlive, null));
            Null("val", () => socket.GetSocketOption(level, SocketOptionName.KeepAlive, null));
            Expect.Fails(Errno.EFAULT, socket.TrySetSocketOption(level, SocketOptionName.KeepAlive, null, 4));
            Expect.Fails(Errno.EFAULT, socket.TryGetSocketOption(level, SocketOptionName.KeepAlive, null, 4));
            Expect.Fails(Errno.EINVAL, socket.TrySetSocketOption(level, SocketOptionName.KeepAlive, new byte[4], 5));
            Expect.Fails(Errno.EINVAL, socket.TryGetSocketOption(level, SocketOptionName.KeepAlive, new byte[4], 5));
            Expect.Fails(Errno.EINVAL, socket.TrySetSocketOption(level, SocketOptionName.KeepAlive, new byte[4], -1));
            Expect.Fails(Errno.EINVAL, socket.TryGetSocketOption(level, SocketOptionName.KeepAlive, new byte[4], -1));
        }

        [TestMethod]
        public void Argument_WrongKindOfSocket_IsRefused()
        {
            Refused(Errno.EAFNOSUPPORT, (AddressFamily)99, SocketType.Stream, ProtocolType.Unspecified);
            Refused(Errno.EPROTONOSUPPORT, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Udp);
            Refused(Errno.EPROTONOSUPPORT, AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Tcp);
            Refused(Errno.ESOCKTNOSUPPORT, AddressFamily.InterNetwork, SocketType.Seqpacket, ProtocolType.Unspecified);
            Refused(Errno.ESOCKTNOSUPPORT, AddressFamily.InterNetwork, (SocketType)42, ProtocolType.Unspecified);
        }

        [TestMethod]
        public void Argument_NullStacks_IsRefused()
        {
            Null("stacks", () => new Socket(null, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
            Null("network", () => NetworkStack.Use(null));
            Null("network", () => new NetworkStack(null, Sockets.Stacks.Local));
        }

        [TestMethod]
        public void Argument_UnspecifiedProtocol_IsTheUsualOne()
        {
            using Sockets sockets = new Sockets();
            Assert.IsTrue(sockets.Open(AddressFamily.InterNetwork, SocketType.Stream).ProtocolType == ProtocolType.Tcp);
            Assert.IsTrue(sockets.Open(AddressFamily.InterNetwork, SocketType.Dgram).ProtocolType == ProtocolType.Udp);
        }

        private static void Refused(Errno error, AddressFamily family, SocketType type, ProtocolType protocol)
        {
            SocketException e = Expect.Throws(error, () => new Socket(Sockets.Stacks, family, type, protocol));
            Expect.Contains("open a socket of family " + ((int)family).ToString(), e.Message);
        }

        // On the device the text of an exception is what was given; .NET adds the parameter's name.
        private static void Null(string name, Body body)
        {
            Expect.Contains(name, Expect.Throws(typeof(ArgumentNullException), body).Message);
        }

        private static void OutOfRange(string text, Body body)
        {
            Expect.Contains(text, Expect.Throws(typeof(ArgumentOutOfRangeException), body).Message);
        }
    }
}
