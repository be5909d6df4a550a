using System;
using System.Reflection;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Apps
{
    /// <summary>Runs the tests of an assembly, one after the other, counts them and tells a host. The tests are found by
    /// reflection, as nanoFramework's own launcher does.</summary>
    internal sealed class TestRun
    {
        private readonly IAppHost _host;
        private readonly string _filter;
        private int _passedOfClass;
        private bool _stopping;

        /// <param name="host">Takes the lines.</param>
        /// <param name="filter">Part of the class's or test's name; empty for all.</param>
        public TestRun(IAppHost host, string filter)
        {
            _host = host;
            _filter = filter;
        }

        public int Passed { get; private set; }

        public int Failed { get; private set; }

        /// <summary>Tests that this board cannot run, each told with its reason.</summary>
        public int NotRun { get; private set; }

        /// <summary>Ends the run after the test that is under way.</summary>
        public void Stop()
        {
            _stopping = true;
        }

        /// <summary>Runs the tests of an assembly.</summary>
        public void Run(Assembly assembly)
        {
            foreach (Type type in assembly.GetTypes())
            {
                if (!_stopping && TestCase.IsTestClass(type))
                {
                    RunClass(type);
                }
            }
        }

        private void RunClass(Type type)
        {
            _passedOfClass = 0;
            TestCase.Each(type, test =>
            {
                string name = type.Name + "." + test.Name;
                if (!_stopping && (_filter.Length == 0 || name.IndexOf(_filter) >= 0))
                {
                    RunTest(test, name);
                }
            });
            if (_passedOfClass > 0)
            {
                _host.Print("passed   " + type.Name + ": " + _passedOfClass.ToString());
            }
        }

        private void RunTest(TestCase test, string name)
        {
            try
            {
                test.Run();
                Passed++;
                _passedOfClass++;
            }
            catch (Exception e)
            {
                if (IsLimit(e))
                {
                    NotRun++;
                    _host.Print("not run  " + name + ": " + e.Message);
                }
                else
                {
                    Failed++;
                    _host.Print("FAILED   " + name + ": " + e.GetType().Name + ": " + e.Message);
                }
            }
        }

        // A test says itself what it misses. A pool that is too small for it shows as ENFILE: every test gives back what it
        // opened, or fails, so that none is short of sockets because of another.
        private static bool IsLimit(Exception e)
        {
#if NANOFRAMEWORK_1_0
            bool isSkip = e is SkipTestException;
#else
            bool isSkip = e is AssertInconclusiveException;
#endif

            // What another thread of the test threw stands within.
            SocketException failure = e as SocketException ?? e.InnerException as SocketException;
            return isSkip || (failure != null && failure.Errno == Errno.ENFILE);
        }
    }
}
