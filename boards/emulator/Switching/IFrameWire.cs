namespace IoTNet.Emulator;

/// <summary>One end of a cable as the device sees it: where its frames go, and how it gets the others'. Giving it back
/// (Dispose) unplugs the device; when that returns, no frame is being delivered to it, and none will be.</summary>
public interface IFrameWire : IDisposable
{
    /// <summary>Sends one frame into the network. Never blocks; a frame that cannot be taken is dropped and counted.</summary>
    /// <param name="frame">The frame; the bytes are the caller's again when the call returns.</param>
    void Send(ReadOnlySpan<byte> frame);

    /// <summary>Begins to deliver the network's frames to the device.</summary>
    /// <param name="device">Takes the frames.</param>
    void Open(IFrameSink device);
}
