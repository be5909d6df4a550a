#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    // How a selector's wait begins and ends, and what other threads may do meanwhile.
    [TestClass]
    public class SelectorWaitTests
    {
        [TestMethod]
        public void Wait_NothingInTime_GivesZero() => Selection.OnEach((sockets, selection) =>
        {
            const int timeoutMs = 100;
            Stopwatch stopwatch = new Stopwatch();
            Assert.AreEqual(0, selection.Wait(timeoutMs));
            stopwatch.AssertTook(timeoutMs);
            selection.Watch(sockets.BoundUdp(), PollEvents.In, 1);
            stopwatch = new Stopwatch();
            Assert.AreEqual(0, selection.Wait(timeoutMs));
            stopwatch.AssertTook(timeoutMs);
        });

        [TestMethod]
        public void Wake_BeforeTheWait_EndsThatOne() => Selection.OnEach((sockets, selection) =>
        {
            selection.Watch(sockets.BoundUdp(), PollEvents.In, 1);
            selection.Selector.Wake();
            selection.Selector.Wake();
            Assert.AreEqual(0, selection.Wait(-1));
            Stopwatch stopwatch = new Stopwatch();
            Assert.AreEqual(0, selection.Wait(50));
            stopwatch.AssertTook(50);
        });

        [TestMethod]
        public void Wake_BeforeAWaitWithNothingToWatch_EndsThatOne() => Selection.OnEach((sockets, selection) =>
        {
            selection.Selector.Wake();
            Assert.AreEqual(0, selection.Wait(-1));
            selection.Selector.Wake();
            Assert.AreEqual(0, selection.Wait(0));
            Stopwatch stopwatch = new Stopwatch();
            Assert.AreEqual(0, selection.Wait(50));
            stopwatch.AssertTook(50);
        });

        [TestMethod]
        public void Wake_DuringTheWait_EndsIt() => Selection.OnEach((sockets, selection) =>
        {
            selection.Watch(sockets.BoundUdp(), PollEvents.In, 1);
            Background waiter = sockets.Start(() => Assert.AreEqual(0, selection.Wait(-1)));
            waiter.LetBlock();
            Assert.IsFalse(waiter.HasEnded, "the wait did not wait");
            selection.Selector.Wake();
            waiter.Join();
        });

        [TestMethod]
        public void Wake_WhileNothingIsWatched_EndsTheWait() => Selection.OnEach((sockets, selection) =>
        {
            Background waiter = sockets.Start(() => Assert.AreEqual(0, selection.Wait(-1)));
            waiter.LetBlock();
            Assert.IsFalse(waiter.HasEnded, "the wait did not wait");
            selection.Selector.Wake();
            waiter.Join();
        });

        [TestMethod]
        public void Wake_ManyTimes_IsNeverLost() => Selection.OnEach((sockets, selection) =>
        {
            const int rounds = 100;
            selection.Watch(sockets.BoundUdp(), PollEvents.In, 1);
            Selection answers = new Selection(Selectors.Open(Sockets.Stacks.Network));
            Background waiter = sockets.Start(() =>
            {
                for (int i = 0; i < rounds; i++)
                {
                    Assert.AreEqual(0, selection.Wait(-1));
                    answers.Selector.Wake();
                }
            });
            for (int i = 0; i < rounds; i++)
            {
                selection.Selector.Wake();
                Assert.AreEqual(0, answers.Wait(Sockets.PatienceMs));
            }

            waiter.Join();
            answers.Selector.Close();
        });

        [TestMethod]
        public void Watch_DuringTheWait_Counts() => Selection.OnEach((sockets, selection) =>
        {
            Socket socket = sockets.BoundUdp();
            Background waiter = sockets.Start(() => selection.ExpectOnly(5, PollEvents.Out));
            waiter.LetBlock();
            selection.Watch(socket, PollEvents.Out, 5);
            waiter.Join();
            selection.Watch(socket, PollEvents.In, 6);
            waiter = sockets.Start(() => selection.ExpectOnly(7, PollEvents.Out));
            waiter.LetBlock();
            selection.Watch(socket, PollEvents.Out, 7);
            waiter.Join();
        });

        [TestMethod]
        public void Event_DuringTheWait_EndsIt() => Selection.OnEach((sockets, selection) =>
        {
            sockets.Connected(out Socket client, out Socket server);
            selection.Watch(server, PollEvents.In, 1);
            selection.Watch(client, PollEvents.In, 2);
            Background waiter = sockets.Start(() => selection.ExpectOnly(1, PollEvents.In));
            waiter.LetBlock();
            Sockets.Send(client, new byte[1]);
            waiter.Join();
        });

        [TestMethod]
        public void Close_DuringTheWait_IsReported() => Selection.OnEach((sockets, selection) =>
        {
            sockets.Connected(out Socket client, out Socket server);
            selection.Watch(server, PollEvents.In, 1);
            selection.Watch(client, PollEvents.None, 2);
            Background waiter = sockets.Start(() => selection.ExpectOnly(1, PollEvents.Nval));
            waiter.LetBlock();
            server.Close();
            waiter.Join();
        });

        [TestMethod]
        public void Close_RacingTheWait_IsReportedOnceEach() => Selection.OnEach((sockets, selection) =>
        {
            const int rounds = 200;
            for (int i = 0; i < rounds; i++)
            {
                Socket socket = sockets.BoundUdp();
                selection.Watch(socket, PollEvents.In, i);
                Background closer = sockets.Start(() => socket.Close());
                selection.ExpectOnly(i, PollEvents.Nval);
                closer.Join();
                selection.ExpectNothing();
            }
        });

        [TestMethod]
        public void Unwatch_RacingClose_NeverLeavesAReport() => Selection.OnEach((sockets, selection) =>
        {
            const int rounds = 200;
            for (int i = 0; i < rounds; i++)
            {
                Socket socket = sockets.BoundUdp();
                int handle = socket.Handle;
                selection.Watch(socket, PollEvents.Out, i);
                Background closer = sockets.Start(() => socket.Close());
                selection.Selector.Unwatch(handle);
                selection.ExpectNothing();
                closer.Join();
                selection.ExpectNothing();
            }
        });

        [TestMethod]
        public void SelectorClose_DuringTheWait_EndsItWithEbadf() => Selection.OnEach((sockets, selection) =>
        {
            Socket socket = sockets.BoundUdp();
            selection.Watch(socket, PollEvents.In, 1);
            Background waiter = sockets.Start(() =>
                Expect.Fails(Errno.EBADF, selection.Selector.Wait(new int[1], new int[1], -1)));
            waiter.LetBlock();
            selection.Selector.Close();
            waiter.Join();
            Expect.Fails(Errno.EBADF, selection.Selector.Wait(new int[1], new int[1], 0));
            Expect.Fails(Errno.EBADF, selection.Selector.Watch(socket.Handle, PollEvents.In, false, 1));
            selection.Selector.Unwatch(socket.Handle);
            selection.Selector.Wake();
            Expect.Events(PollEvents.Out, socket.Wait(PollEvents.Out, 0));
        });

        [TestMethod]
        public void SelectorClose_WhileNothingIsWatched_EndsTheWait() => Selection.OnEach((sockets, selection) =>
        {
            Background waiter = sockets.Start(() =>
                Expect.Fails(Errno.EBADF, selection.Selector.Wait(new int[1], new int[1], -1)));
            waiter.LetBlock();
            selection.Selector.Close();
            waiter.Join();
        });
    }
}
