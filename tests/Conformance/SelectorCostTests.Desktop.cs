#if !NANOFRAMEWORK_1_0
using System;
using System.Globalization;
using System.IO;
using System.Threading;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace IoTNet.Tests
{
    // What a selector costs: memory per wait, time while nothing happens. Only .NET can count them.
    [TestClass]
    public class SelectorCostTests
    {
        [TestMethod]
        public void Allocation_WaitsAndChanges_IsZero() => Selection.OnEach((sockets, selection) =>
        {
            sockets.Connected(out Socket client, out Socket server);
            Socket idle = sockets.BoundUdp();
            ISelector selector = selection.Selector;
            int[] keys = new int[4];
            int[] seen = new int[4];
            int[] handles = { client.Handle, server.Handle, idle.Handle };
            Body body = () =>
            {
                selector.Watch(handles[0], PollEvents.In | PollEvents.Out, false, 0);
                selector.Watch(handles[1], PollEvents.Out, true, 1);
                selector.Watch(handles[2], PollEvents.In, false, 2);
                Assert.IsTrue(selector.Wait(keys, seen, 0) >= 1);
                selector.Wait(keys, seen, 0);
                selector.Watch(handles[0], PollEvents.In, false, 0);
                selector.Wake();
                selector.Wait(keys, seen, -1);
                selector.Unwatch(handles[0]);
                selector.Wait(keys, seen, 0);
            };
            AssertZero(body);
        });

        [TestMethod]
        public void Allocation_WaitThatBlocks_IsZero() => Selection.OnEach((sockets, selection) =>
        {
            const int rounds = 50;
            sockets.Connected(out Socket client, out Socket server);
            byte[] bytes = new byte[1];
            Background echo = sockets.Start(() =>
            {
                byte[] received = new byte[1];
                while (server.TryReceive(received, 0, 1, SocketFlags.None) == 1)
                {
                    Thread.Yield();
                    server.TrySend(received, 0, 1, SocketFlags.None);
                }
            });
            selection.Watch(client, PollEvents.In, 0);
            ISelector selector = selection.Selector;
            int[] keys = new int[1];
            int[] seen = new int[1];
            AssertZero(rounds, () =>
            {
                client.TrySend(bytes, 0, 1, SocketFlags.None);
                selector.Wait(keys, seen, -1);
                client.TryReceive(bytes, 0, 1, SocketFlags.None);
            });
            client.Close();
            echo.Join();
        });

        // The stack's own selector waits without looking again and again. Counted is how often the waiting thread went to
        // sleep: once for the wait, and a few times for the runtime; one that polls every 10 ms does so 100 times.
        [TestMethod]
        public void Wait_Idle_SleepsOnce()
        {
            const int waitMs = 1000;
            ISelector selector = Selectors.Open(Sockets.Stacks.Network);
            if (selector is PollingSelector)
            {
                selector.Close();
                Assert.IsFalse(StackUnderTest.Capabilities.HasOwnSelector, "the stack has a selector and did not open one");
                return;
            }

            using Sockets sockets = new Sockets();
            Selection selection = new Selection(selector);
            for (int i = 0; i < 200; i++)
            {
                selection.Watch(sockets.BoundUdp(), PollEvents.In, i);
            }

            Assert.AreEqual(0, selection.Wait(50));
            int before = CountSleeps();
            Assert.AreEqual(0, selection.Wait(waitMs));
            int sleeps = CountSleeps() - before;
            selector.Close();
            Assert.IsTrue(sleeps < 25, "slept " + sleeps + " times in one wait");
        }

        // Of this thread; Linux.
        private static int CountSleeps()
        {
            const string name = "voluntary_ctxt_switches:";
            foreach (string line in File.ReadAllLines("/proc/thread-self/status"))
            {
                if (line.StartsWith(name, StringComparison.Ordinal))
                {
                    return int.Parse(line.Substring(name.Length), CultureInfo.InvariantCulture);
                }
            }

            throw new InvalidOperationException("the system does not count");
        }

        private static void AssertZero(Body body)
        {
            AssertZero(1000, body);
        }

        // The first rounds may fill caches and pools.
        private static void AssertZero(int rounds, Body body)
        {
            for (int i = 0; i < rounds; i++)
            {
                body();
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < rounds; i++)
            {
                body();
            }

            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.IsTrue(bytes == 0, bytes.ToString() + " bytes in " + rounds.ToString() + " rounds");
        }
    }
}
#endif
