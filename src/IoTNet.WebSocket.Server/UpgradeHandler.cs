namespace IoTNet
{
    /// <summary>Decides about a client that asks for a WebSocket: by Accept or Refuse, at once or later on the loop's
    /// thread.</summary>
    /// <param name="upgrade">What is asked for.</param>
    public delegate void UpgradeHandler(WebSocketUpgrade upgrade);
}
