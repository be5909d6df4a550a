using System;
using System.Threading;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    /// <summary>A test's second thread: joined with a bound, and what it throws is thrown again where it is joined.</summary>
    internal sealed class Background
    {
        private readonly Body _body;
        private readonly Thread _thread;
        private readonly ManualResetEvent _started = new ManualResetEvent(false);
        private Exception _failure;
        private bool _joined;

        private Background(Body body)
        {
            _body = body;
            _thread = new Thread(Run);
        }

        /// <summary>Whether the body has ended.</summary>
        public bool HasEnded => !_thread.IsAlive;

        public static Background Start(Body body)
        {
            Background background = new Background(body);
            background._thread.Start();
            return background;
        }

        /// <summary>Gives the body time to reach the call that it will wait in. Nothing tells from outside that a thread
        /// is inside a call, so a test must pass in either order; the time makes it the interesting one.</summary>
        public void LetBlock()
        {
            Assert.IsTrue(_started.WaitOne(Sockets.PatienceMs, false), "the thread did not start");
            Thread.Sleep(30);
        }

        /// <summary>Waits for the end of the body, for a limited time.</summary>
        public void Join()
        {
            _joined = true;
            Assert.IsTrue(_thread.Join(Sockets.PatienceMs), "the thread hangs");
            if (_failure != null)
            {
                throw new Exception("on the other thread: " + _failure.Message, _failure);
            }
        }

        /// <summary>The end of the test: a failure that nobody asked for must not get lost.</summary>
        public void End()
        {
            if (!_joined)
            {
                Join();
            }
        }

        private void Run()
        {
            _started.Set();
            try
            {
                _body();
            }
            catch (Exception e)
            {
                _failure = e;
            }
        }
    }
}
