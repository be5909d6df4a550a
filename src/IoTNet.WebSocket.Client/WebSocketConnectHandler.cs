namespace IoTNet
{
    /// <summary>Takes the end of a <see cref="WebSocketClient.Connect"/>.</summary>
    /// <param name="socket">The WebSocket; null when there is none. Its events are told after this call.</param>
    /// <param name="error">Why there is none; a <see cref="WebSocketHandshakeException"/> when the server answered
    /// otherwise.</param>
    public delegate void WebSocketConnectHandler(WebSocket socket, SocketException error);
}
