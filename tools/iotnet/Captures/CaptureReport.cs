using System.Text;
using IoTNet.Emulator;

namespace IoTNet.Cli;

/// <summary>Reads a capture and shows it. A file that is damaged is shown as far as it is good, and ends with 1.</summary>
internal sealed class CaptureReport(string path, CaptureFilter filter)
{
    private readonly HostNames _names = new();
    private long _frames;
    private long _taken;
    private string? _problem;

    private delegate void Visit(in CapturedFrame frame, in DecodedFrame decoded);

    /// <param name="svg">Where the picture goes; null for lines on standard output.</param>
    public int Run(string? svg)
    {
        try
        {
            // First the names: a board is called by its own from the first line on, and --host knows it.
            Read((in CapturedFrame frame, in DecodedFrame decoded) => _names.Learn(frame.Observation, decoded));
            if (svg is null)
            {
                Print();
            }
            else
            {
                Draw(svg);
            }
        }
        catch (Exception e) when (e is PcapFormatException or IOException or UnauthorizedAccessException)
        {
            // A message of the system names the file already.
            Console.Error.WriteLine("iotnet: " + (e is PcapFormatException ? $"{path}: {e.Message}" : e.Message));
            return ExitCode.Failed;
        }

        if (_taken == 0 && _problem is null)
        {
            Console.Error.WriteLine($"iotnet: {path}: none of its {_frames} frames is wanted");
        }

        return _problem is not null ? ExitCode.Failed : ExitCode.Ok;
    }

    private void Print()
    {
        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 64 * 1024);
        var tracer = new Tracer(output, _names);
        Show(tracer);
        tracer.Flush();
    }

    private void Draw(string svg)
    {
        var diagram = new SequenceDiagram(_names) { Title = Path.GetFileName(path) };
        Show(diagram);
        using var output = new StreamWriter(svg, append: false, new UTF8Encoding(false));
        diagram.WriteTo(output);
    }

    private void Show(IFrameObserver observer)
    {
        Read((in CapturedFrame frame, in DecodedFrame decoded) =>
        {
            _frames++;
            if ((filter.Max is null || _taken < filter.Max) && filter.Takes(decoded, _names))
            {
                _taken++;
                observer.Observe(frame.Observation, frame.Data.Span);
            }
        });
        if (_problem is not null)
        {
            Console.Error.WriteLine($"iotnet: {path}: {_problem}; shown are the {_frames} frames before");
        }
    }

    private void Read(Visit visit)
    {
        using var reader = new PcapReader(path);
        var read = 0;
        try
        {
            while (reader.TryRead(out var frame))
            {
                if (frame.LinkType != CapturedFrame.Ethernet)
                {
                    throw new IOException($"{path}: expected a capture of Ethernet (link type 1), found link type {frame.LinkType} in frame {read + 1}");
                }

                visit(frame, FrameDecoder.Decode(frame.Data.Span));
                read++;
            }
        }
        catch (PcapFormatException e) when (read > 0)
        {
            _problem = e.Message;
        }
    }
}
