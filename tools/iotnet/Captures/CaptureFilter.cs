using IoTNet.Emulator;

namespace IoTNet.Cli;

/// <summary>Which frames of a capture are wanted.</summary>
/// <param name="Host">A name or an address that they come from or go to; null for any.</param>
/// <param name="Port">A port of TCP or UDP that they come from or go to; null for any.</param>
/// <param name="Max">How many; null for all.</param>
internal sealed record CaptureFilter(string? Host, int? Port, int? Max)
{
    private readonly FrameAddress _address = Host is not null && FrameAddress.TryParse(Host, out var address) ? address : default;

    public bool Takes(in DecodedFrame frame, HostNames names)
    {
        return (Port is null || frame.SourcePort == Port || frame.DestinationPort == Port)
            && (Host is null || IsHost(frame.Source, names) || IsHost(frame.Destination, names)
                || IsHost(frame.HardwareSource, names) || IsHost(frame.HardwareDestination, names));
    }

    private bool IsHost(FrameAddress address, HostNames names) =>
        !address.IsNone && (_address.IsNone ? string.Equals(names.Find(address), Host, StringComparison.OrdinalIgnoreCase) : address == _address);
}
