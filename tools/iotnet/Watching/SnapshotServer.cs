using System.Buffers.Binary;
using System.Text.Json;
using Net = System.Net.Sockets;

namespace IoTNet.Cli;

/// <summary>Shows a run to <c>iotnet watch</c>: for each byte that comes over its socket, it answers with a snapshot, four
/// bytes of length before it. Nothing is done while nobody asks.</summary>
internal sealed class SnapshotServer : IDisposable
{
    private const int MostWatchers = 4;

    private readonly Net.Socket _listener;
    private readonly string _path;
    private readonly Func<RunSnapshot> _take;
    private int _watchers;

    private SnapshotServer(string path, Func<RunSnapshot> take)
    {
        _path = path;
        _take = take;
        _listener = new Net.Socket(Net.AddressFamily.Unix, Net.SocketType.Stream, Net.ProtocolType.Unspecified);
        try
        {
            // One of a dead process that had the same number.
            File.Delete(path);
            _listener.Bind(new Net.UnixDomainSocketEndPoint(path));
            _listener.Listen(MostWatchers);
        }
        catch
        {
            _listener.Dispose();
            throw;
        }

        _ = Accept();
    }

    /// <summary>Begins to show a run; a run that cannot be shown says why, and goes on.</summary>
    public static SnapshotServer? Start(Func<RunSnapshot> take)
    {
        try
        {
            WatchFolder.Create();
            return new SnapshotServer(WatchFolder.SocketOf(Environment.ProcessId), take);
        }
        catch (Exception e) when (e is Net.SocketException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            Console.Error.WriteLine($"'iotnet watch' cannot show this run: {e.Message} ({WatchFolder.Path})");
            return null;
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        File.Delete(_path);
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var watcher = await _listener.AcceptAsync().ConfigureAwait(false);
                if (Interlocked.Increment(ref _watchers) <= MostWatchers)
                {
                    _ = Answer(watcher);
                }
                else
                {
                    watcher.Dispose();
                    Interlocked.Decrement(ref _watchers);
                }
            }
        }
        catch (Exception e) when (e is Net.SocketException or ObjectDisposedException)
        {
            // The run has ended.
        }
    }

    private async Task Answer(Net.Socket watcher)
    {
        var request = new byte[1];
        try
        {
            using var stream = new Net.NetworkStream(watcher, ownsSocket: true);
            while (await stream.ReadAsync(request).ConfigureAwait(false) > 0)
            {
                var snapshot = JsonSerializer.SerializeToUtf8Bytes(_take());
                var message = new byte[4 + snapshot.Length];
                BinaryPrimitives.WriteInt32LittleEndian(message, snapshot.Length);
                snapshot.CopyTo(message, 4);
                await stream.WriteAsync(message).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException or ArgumentException)
        {
            // The watcher left, or the network is gone: the run has ended.
        }
        finally
        {
            Interlocked.Decrement(ref _watchers);
        }
    }
}
