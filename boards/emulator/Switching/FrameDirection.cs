namespace IoTNet.Emulator;

/// <summary>On which half of its way a frame was seen.</summary>
public enum FrameDirection
{
    /// <summary>On the cable of the device that sent it, into the switch.</summary>
    FromDevice,

    /// <summary>On its way out of the switch, to a device.</summary>
    ToDevice,
}
