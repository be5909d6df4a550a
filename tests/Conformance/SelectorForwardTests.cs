#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    // The selector of the in-memory stack that every board has: pairs, and one thread that waits for two stacks.
    [TestClass]
    public class SelectorForwardTests
    {
        [TestMethod]
        public void Watch_APairedStream_ReportsInAndTheEnd()
        {
            using Sockets sockets = new Sockets();
            sockets.Pair(SocketType.Stream, out Socket a, out Socket b);
            Selection selection = Local();
            selection.Watch(a, PollEvents.In, 1);
            selection.ExpectNothing();
            Sockets.Send(b, new byte[1]);
            selection.ExpectOnly(1, PollEvents.In);
            a.Receive(new byte[1]);
            selection.ExpectNothing();
            b.Close();
            selection.ExpectOnly(1, PollEvents.In | PollEvents.Hup);
            selection.Selector.Close();
        }

        [TestMethod]
        public void Watch_OutOfAPairedDatagramSocket_ComesWithRoomAtTheReceiver()
        {
            using Sockets sockets = new Sockets();
            sockets.Pair(SocketType.Dgram, out Socket a, out Socket b);
            Selection selection = Local();
            int sent = 0;
            while (a.TrySend(new byte[8], 0, 8, SocketFlags.DontWait) == 8)
            {
                sent++;
            }

            selection.Watch(a, PollEvents.Out, 1);
            selection.ExpectNothing();
            Background waiter = sockets.Start(() => selection.ExpectOnly(1, PollEvents.Out));
            waiter.LetBlock();
            for (int i = 0; i < sent; i++)
            {
                Assert.AreEqual(8, b.Receive(new byte[8]));
            }

            waiter.Join();
            while (a.TrySend(new byte[8], 0, 8, SocketFlags.DontWait) == 8)
            {
            }

            selection.ExpectNothing();
            b.Close();
            selection.ExpectOnly(1, PollEvents.Out);
            selection.Selector.Close();
        }

        [TestMethod]
        public void Forward_AnEvent_EndsTheOtherSelectorsWait()
        {
            using Sockets sockets = new Sockets();
            sockets.Pair(SocketType.Stream, out Socket a, out Socket b);
            Socket udp = sockets.BoundUdp();
            Selection local = Local();
            Selection network = new Selection(Selectors.Open(Sockets.Stacks.Network));
            Assert.IsTrue(local.Selector.Forward(network.Selector), "the in-memory stack can forward");
            network.Watch(udp, PollEvents.In, 1);
            local.Watch(a, PollEvents.In, 2);
            Assert.AreEqual(0, network.Wait(-1));
            local.ExpectNothing();
            for (int i = 0; i < 20; i++)
            {
                Background waiter = sockets.Start(() => Assert.AreEqual(0, network.Wait(-1)));
                Sockets.Send(b, new byte[1]);
                waiter.Join();
                local.ExpectOnly(2, PollEvents.In);
                a.Receive(new byte[1]);

                // There may be something to look at still; the look finds that there is not.
                Assert.AreEqual(0, network.Wait(-1));
                local.ExpectNothing();
                Assert.AreEqual(0, network.Wait(0));
            }

            Background last = sockets.Start(() => Assert.AreEqual(0, network.Wait(-1)));
            a.Close();
            last.Join();
            local.ExpectOnly(2, PollEvents.Nval);
            local.Selector.Close();
            network.Selector.Close();
        }

        [TestMethod]
        public void Forward_WhatStaysReady_WakesAgain()
        {
            using Sockets sockets = new Sockets();
            sockets.Pair(SocketType.Stream, out Socket a, out Socket _);
            Selection local = Local();
            Selection network = new Selection(Selectors.Open(Sockets.Stacks.Network));
            local.Watch(a, PollEvents.Out, 2);
            local.Selector.Forward(network.Selector);
            for (int i = 0; i < 3; i++)
            {
                Assert.AreEqual(0, network.Wait(-1));
                local.ExpectOnly(2, PollEvents.Out);
            }

            local.Selector.Forward(null);
            Assert.AreEqual(0, network.Wait(-1));
            local.ExpectOnly(2, PollEvents.Out);
            Assert.AreEqual(0, network.Wait(20));
            local.Selector.Close();
            network.Selector.Close();
        }

        private static Selection Local()
        {
            return new Selection(Selectors.Open(Sockets.Stacks.Local));
        }
    }
}
