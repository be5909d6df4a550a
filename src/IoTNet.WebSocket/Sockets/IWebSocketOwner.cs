namespace IoTNet
{
    /// <summary>Hears of the end of WebSockets.</summary>
    internal interface IWebSocketOwner
    {
        /// <summary>A WebSocket is over.</summary>
        void OnSocketClosed(WebSocket socket);
    }
}
