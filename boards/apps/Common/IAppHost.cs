namespace IoTNet.Apps
{
    /// <summary>What runs an app. Its calls may come from any thread of the app.</summary>
    public interface IAppHost
    {
        /// <summary>Where to serve; null = where the app usually does, on every address of the board.</summary>
        EndPoint Listen { get; }

        /// <summary>What the board is called; null when it has no name.</summary>
        string BoardName { get; }

        /// <summary>What was given to the app on the command line; on a device, what its program says.</summary>
        string[] Arguments { get; }

        /// <summary>Called when the app is ready to be spoken to, for each address that it serves.</summary>
        /// <param name="protocol">In lower case: <c>tcp</c>, <c>udp</c>.</param>
        /// <param name="address">The address with its port.</param>
        void Serving(string protocol, EndPoint address);

        /// <summary>Takes a line of what was asked of the app: its result.</summary>
        /// <param name="line">The line, without its end.</param>
        void Print(string line);

        /// <summary>Takes a line that tells what happens.</summary>
        /// <param name="line">The line, without its end.</param>
        void Log(string line);
    }
}
