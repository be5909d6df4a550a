namespace IoTNet
{
    /// <summary>What a stack implements beside <see cref="INetworkStack"/> when it can name its network interfaces (RFC 3493
    /// 4).</summary>
    public interface INetworkInterfaces
    {
        /// <summary>Finds an interface by name.</summary>
        /// <param name="name">The name, such as <c>lo</c>.</param>
        /// <returns>Its number, 1 or above, as in a scope id; 0 when there is none.</returns>
        int FindInterface(string name);

        /// <summary>Names an interface.</summary>
        /// <param name="index">Its number.</param>
        /// <returns>The name, 1 to 15 characters of ASCII; null when there is none.</returns>
        string GetInterfaceName(int index);
    }
}
