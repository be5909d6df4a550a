using System.Buffers.Binary;

namespace IoTNet.Emulator;

/// <summary>A DHCP server's side of the talk (RFC 2131 4.3) without clock, thread or network: who has which address, and what to
/// answer to a message.</summary>
internal sealed class DhcpPool
{
    // RFC 2131 3.1, 3: an offer is kept for the client until it can be expected to have asked for it.
    private const long OfferMs = 10_000;

    private readonly DhcpServerOptions _options;
    private readonly uint _first;
    private readonly uint _last;
    private readonly Predicate<IPAddress> _isTaken;
    private readonly Dictionary<string, Binding> _bindings = [];

    /// <param name="options">What it gives away.</param>
    /// <param name="isTaken">Whether somebody has an address without having asked here.</param>
    /// <exception cref="ArgumentException">The range is no range, a lease holds no time, or there are too many name
    /// servers.</exception>
    internal DhcpPool(DhcpServerOptions options, Predicate<IPAddress> isTaken)
    {
        _isTaken = isTaken;
        _options = options;
        _first = ToNumber(options.First);
        _last = ToNumber(options.Last);
        if (_first > _last || options.LeaseSeconds == 0 || options.NameServers.Count > 8)
        {
            throw new ArgumentException(
                $"A DHCP server gives from First to Last for at least a second, with at most 8 name servers, not {options.First} to {options.Last} " +
                $"for {options.LeaseSeconds} s with {options.NameServers.Count}.", nameof(options));
        }
    }

    /// <summary>Addresses that clients have, and until when, in ms.</summary>
    internal IEnumerable<(byte[] HardwareAddress, IPAddress Address, long UntilMs)> Leases =>
        _bindings.Where(b => b.Value.IsLeased).Select(b => (Convert.FromHexString(b.Key), ToAddress(b.Value.Address), b.Value.UntilMs));

    /// <summary>Answers a message.</summary>
    /// <returns>The answer's type and address; type 0 = none.</returns>
    internal (byte Type, IPAddress Address) Answer(DhcpRequest request, long nowMs)
    {
        string client = Convert.ToHexString(request.HardwareAddress);
        return request.Type switch
        {
            DhcpReply.Discover => Offer(client, request.Wanted, nowMs),
            DhcpReply.Request when !request.Server.Equals(IPAddress.Any) => Select(client, request, nowMs),
            DhcpReply.Request => Extend(client, request, nowMs),
            DhcpReply.Release or DhcpReply.Decline => Forget(client),
            _ => (0, IPAddress.Any),
        };
    }

    /// <summary>Ends all leases: whoever asks to keep one is refused.</summary>
    internal void EndLeases() => _bindings.Clear();

    // RFC 2131 4.3.1: the address that the client has or had, the one that it asks for, any.
    private (byte, IPAddress) Offer(string client, IPAddress wanted, long nowMs)
    {
        uint address = _bindings.TryGetValue(client, out Binding known) && known.UntilMs > nowMs ? known.Address
            : IsFree(ToNumber(wanted), client, nowMs) ? ToNumber(wanted) : FindFree(client, nowMs);
        if (address == 0)
        {
            return (0, IPAddress.Any);
        }

        if (!known.IsLeased || known.Address != address)
        {
            _bindings[client] = new Binding(address, nowMs + OfferMs, false);
        }

        return (DhcpReply.Offer, ToAddress(address));
    }

    // 4.3.2, SELECTING: another server's offer was taken, or ours.
    private (byte, IPAddress) Select(string client, DhcpRequest request, long nowMs)
    {
        if (!request.Server.Equals(_options.Address))
        {
            _ = Forget(client);
            return (0, IPAddress.Any);
        }

        return Lease(client, request.Wanted, nowMs);
    }

    // 4.3.2, INIT-REBOOT (asks for what it had), RENEWING and REBINDING (has it).
    private (byte, IPAddress) Extend(string client, DhcpRequest request, long nowMs)
    {
        bool has = !request.Current.Equals(IPAddress.Any);
        return has || _bindings.ContainsKey(client) ? Lease(client, has ? request.Current : request.Wanted, nowMs) : ((byte)0, IPAddress.Any);
    }

    private (byte, IPAddress) Lease(string client, IPAddress address, long nowMs)
    {
        if (!_bindings.TryGetValue(client, out Binding known) || known.Address != ToNumber(address) || known.UntilMs <= nowMs)
        {
            return (DhcpReply.Nak, IPAddress.Any);
        }

        long untilMs = _options.LeaseSeconds == uint.MaxValue ? long.MaxValue : nowMs + (_options.LeaseSeconds * 1000L);
        _bindings[client] = new Binding(known.Address, untilMs, true);
        return (DhcpReply.Ack, address);
    }

    private (byte, IPAddress) Forget(string client)
    {
        _ = _bindings.Remove(client);
        return (0, IPAddress.Any);
    }

    private uint FindFree(string client, long nowMs)
    {
        for (uint address = _first; address <= _last; address++)
        {
            if (IsFree(address, client, nowMs))
            {
                return address;
            }
        }

        return 0;
    }

    private bool IsFree(uint address, string client, long nowMs) =>
        address >= _first && address <= _last && address != ToNumber(_options.Address) && !_isTaken(ToAddress(address)) &&
        !_bindings.Any(b => b.Value.Address == address && b.Value.UntilMs > nowMs && b.Key != client);

    private static uint ToNumber(IPAddress address) => BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());

    private static IPAddress ToAddress(uint number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new IPAddress(bytes);
    }

    private readonly record struct Binding(uint Address, long UntilMs, bool IsLeased);
}
