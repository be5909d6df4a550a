namespace IoTNet
{
    /// <summary>Something that a socket bound or connected.</summary>
    internal interface IEndpoint
    {
        /// <summary>As the application named it, with the port that was chosen.</summary>
        string Name { get; }

        /// <summary>The peer that came with it; null for none, or for one that comes and goes.</summary>
        Peer Peer { get; }

        /// <summary>Ends it; connections that were accepted go on until they are closed themselves.</summary>
        void Close();

        /// <summary>Waits until the name is free again. Without a lock.</summary>
        void AwaitEnd();
    }
}
