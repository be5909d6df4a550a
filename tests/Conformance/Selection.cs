#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    /// <summary>What a test of selectors does with one.</summary>
    internal delegate void SelectionBody(Sockets sockets, Selection selection);

    /// <summary>A selector and what its last wait reported.</summary>
    internal sealed class Selection
    {
        /// <summary>How many sockets one wait can report.</summary>
        public const int Room = 16;

        private readonly int[] _keys;
        private readonly int[] _seen;

        public Selection(ISelector selector)
            : this(selector, Room)
        {
        }

        public Selection(ISelector selector, int room)
        {
            Selector = selector;
            _keys = new int[room];
            _seen = new int[room];
        }

        public ISelector Selector { get; }

        /// <summary>How many sockets the last wait reported.</summary>
        public int Count { get; private set; }

        /// <summary>Runs a test on the stack's own selector and on the one that polls, each with fresh sockets.</summary>
        public static void OnEach(SelectionBody body)
        {
            Run(new PollingSelector(Sockets.Stacks.Network), body);
            Run(Selectors.Open(Sockets.Stacks.Network), body);
        }

        public void Watch(Socket socket, PollEvents events, int key)
        {
            Assert.AreEqual(0, Selector.Watch(socket.Handle, events, false, key));
        }

        public void WatchOnce(Socket socket, PollEvents events, int key)
        {
            Assert.AreEqual(0, Selector.Watch(socket.Handle, events, true, key));
        }

        public int Wait(int timeoutMs)
        {
            Count = Expect.Succeeds(Selector.Wait(_keys, _seen, timeoutMs));
            return Count;
        }

        /// <summary>Waits until something is reported.</summary>
        public void Await()
        {
            Assert.IsTrue(Wait(Sockets.PatienceMs) > 0, "nothing was reported");
        }

        public int KeyAt(int index)
        {
            return _keys[index];
        }

        /// <summary>What the last wait reported of a key; None when it did not.</summary>
        public PollEvents Seen(int key)
        {
            PollEvents seen = PollEvents.None;
            for (int i = 0; i < Count; i++)
            {
                if (_keys[i] == key)
                {
                    Assert.IsTrue(seen == PollEvents.None, "reported twice in one wait");
                    seen = (PollEvents)_seen[i];
                    Assert.IsTrue(seen != PollEvents.None, "reported without an event");
                }
            }

            return seen;
        }

        /// <summary>The next report must be this one alone.</summary>
        public void ExpectOnly(int key, PollEvents events)
        {
            Await();
            Assert.AreEqual(1, Count, "sockets reported");
            Assert.AreEqual(key, _keys[0], "key");
            Expect.Events(events, Seen(key));
        }

        /// <summary>Nothing may be ready now.</summary>
        public void ExpectNothing()
        {
            int count = Wait(0);
            Assert.IsTrue(count == 0, "reported key " + _keys[0].ToString() + ", events 0x" + _seen[0].ToString("X2"));
        }

        private static void Run(ISelector selector, SelectionBody body)
        {
            try
            {
                using Sockets sockets = new Sockets();
                body(sockets, new Selection(selector));
            }
            finally
            {
                selector.Close();
            }
        }
    }
}
