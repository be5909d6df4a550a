using System;
using System.Threading;

namespace IoTNet.Boards
{
    using IoTNet.Apps;

    /// <summary>What the program of every app does on a board. Compiled into each of them.</summary>
    internal static class AppProgram
    {
        /// <summary>Brings the network up, and runs the app. Does not return.</summary>
        /// <param name="network">The board's network, not started.</param>
        /// <param name="app">The app.</param>
        /// <param name="arguments">What the app would be told on a command line.</param>
        public static void Run(BoardNetwork network, IApp app, params string[] arguments)
        {
            Run(network, new NetworkStack(new SystemNetStack(), null), app, arguments);
        }

        /// <summary>As the other, for an app that needs more than the board's own stack.</summary>
        /// <param name="network">The board's network, not started.</param>
        /// <param name="stacks">The stacks that the app's sockets use.</param>
        /// <param name="app">The app.</param>
        /// <param name="arguments">What the app would be told on a command line.</param>
        public static void Run(BoardNetwork network, NetworkStack stacks, IApp app, params string[] arguments)
        {
            NetworkStack.Use(stacks.Network, stacks.Local);
            network.StateChanged += OnStateChanged;
            _ = network.TryStart(-1);
            int result = app.Run(new ConsoleHost(arguments));
            Console.WriteLine(app.Name + " ended with " + result.ToString());

            // What a board does once its program has ended is its build's choice: it waits for a debugger, or starts anew.
            Thread.Sleep(Timeout.Infinite);
        }

        private static void OnStateChanged(BoardNetwork network, NetworkState state, NetworkReason reason)
        {
            Console.WriteLine("network: " + network.ToString());
            if (reason == NetworkReason.NoCredentials)
            {
                Console.WriteLine("store them on the board: nanoff --networkdeployment FILE.json --serialport PORT");
            }
        }
    }
}
