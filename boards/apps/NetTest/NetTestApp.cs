using System;
using IoTNet.Tests;

namespace IoTNet.Apps
{
    /// <summary>The conformance suite as an app: the tests of the desktop, run on the board itself, the result as lines.</summary>
    /// <remarks>Two parts: <c>memory</c>, the stack in memory, on every board; <c>network</c>, the board's own stack, where the
    /// board can reach itself (a firmware whose lwIP was built without its loopback cannot).</remarks>
    public sealed class NetTestApp : IApp
    {
        private readonly object _lock = new object();
        private TestRun _run;
        private bool _stopped;

        /// <inheritdoc/>
        public string Name => "NetTest";

        /// <inheritdoc/>
        public string Description => "Runs the conformance suite on the board itself and prints what passed and what did not.";

        /// <inheritdoc/>
        public string Usage => "[part=network|memory|all] [filter=TEXT]   which stack; only tests with TEXT in their name";

        /// <inheritdoc/>
        public int Run(IAppHost host)
        {
            NetTestOptions options;
            try
            {
                options = NetTestOptions.Read(host.Arguments);
            }
            catch (ArgumentException e)
            {
                host.Log(e.Message);
                return 2;
            }

            bool ok = true;
            if (options.Memory)
            {
                ok = RunPart(host, options, TestedStack.InMemory());
            }

            if (options.Network)
            {
                ok &= RunPart(host, options, TestedStack.OfBoard());
            }

            return ok ? 0 : 1;
        }

        /// <inheritdoc/>
        public void Stop()
        {
            lock (_lock)
            {
                _stopped = true;
                if (_run != null)
                {
                    _run.Stop();
                }
            }
        }

        // What cannot be run is no success.
        private bool RunPart(IAppHost host, NetTestOptions options, TestedStack stack)
        {
            host.Print("NetTest: the stack " + stack.Title);
            string missing = stack.FindMissing();
            if (missing != null)
            {
                host.Print("not run  everything: " + missing);
                return false;
            }

            StackUnderTest.Select(stack);
            TestRun run = new TestRun(host, options.Filter);
            lock (_lock)
            {
                if (_stopped)
                {
                    return false;
                }

                _run = run;
            }

            run.Run(typeof(NetTestApp).Assembly);
            host.Print("NetTest: " + run.Passed.ToString() + " passed, " + run.Failed.ToString() + " failed, " +
                run.NotRun.ToString() + " not run");
            return run.Failed == 0 && run.Passed > 0;
        }
    }
}
