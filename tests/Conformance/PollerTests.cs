using System;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    [TestClass]
    public class PollerTests
    {
        private const int TimeoutMs = 200;

        [TestMethod]
        public void Poller_Empty_WaitsForTheTime()
        {
            Poller poller = new Poller();
            Assert.AreEqual(0, poller.Wait(0));
            Stopwatch stopwatch = new Stopwatch();
            Assert.AreEqual(0, poller.Wait(TimeoutMs));
            stopwatch.AssertTook(TimeoutMs);
        }

        [TestMethod]
        public void Poller_OneOfMany_IsTheOneWithEvents()
        {
            const int count = 20;
            using Sockets sockets = new Sockets();
            Socket sender = sockets.Udp();
            Poller poller = new Poller(1);
            for (int i = 0; i < count; i++)
            {
                Assert.AreEqual(i, poller.Add(sockets.BoundUdp(), PollEvents.In));
            }

            Assert.AreEqual(count, poller.Count);
            Assert.AreEqual(0, poller.Wait(0));
            for (int ready = 0; ready < count; ready += 7)
            {
                sender.SendTo(new byte[1], poller.GetSocket(ready).LocalEndPoint);
                Assert.AreEqual(1, poller.Wait(Sockets.PatienceMs));
                for (int i = 0; i < count; i++)
                {
                    Expect.Events(i == ready ? PollEvents.In : PollEvents.None, poller.GetEvents(i));
                }

                poller.GetSocket(ready).Receive(new byte[1]);
            }

            Assert.AreEqual(0, poller.Wait(0));
            Expect.Events(PollEvents.None, poller.GetEvents(0));
        }

        [TestMethod]
        public void Poller_Several_CountsAll()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Sockets.Send(client, new byte[1]);
            Sockets.Await(server, PollEvents.In);
            Poller poller = new Poller();
            poller.Add(client, PollEvents.In | PollEvents.Out);
            poller.Add(server, PollEvents.In | PollEvents.Out);
            poller.Add(server, PollEvents.None);
            poller.Add(sockets.BoundUdp(), PollEvents.In);
            Assert.AreEqual(2, poller.Wait(-1));
            Expect.Events(PollEvents.Out, poller.GetEvents(0));
            Expect.Events(PollEvents.In | PollEvents.Out, poller.GetEvents(1));
            Expect.Events(PollEvents.None, poller.GetEvents(2));
            Expect.Events(PollEvents.None, poller.GetEvents(3));
        }

        [TestMethod]
        public void Poller_SameSocketTwice_AnswersEach()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Sockets.Send(server, new byte[1]);
            Sockets.Await(client, PollEvents.In);
            Poller poller = new Poller();
            poller.Add(client, PollEvents.In);
            poller.Add(client, PollEvents.Out);
            Assert.AreEqual(2, poller.Wait(0));
            Expect.Events(PollEvents.In, poller.GetEvents(0));
            Expect.Events(PollEvents.Out, poller.GetEvents(1));
        }

        [TestMethod]
        public void Poller_ClosedAmongOthers_IsNvalAtOnce()
        {
            using Sockets sockets = new Sockets();
            Poller poller = new Poller();
            poller.Add(sockets.BoundUdp(), PollEvents.In);
            Socket closed = sockets.Udp();
            poller.Add(closed, PollEvents.In);
            poller.Add(sockets.Udp(), PollEvents.Out);
            closed.Close();
            Assert.AreEqual(2, poller.Wait(-1));
            Expect.Events(PollEvents.None, poller.GetEvents(0));
            Expect.Events(PollEvents.Nval, poller.GetEvents(1));
            Expect.Events(PollEvents.Out, poller.GetEvents(2));
        }

        [TestMethod]
        public void Poller_OnlyClosed_IsNvalAtOnce()
        {
            using Sockets sockets = new Sockets();
            Socket closed = sockets.Udp();
            closed.Close();
            Poller poller = new Poller();
            poller.Add(closed, PollEvents.In);
            Assert.AreEqual(1, poller.Wait(-1));
            Expect.Events(PollEvents.Nval, poller.GetEvents(0));
        }

        [TestMethod]
        public void Poller_NothingInTime_GivesZero()
        {
            using Sockets sockets = new Sockets();
            Poller poller = new Poller();
            poller.Add(sockets.BoundUdp(), PollEvents.In);
            poller.Add(sockets.Listener(), PollEvents.In);
            Stopwatch stopwatch = new Stopwatch();
            Assert.AreEqual(0, poller.Wait(TimeoutMs));
            stopwatch.AssertTook(TimeoutMs);
        }

        [TestMethod]
        public void Poller_ErrorAndHangUp_AreToldUnasked()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Poller poller = new Poller();
            poller.Add(client, PollEvents.None);
            Assert.AreEqual(0, poller.Wait(0));
            Sockets.Reset(server);
            Assert.AreEqual(1, poller.Wait(Sockets.PatienceMs));
            Expect.Events(PollEvents.Err | PollEvents.Hup, poller.GetEvents(0));
        }

        [TestMethod]
        public void Poller_Waiting_IsWokenByAnyOfThem()
        {
            Expect.NeedsSockets(7);
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Socket udp = sockets.BoundUdp();
            Socket listener = sockets.Listener();
            Poller poller = new Poller();
            poller.Add(server, PollEvents.In);
            poller.Add(udp, PollEvents.In);
            poller.Add(listener, PollEvents.In);
            for (int which = 0; which < 3; which++)
            {
                Background waiter = sockets.Start(() => Assert.AreEqual(1, poller.Wait(-1)));
                waiter.LetBlock();
                Assert.IsFalse(waiter.HasEnded, "the wait ended without an event");
                if (which == 0)
                {
                    Sockets.Send(client, new byte[1]);
                }
                else if (which == 1)
                {
                    sockets.Udp().SendTo(new byte[1], udp.LocalEndPoint);
                }
                else
                {
                    sockets.ConnectTo(listener);
                }

                waiter.Join();
                Expect.Events(PollEvents.In, poller.GetEvents(which));
                poller.SetEvents(which, PollEvents.None);
            }
        }

        [TestMethod]
        public void Poller_Connect_IsWritableWhenDone()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            Background acceptor = sockets.AcceptBehind(listener);
            Socket good = sockets.Tcp();
            Socket bad = sockets.Tcp();
            Expect.Fails(Errno.EINPROGRESS, good.TryConnect(listener.LocalEndPoint, 0));
            Expect.Fails(Errno.EINPROGRESS, bad.TryConnect(sockets.RefusingAddress(), 0));
            Poller poller = new Poller();
            poller.Add(good, PollEvents.Out);
            poller.Add(bad, PollEvents.Out);
            while (poller.GetEvents(0) == PollEvents.None || poller.GetEvents(1) == PollEvents.None)
            {
                Assert.IsTrue(poller.Wait(Sockets.PatienceMs) > 0, "no connect ended");
            }

            Expect.Events(PollEvents.Out, poller.GetEvents(0));
            Expect.Has(PollEvents.Out | PollEvents.Err, poller.GetEvents(1));
            acceptor.Join();
        }

        [TestMethod]
        public void Poller_MixedStacks_SeesBoth()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            sockets.Pair(SocketType.Stream, out Socket first, out Socket second);
            Poller poller = new Poller();
            poller.Add(server, PollEvents.In);
            poller.Add(second, PollEvents.In);
            Assert.AreEqual(0, poller.Wait(0));
            Stopwatch stopwatch = new Stopwatch();
            Assert.AreEqual(0, poller.Wait(TimeoutMs));
            stopwatch.AssertTook(TimeoutMs);
            Sockets.Send(client, new byte[1]);
            Assert.AreEqual(1, poller.Wait(Sockets.PatienceMs));
            Expect.Events(PollEvents.In, poller.GetEvents(0));
            Expect.Events(PollEvents.None, poller.GetEvents(1));
            Sockets.Send(first, new byte[1]);
            Assert.AreEqual(2, poller.Wait(Sockets.PatienceMs));
            server.Receive(new byte[1]);
            Assert.AreEqual(1, poller.Wait(Sockets.PatienceMs));
            Expect.Events(PollEvents.None, poller.GetEvents(0));
            Expect.Events(PollEvents.In, poller.GetEvents(1));
        }

        [TestMethod]
        public void Poller_MixedStacks_AreWokenByEither()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            sockets.Pair(SocketType.Stream, out Socket first, out Socket second);
            Poller poller = new Poller();
            poller.Add(server, PollEvents.In);
            poller.Add(second, PollEvents.In);
            Background waiter = sockets.Start(() => Assert.AreEqual(1, poller.Wait(-1)));
            waiter.LetBlock();
            Sockets.Send(first, new byte[1]);
            waiter.Join();
            Expect.Events(PollEvents.In, poller.GetEvents(1));
            second.Receive(new byte[1]);
            waiter = sockets.Start(() => Assert.AreEqual(1, poller.Wait(-1)));
            waiter.LetBlock();
            Sockets.Send(client, new byte[1]);
            waiter.Join();
            Expect.Events(PollEvents.In, poller.GetEvents(0));
        }

        [TestMethod]
        public void Poller_MixedStacks_AreWokenByACloseOfEither()
        {
            using Sockets sockets = new Sockets();
            for (int closed = 0; closed < 3; closed++)
            {
                sockets.Connected(out Socket _, out Socket server);
                sockets.Pair(SocketType.Stream, out Socket _, out Socket second);
                Poller poller = new Poller();
                poller.Add(server, PollEvents.In);
                poller.Add(second, PollEvents.In);
                Background waiter = sockets.Start(() => Assert.IsTrue(poller.Wait(Sockets.PatienceMs) > 0, "nobody told of the close"));
                waiter.LetBlock();
                if (closed != 1)
                {
                    server.Close();
                }

                if (closed != 0)
                {
                    second.Close();
                }

                waiter.Join();
                Expect.Has(PollEvents.Nval, poller.GetEvents(0) | poller.GetEvents(1));
            }
        }

        [TestMethod]
        public void Poller_Removed_GivesItsIndexToTheLast()
        {
            using Sockets sockets = new Sockets();
            Socket first = sockets.BoundUdp();
            Socket last = sockets.BoundUdp();
            Poller poller = new Poller();
            poller.Add(first, PollEvents.Out);
            poller.Add(sockets.BoundUdp(), PollEvents.In);
            poller.Add(last, PollEvents.In);
            poller.Remove(0);
            Assert.AreEqual(2, poller.Count);
            Assert.AreSame(last, poller.GetSocket(0));
            Assert.AreEqual(0, poller.Wait(0));
            poller.SetEvents(0, PollEvents.Out);
            Assert.AreEqual(1, poller.Wait(0));
            poller.Clear();
            Assert.AreEqual(0, poller.Count);
            Assert.AreEqual(0, poller.Wait(0));
        }

        [TestMethod]
        public void Poller_BadArguments_Throw()
        {
            using Sockets sockets = new Sockets();
            Poller poller = new Poller();
            poller.Add(sockets.Udp(), PollEvents.In);
            Expect.Throws(typeof(ArgumentNullException), () => poller.Add(null, PollEvents.In));
            OutOfRange(() => poller.GetEvents(1));
            OutOfRange(() => poller.GetEvents(-1));
            OutOfRange(() => poller.SetEvents(1, PollEvents.In));
            OutOfRange(() => poller.Remove(1));
            OutOfRange(() => poller.GetSocket(1));
            OutOfRange(() => poller.Wait(-2));
            OutOfRange(() => new Poller(0));
            OutOfRange(() => new Poller(4097));
        }

        private static void OutOfRange(Body body)
        {
            Expect.Throws(typeof(ArgumentOutOfRangeException), body);
        }
    }
}
