namespace IoTNet.Emulator;

/// <summary>
/// Which name an address goes by in traces and pictures: the one that a lookup gives, else the switch port where the
/// address was seen at work (ARP, neighbour discovery, a board's own first datagrams), else the address itself.
/// </summary>
/// <remarks>Not safe for several threads at once; its users have a lock of their own.</remarks>
public sealed class HostNames
{
    // Made-up addresses must not fill the memory: beyond this many, no more are learned.
    private const int MostAddresses = 4096;

    private static readonly FrameAddress s_allIPv4 = FrameAddress.From([255, 255, 255, 255]);
    private static readonly FrameAddress s_allEthernet = FrameAddress.From([255, 255, 255, 255, 255, 255]);

    private readonly Func<IPAddress, string?>? _lookup;
    private readonly Dictionary<FrameAddress, string> _names = [];
    private readonly Dictionary<FrameAddress, string> _texts = [];
    private readonly HashSet<FrameAddress> _asked = [];
    private readonly HashSet<(string, bool)> _seen = [];

    /// <summary>Makes an empty table.</summary>
    /// <param name="lookup">Names an IP address, or null where it knows none; asked before anything else, once for each
    /// address. Null for none.</param>
    public HostNames(Func<IPAddress, string?>? lookup = null)
    {
        _lookup = lookup;
    }

    /// <summary>Learns from a frame which addresses are behind a port.</summary>
    /// <param name="seen">Where it was seen: nothing is learned without a port's name or on the way out, and of a corrupted
    /// frame no address can be trusted.</param>
    /// <param name="frame">The frame.</param>
    public void Learn(in FrameObservation seen, in DecodedFrame frame)
    {
        string port = seen.Port;
        if (string.IsNullOrEmpty(port) || seen.Direction == FrameDirection.ToDevice || seen.Fate == FrameFate.Corrupted
            || frame.Problem is not null)
        {
            return;
        }

        Learn(frame.HardwareSource, port);
        switch (frame.Protocol)
        {
            case FrameProtocol.Arp:
                Learn(frame.Source, port);
                break;

            // A neighbour advertisement's target is the sender's own, and so is that of a solicitation from nowhere, with
            // which it makes sure that nobody else has the address (RFC 4862 5.4.2).
            case FrameProtocol.IcmpV6 when frame.Type == 136 || (frame.Type == 135 && frame.Source.IsAny):
                Learn(frame.Target, port);
                break;
        }

        // Behind a gateway's port are addresses of the whole world; only the first one of each kind is its own.
        if (!frame.Source.IsNone && !frame.Source.IsAny && (frame.Source.IsLinkLocal || _seen.Count < MostAddresses))
        {
            if (frame.Source.IsLinkLocal || _seen.Add((port, frame.Source.IsIPv6)))
            {
                Learn(frame.Source, port);
            }
        }
    }

    /// <summary>The name of an address.</summary>
    /// <param name="address">The address.</param>
    /// <returns>A name, or the address as text; <c>all</c> for Ethernet's and IPv4's broadcast.</returns>
    public string NameOf(FrameAddress address) => Find(address) ?? Text(address);

    /// <summary>The name of an address, when it has one.</summary>
    /// <param name="address">The address.</param>
    /// <returns>The name, or null.</returns>
    public string? Find(FrameAddress address)
    {
        if (_lookup is not null && address.ToIPAddress() is { } ip && _asked.Count < MostAddresses && _asked.Add(address)
            && _lookup(ip) is { } given)
        {
            _names[address] = given;
        }

        return _names.GetValueOrDefault(address);
    }

    /// <summary>Whether a frame that is on its way out to a port is meant for the device there, and not just flooded to it.</summary>
    internal bool IsFor(string port, in DecodedFrame frame) => _names.GetValueOrDefault(frame.HardwareDestination) == port;

    private void Learn(FrameAddress address, string port)
    {
        if (!address.IsNone && !address.IsAny && !address.IsGroup && !_names.ContainsKey(address) && Find(address) is null)
        {
            _ = Remember(_names, address, port);
        }
    }

    // The text is kept, so that a trace does not make it again for each line.
    private string Text(FrameAddress address)
    {
        return _texts.TryGetValue(address, out string? text) ? text
            : Remember(_texts, address, address == s_allIPv4 || address == s_allEthernet ? "all" : address.ToString());
    }

    private static string Remember(Dictionary<FrameAddress, string> table, FrameAddress address, string text)
    {
        if (table.Count < MostAddresses)
        {
            table.TryAdd(address, text);
        }

        return text;
    }
}
