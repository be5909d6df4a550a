namespace IoTNet
{
    /// <summary>The limits of a server's sessions.</summary>
    internal sealed class EngineSettings
    {
        public EventLoop Loop;
        public bool AllowPolling;
        public bool AllowUpgrades;
        public int PingIntervalMs;
        public int PingTimeoutMs;
        public int UpgradeTimeoutMs;
        public int MaxPayload;
        public int MaxClients;
        public int MaxBufferedBytes;
        public string[] Origins;
    }
}
