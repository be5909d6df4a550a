using IoTNet.Emulator;

namespace IoTNet.Cli;

/// <summary>What is kept of a run's frames: a capture file, a trace on standard error.</summary>
internal sealed class Recording : IDisposable
{
    private readonly string? _path;
    private readonly PcapWriter? _file;

    /// <summary>Begins to record; before the boards get power, so that nothing is missing.</summary>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public Recording(VirtualSwitch network, string? path, bool trace)
    {
        _path = path;
        if (path is not null)
        {
            try
            {
                _file = new PcapWriter(path);
            }
            catch (Exception e) when (e is UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                throw new IOException($"cannot write the capture {path}: {e.Message}", e);
            }

            network.Attach(_file);
        }

        if (trace)
        {
            // Past the boards' names: a line is about two of them, and comes on the sender's thread.
            network.Attach(new Tracer(BoardLines.Error.Target));
        }
    }

    public void Dispose()
    {
        if (_file is null)
        {
            return;
        }

        try
        {
            _file.Dispose();
            Console.Error.WriteLine($"{_file.Frames} frames are in {_path}");
        }
        catch (IOException e)
        {
            Console.Error.WriteLine($"iotnet: the capture {_path} is not whole: {e.Message}");
        }
    }
}
