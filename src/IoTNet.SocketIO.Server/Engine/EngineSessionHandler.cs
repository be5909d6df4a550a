namespace IoTNet
{
    /// <summary>Takes a new session and gives it its user.</summary>
    internal delegate void EngineSessionHandler(EngineSession session);
}
