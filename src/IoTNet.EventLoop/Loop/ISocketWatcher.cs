namespace IoTNet
{
    /// <summary>Is told on a loop's thread that a watched socket is ready.</summary>
    public interface ISocketWatcher
    {
        /// <summary>The socket is ready; called again in each round for as long as it is.</summary>
        /// <param name="watch">The watch.</param>
        /// <param name="events">What was seen: of In and Out those that are wanted, besides Err and Hup; or Nval, the last call
        /// of this watch, because the socket was closed.</param>
        void OnReady(SocketWatch watch, PollEvents events);
    }
}
