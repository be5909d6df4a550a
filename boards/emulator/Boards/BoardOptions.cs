using System.Net.NetworkInformation;
using System.Text;

namespace IoTNet.Emulator;

/// <summary>What an emulated board is: its name, its kind and its addresses.</summary>
public sealed record BoardOptions
{
    /// <summary>Its name, in messages and captures; one that no other board of the network has.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of board it is. Default: ESP32.</summary>
    public BoardProfile Profile { get; init; } = BoardProfile.Esp32;

    /// <summary>Its Ethernet address; null = one made from the name, the same each time.</summary>
    public PhysicalAddress? HardwareAddress { get; init; }

    /// <summary>Its IPv4 address; Any = none until somebody sets it (<see cref="LwipStack.SetAddress"/>). With
    /// <see cref="UseDhcp"/> the one that it asks the server for; Any = whichever it gives.</summary>
    public IPAddress Address { get; init; } = IPAddress.Any;

    /// <summary>Its IPv4 network mask. Default: 255.255.255.0.</summary>
    public IPAddress Netmask { get; init; } = IPAddress.Parse("255.255.255.0");

    /// <summary>Its IPv4 router. Default: Any, none.</summary>
    public IPAddress Gateway { get; init; } = IPAddress.Any;

    /// <summary>The name servers that its programs are told, the preferred one first. Default: none.</summary>
    public IReadOnlyList<IPAddress> NameServers { get; init; } = [];

    /// <summary>Whether it gets address, mask, router and name servers from a DHCP server after each power-on, and has none until then.
    /// Default: false.</summary>
    public bool UseDhcp { get; init; }

    /// <summary>Whether its firmware brings the network up (<see cref="EmulatedBoard.CreateNetwork"/>): until then it has neither link
    /// nor address. <see cref="Address"/> is then the one that it asks DHCP for. Default: false, it comes up by itself.</summary>
    public bool NetworkByFirmware { get; init; }

    /// <summary>IPv6 addresses beside the link-local one, at most five; only for a profile that has IPv6.</summary>
    public IReadOnlyList<IPAddress> Addresses6 { get; init; } = [];

    /// <summary>What stands over its network stack, made anew with each power-on: <c>stack =&gt; new TlsStack(stack, …)</c>. Default:
    /// null, nothing.</summary>
    public Func<INetworkStack, INetworkStack>? Layer { get; init; }

    /// <summary>An Ethernet address made from a name: locally administered (IEEE 802), 02-49-6F and a hash.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The address.</returns>
    public static PhysicalAddress HardwareAddressOf(string name)
    {
        // FNV-1a, because string.GetHashCode differs from run to run.
        uint hash = 2166136261;
        foreach (byte b in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ b) * 16777619;
        }

        hash ^= hash >> 24;
        return new PhysicalAddress([0x02, 0x49, 0x6F, (byte)(hash >> 16), (byte)(hash >> 8), (byte)hash]);
    }

    /// <summary>Whether the address comes from elsewhere, later.</summary>
    internal bool GetsAddress => UseDhcp || NetworkByFirmware;

    internal LwipConfiguration ToConfiguration()
    {
        return new LwipConfiguration
        {
            Name = Name,
            HardwareAddress = HardwareAddress ?? HardwareAddressOf(Name),
            Address = GetsAddress ? IPAddress.Any : Address,
            Netmask = Netmask,
            Gateway = GetsAddress ? IPAddress.Any : Gateway,
            NameServers = GetsAddress ? [] : NameServers,
            Addresses6 = Addresses6,
            Limits = Profile.Limits,
        };
    }
}
