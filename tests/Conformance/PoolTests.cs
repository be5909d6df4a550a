#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    // Pools are finite: what happens at the limit, on a stack of its own with few sockets.
    [TestClass]
    public class PoolTests
    {
        [TestMethod]
        public void Pool_Exhausted_FailsWithENFILEAndNamesThePool()
        {
            NetworkStack stacks = Small(3);
            Socket[] all = new Socket[3];
            for (int i = 0; i < all.Length; i++)
            {
                all[i] = Tcp(stacks);
            }

            SocketException e = Expect.Throws(Errno.ENFILE, () => Tcp(stacks));
            Expect.Contains("all 3 sockets of the " + stacks.Network.Name + " stack are open", e.Message);
            Assert.IsTrue(e.SocketErrorCode == SocketError.TooManyOpenSockets);
            all[1].Close();
            all[1] = Tcp(stacks);
            CloseAll(all);
        }

        [TestMethod]
        public void Pool_ExhaustedAtAccept_KeepsTheConnectionWaiting()
        {
            NetworkStack stacks = Small(3);
            Socket listener = Tcp(stacks);
            listener.Bind(Sockets.AnyPort());
            listener.Listen(2);
            Socket client = Tcp(stacks);
            client.Connect(listener.LocalEndPoint, Sockets.PatienceMs);
            Socket third = Tcp(stacks);
            SocketException e = Expect.Throws(Errno.ENFILE, () => listener.Accept());
            Expect.Contains("all 3 sockets", e.Message);
            Expect.Fails(Errno.ENFILE, listener.TryAccept(0, out Socket _));
            third.Close();
            Assert.IsTrue(listener.Accept(Sockets.PatienceMs, out Socket server), "the connection was lost");
            Sockets.Send(client, new byte[] { 1 });
            Sockets.Receive(server, new byte[] { 1 });
            CloseAll(new Socket[] { server, client, listener });
        }

        [TestMethod]
        public void Pool_HandleReused_IsNotTheOldOne()
        {
            NetworkStack stacks = Small(1);
            Socket first = Tcp(stacks);
            int old = first.Handle;
            first.Close();
            Socket second = Tcp(stacks);
            Assert.IsFalse(second.Handle == old, "the handle came back at once");
            Expect.Fails(Errno.EBADF, stacks.Network.Close(old));
            Expect.Fails(Errno.EBADF, stacks.Network.Listen(old, 1));
            Assert.AreEqual((int)PollEvents.Nval, stacks.Network.Poll(old, PollEvents.In, 0));
            second.Close();
        }

        [TestMethod]
        public void Pool_LoopbackPair_NeedsTwo()
        {
            LoopbackLimits limits = new LoopbackLimits();
            limits.MaxSockets = 1;
            LoopbackStack stack = new LoopbackStack(limits);
            Expect.Fails(Errno.ENFILE, stack.OpenPair(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified, out int second));
            Assert.AreEqual(0, second);
            Assert.AreEqual(0, stack.OpenSockets);
        }

        private static NetworkStack Small(int sockets)
        {
            return new NetworkStack(StackUnderTest.CreateSmall(sockets), new LoopbackStack());
        }

        private static Socket Tcp(NetworkStack stacks)
        {
            return new Socket(stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        }

        private static void CloseAll(Socket[] sockets)
        {
            for (int i = 0; i < sockets.Length; i++)
            {
                sockets[i].Close();
            }
        }
    }
}
