namespace IoTNet.Emulator;

/// <summary>A port of the host that leads to a port of a board.</summary>
/// <remarks>As text: <c>tcp:127.0.0.1:7007:7</c>: protocol, host address (IPv6 in brackets), host port (0 = a free one),
/// board port; the board is the first one. <c>tcp:127.0.0.1:0:sensor1:7</c> names it, by its name or its address (IPv6 in
/// brackets).</remarks>
public sealed partial record Forward
{
    /// <summary>Tcp or Udp.</summary>
    public required ProtocolType Protocol { get; init; }

    /// <summary>Where the host listens; port 0 = any free one.</summary>
    public required IPEndPoint Host { get; init; }

    /// <summary>The board's name; null = the first board, or whichever has <see cref="BoardAddress"/>.</summary>
    public string? Board { get; init; }

    /// <summary>The board's address; null when it follows from the name.</summary>
    public IPAddress? BoardAddress { get; init; }

    /// <summary>The board's port, 1 to 65,535.</summary>
    public required int BoardPort { get; init; }

    /// <summary>The forward as <see cref="Parse"/> takes it.</summary>
    /// <returns>For example <c>tcp:127.0.0.1:7007:sensor1:7</c>.</returns>
    public override string ToString()
    {
        string board = Board ?? (BoardAddress == null ? "" : Bracketed(BoardAddress));
        return (Protocol == ProtocolType.Udp ? "udp:" : "tcp:") + Bracketed(Host.Address) + ":" + Host.Port + ":" +
            (board.Length == 0 ? "" : board + ":") + BoardPort;
    }

    private static string Bracketed(IPAddress address)
    {
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? "[" + address + "]" : address.ToString();
    }
}
