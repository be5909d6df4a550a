namespace IoTNet
{
    /// <summary>A path with a handler of upgrades, too.</summary>
    internal sealed class WebSocketRoute : HttpRoute
    {
        public WebSocketRoute(string path, HttpHandler onRequest, UpgradeHandler onUpgrade)
            : base(path, onRequest)
        {
            OnUpgrade = onUpgrade;
        }

        public UpgradeHandler OnUpgrade { get; }
    }
}
