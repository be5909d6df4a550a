namespace IoTNet.Emulator.Tests;

/// <summary>A device with one address that keeps what it gets.</summary>
internal sealed class Device : IFrameSink
{
    private readonly byte[] _address;

    public Device(VirtualSwitch network, byte id)
    {
        _address = [2, 0, 0, 0, 0, id];
        Port = network.Connect("d" + id);
        Port.Open(this);
    }

    public SwitchPort Port { get; }

    public List<byte[]> Received { get; } = [];

    public void Deliver(ReadOnlySpan<byte> frame) => Received.Add(frame.ToArray());

    public void SendTo(Device to, params byte[] payload) => Port.Send(Frame(to._address, payload));

    public void Broadcast(params byte[] payload) => Port.Send(Frame([255, 255, 255, 255, 255, 255], payload));

    public byte[] Frame(byte[] destination, byte[] payload) => [.. destination, .. _address, 0x88, 0xB5, .. payload];
}
