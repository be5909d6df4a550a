using System;

namespace IoTNet
{
    /// <summary>Takes what happens to a server.</summary>
    /// <param name="server">The server.</param>
    public delegate void TcpServerHandler(TcpServer server);

    /// <summary>Takes a client that was refused.</summary>
    /// <param name="connection">The client's connection, closed when the call returns.</param>
    /// <param name="reason">Why.</param>
    public delegate void ConnectionRefusedHandler(Connection connection, Exception reason);
}
