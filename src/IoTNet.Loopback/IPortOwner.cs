namespace IoTNet
{
    /// <summary>A socket that takes a port.</summary>
    internal interface IPortOwner
    {
        /// <summary>Whether it may be bound to a port beside another socket of its protocol.</summary>
        /// <param name="other">The socket that has the port.</param>
        bool CanShareWith(MemorySocket other);
    }
}
