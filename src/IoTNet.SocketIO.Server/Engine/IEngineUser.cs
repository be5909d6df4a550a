namespace IoTNet
{
    /// <summary>Takes what comes over an Engine.IO session.</summary>
    internal interface IEngineUser
    {
        void OnText(byte[] buffer, int offset, int count);

        void OnBinary(byte[] buffer, int offset, int count);

        /// <summary>The session is over.</summary>
        void OnEngineClosed(string reason);
    }
}
