using System;
using System.Collections;
using System.Threading;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    /// <summary>
    /// The sockets and threads of one test. Dispose closes and joins them all, then checks that the stack has as many open
    /// sockets as before: every test ends balanced. A test that hangs is ended by closing its sockets under it.
    /// </summary>
    internal sealed partial class Sockets : IDisposable
    {
        /// <summary>Bounds what must happen soon. A test that comes near it has failed.</summary>
        public const int PatienceMs = 10000;

        private const int HangMs = 20000;

        private static readonly object s_lock = new object();
        private static NetworkStack s_stacks;

        private readonly ArrayList _sockets = new ArrayList();
        private readonly ArrayList _threads = new ArrayList();
        private readonly Timer _hangTimer;
        private readonly int _openBefore;
        private bool _hung;

        public Sockets()
        {
            _openBefore = StackUnderTest.OpenSockets(Stacks);
            _hangTimer = new Timer(OnHang, null, HangMs, -1);
        }

        /// <summary>The stacks under test: one for all tests, so that what one leaves behind shows in another. Fresh ones unless
        /// they were set.</summary>
        public static NetworkStack Stacks
        {
            get
            {
                lock (s_lock)
                {
                    if (s_stacks == null)
                    {
                        INetworkStack network = StackUnderTest.Create();
                        s_stacks = NetworkStack.Use(network, network as ILocalStack ?? new UnixStack());
                    }

                    return s_stacks;
                }
            }

            set
            {
                lock (s_lock)
                {
                    s_stacks = value;
                }
            }
        }

        /// <summary>A socket that the test opened itself.</summary>
        public Socket Add(Socket socket)
        {
            lock (_sockets)
            {
                _sockets.Add(socket);
            }

            return socket;
        }

        /// <summary>A second thread.</summary>
        public Background Start(Body body)
        {
            Background background = Background.Start(body);
            _threads.Add(background);
            return background;
        }

        public void Dispose()
        {
            _hangTimer.Dispose();
            CloseAll();
            for (int i = 0; i < _threads.Count; i++)
            {
                ((Background)_threads[i]).End();
            }

            Assert.IsFalse(_hung, "the test hung and was ended by closing its sockets");
            int open = StackUnderTest.OpenSockets(Stacks);
            Assert.IsTrue(open == _openBefore,
                "the stack has " + open.ToString() + " open sockets, before the test it had " + _openBefore.ToString());
        }

        private void OnHang(object state)
        {
            _hung = true;
            CloseAll();
        }

        private void CloseAll()
        {
            lock (_sockets)
            {
                for (int i = 0; i < _sockets.Count; i++)
                {
                    ((Socket)_sockets[i]).Close();
                }
            }
        }
    }
}
