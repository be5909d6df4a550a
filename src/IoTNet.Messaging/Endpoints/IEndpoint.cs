namespace IoTNet
{
    /// <summary>Something that a socket bound or connected.</summary>
    internal interface IEndpoint
    {
        /// <summary>As the application named it, with the port that was chosen.</summary>
        string Name { get; }

        /// <summary>Ends it; connections that came of it go on until they are closed themselves.</summary>
        void Close();
    }
}
