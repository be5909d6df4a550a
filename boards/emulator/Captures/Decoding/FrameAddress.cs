using System.Buffers.Binary;
using System.Globalization;

namespace IoTNet.Emulator;

/// <summary>An Ethernet, IPv4 or IPv6 address as a value: nothing is allocated to read, compare or keep one.</summary>
public readonly struct FrameAddress : IEquatable<FrameAddress>, IComparable<FrameAddress>
{
    private readonly UInt128 _value;
    private readonly byte _bytes;

    private FrameAddress(UInt128 value, int bytes)
    {
        _value = value;
        _bytes = (byte)bytes;
    }

    /// <summary>Whether there is no address here.</summary>
    public bool IsNone => _bytes == 0;

    /// <summary>Whether it is an Ethernet address.</summary>
    public bool IsEthernet => _bytes == 6;

    /// <summary>Whether it is an IPv4 address.</summary>
    public bool IsIPv4 => _bytes == 4;

    /// <summary>Whether it is an IPv6 address.</summary>
    public bool IsIPv6 => _bytes == 16;

    /// <summary>Whether it is 0.0.0.0 or ::.</summary>
    public bool IsAny => !IsEthernet && _value == 0;

    /// <summary>Whether it means many stations: broadcast (all ones) or multicast. The broadcast address of a subnet cannot
    /// be told from a station's.</summary>
    public bool IsGroup => _bytes switch
    {
        4 => _value >= 0xE0000000 && (_value < 0xF0000000 || _value == uint.MaxValue),
        6 => ((_value >> 40) & 1) != 0,
        16 => (_value >> 120) == 0xFF,
        _ => false,
    };

    /// <summary>Whether it is an IPv6 address that is valid on its own link only (fe80::/10).</summary>
    public bool IsLinkLocal => IsIPv6 && (_value >> 118) == 0x3FA;

    /// <summary>Compares two addresses.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they are the same.</returns>
    public static bool operator ==(FrameAddress left, FrameAddress right) => left.Equals(right);

    /// <summary>Compares two addresses.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(FrameAddress left, FrameAddress right) => !left.Equals(right);

    /// <summary>Reads an address.</summary>
    /// <param name="bytes">6 bytes of Ethernet, 4 of IPv4 or 16 of IPv6, in network order.</param>
    /// <returns>The address; none for any other length.</returns>
    public static FrameAddress From(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        4 => new(BinaryPrimitives.ReadUInt32BigEndian(bytes), 4),
        6 => new(((ulong)BinaryPrimitives.ReadUInt16BigEndian(bytes) << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]), 6),
        16 => new(BinaryPrimitives.ReadUInt128BigEndian(bytes), 16),
        _ => default,
    };

    /// <summary>Reads an address as a person writes it.</summary>
    /// <param name="text">Such as 10.0.2.15, fe80::1 or 02:49:6f:01:02:03.</param>
    /// <param name="address">The address.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string text, out FrameAddress address)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IPAddress.TryParse(text, out IPAddress? ip))
        {
            address = From(ip.GetAddressBytes());
            return true;
        }

        // The parser of the framework takes other spellings too, and its own is without colons.
        bool ethernet = text.Length == 17 && System.Net.NetworkInformation.PhysicalAddress.TryParse(text.Replace(':', '-').ToUpperInvariant(), out _);
        address = ethernet ? From(Convert.FromHexString(text.Replace(":", "").Replace("-", ""))) : default;
        return ethernet;
    }

    /// <summary>The address as the IP address that the core knows.</summary>
    /// <returns>The address; null when it is none of IP.</returns>
    public IPAddress? ToIPAddress()
    {
        return IsIPv4 || IsIPv6 ? new IPAddress(ToArray()) : null;
    }

    /// <inheritdoc/>
    public bool Equals(FrameAddress other) => _value == other._value && _bytes == other._bytes;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FrameAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_value, _bytes);

    /// <summary>Orders addresses: by their kind, then by their bytes.</summary>
    /// <param name="other">The other address.</param>
    /// <returns>Below 0, 0 or above 0.</returns>
    public int CompareTo(FrameAddress other)
    {
        int kinds = _bytes.CompareTo(other._bytes);
        return kinds != 0 ? kinds : _value.CompareTo(other._value);
    }

    /// <summary>The address as a person writes it.</summary>
    /// <returns>Such as 10.0.2.15, fe80::1 or 02:49:6f:01:02:03; a hyphen for none.</returns>
    public override string ToString()
    {
        return _bytes switch
        {
            0 => "-",
            6 => string.Join(":", Array.ConvertAll(ToArray(), b => b.ToString("x2", CultureInfo.InvariantCulture))),
            _ => ToIPAddress()!.ToString(),
        };
    }

    private byte[] ToArray()
    {
        byte[] all = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(all, _value);
        return all[^_bytes..];
    }
}
