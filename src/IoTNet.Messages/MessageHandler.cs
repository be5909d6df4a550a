namespace IoTNet
{
    /// <summary>Answers a request.</summary>
    /// <param name="request">It, whole and within the limits.</param>
    /// <returns>The answer; null closes the connection without one.</returns>
    public delegate Message MessageHandler(Message request);

    /// <summary>Takes a line for people.</summary>
    /// <param name="line">The line, without an end of line.</param>
    public delegate void MessageLog(string line);
}
