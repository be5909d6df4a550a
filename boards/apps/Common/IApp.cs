namespace IoTNet.Apps
{
    /// <summary>
    /// An application that any board can run: on a device it is the firmware's whole job, on the desktop <c>iotnet run</c>
    /// starts it. It opens its sockets on <see cref="NetworkStack.Current"/>, so the board sets the stack first:
    /// <code>
    /// NetworkStack.Use(new SystemNetStack());
    /// new EchoApp().Run(new ConsoleHost());
    /// </code>
    /// </summary>
    public interface IApp
    {
        /// <summary>What the app is called on a command line.</summary>
        string Name { get; }

        /// <summary>What it does, in one line.</summary>
        string Description { get; }

        /// <summary>The arguments that it takes, in one line; empty when it takes none.</summary>
        string Usage { get; }

        /// <summary>Works until <see cref="Stop"/> or until its job is done, and closes all that it opened.</summary>
        /// <param name="host">What the app is told, and whom it tells.</param>
        /// <returns>0 when all went well, 1 when the app failed (it has logged why), 2 when its arguments or the address
        /// are not what it expects (likewise).</returns>
        int Run(IAppHost host);

        /// <summary>Ends <see cref="Run"/> soon; from any thread, at any time, also before Run began.</summary>
        void Stop();
    }
}
