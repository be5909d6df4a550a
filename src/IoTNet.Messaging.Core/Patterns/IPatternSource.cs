namespace IoTNet
{
    /// <summary>Makes the patterns of an assembly (<see cref="PatternTable"/>).</summary>
    internal interface IPatternSource
    {
        /// <summary>Makes the pattern of a socket of one of its types.</summary>
        Pattern Make(MessageSocketType type, MessageSocketOptions options);
    }
}
