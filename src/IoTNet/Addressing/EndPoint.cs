using System;

namespace IoTNet
{
    /// <summary>An address that a socket can be bound or connected to.</summary>
    public abstract class EndPoint
    {
        /// <summary>The family that the address belongs to.</summary>
        public abstract AddressFamily AddressFamily { get; }

        /// <summary>Gives the address as a new generic socket address.</summary>
        /// <returns>The address in bytes, laid out as <see cref="SocketAddress"/> describes.</returns>
        public SocketAddress Serialize()
        {
            SocketAddress address = new SocketAddress();
            WriteTo(address);
            return address;
        }

        /// <summary>Makes an end point of this type from a generic socket address.</summary>
        /// <param name="socketAddress">An address of this end point's family.</param>
        /// <returns>The new end point.</returns>
        /// <exception cref="ArgumentNullException">No address was given.</exception>
        /// <exception cref="ArgumentException">The address is of another family, or too short for it.</exception>
        public abstract EndPoint Create(SocketAddress socketAddress);

        /// <summary>Writes the address into an existing generic socket address, without allocating.</summary>
        /// <param name="socketAddress">Receives family, size and bytes.</param>
        /// <exception cref="ArgumentNullException">No address was given.</exception>
        public abstract void WriteTo(SocketAddress socketAddress);

        /// <summary>Makes the end point that a generic socket address describes, whatever its family.</summary>
        /// <param name="socketAddress">The address; its family decides the type of the result.</param>
        /// <returns>An <see cref="IPEndPoint"/>, a <see cref="UnixEndPoint"/>, or null for
        /// <see cref="AddressFamily.Unspecified"/> (a peer without an address).</returns>
        /// <exception cref="ArgumentNullException">No address was given.</exception>
        /// <exception cref="ArgumentException">The family is unknown, the address too short for it, or its path too
        /// long.</exception>
        public static EndPoint From(SocketAddress socketAddress)
        {
            if (socketAddress == null)
            {
                throw new ArgumentNullException(nameof(socketAddress));
            }

            switch (socketAddress.Family)
            {
                case AddressFamily.InterNetwork:
                case AddressFamily.InterNetworkV6:
                    return IPEndPoint.FromSocketAddress(socketAddress);
                case AddressFamily.Unix:
                    return UnixEndPoint.FromSocketAddress(socketAddress);
                case AddressFamily.Unspecified:
                    return null;
                default:
                    throw new ArgumentException(
                        "No end point type for address family " + ((int)socketAddress.Family).ToString() +
                        "; expected InterNetwork (2), InterNetworkV6 (23) or Unix (1).");
            }
        }
    }
}
