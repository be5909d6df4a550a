using System.Buffers.Binary;
using System.Text.Json;
using Net = System.Net.Sockets;

namespace IoTNet.Cli;

/// <summary>Asks a run how it is.</summary>
internal sealed class SnapshotClient : IDisposable
{
    // A run that does not answer for so long is taken for ended.
    private const int PatienceMs = 5000;

    private readonly Net.NetworkStream _stream;

    private SnapshotClient(Net.Socket socket)
    {
        _stream = new Net.NetworkStream(socket, ownsSocket: true) { ReadTimeout = PatienceMs, WriteTimeout = PatienceMs };
    }

    /// <summary>Connects to a run; null when its process is dead, whose socket is removed then.</summary>
    public static SnapshotClient? Connect(int processId)
    {
        var path = WatchFolder.SocketOf(processId);
        var socket = new Net.Socket(Net.AddressFamily.Unix, Net.SocketType.Stream, Net.ProtocolType.Unspecified);
        try
        {
            socket.Connect(new Net.UnixDomainSocketEndPoint(path));
            return new SnapshotClient(socket);
        }
        catch (Net.SocketException e)
        {
            socket.Dispose();
            if (e.SocketErrorCode == Net.SocketError.ConnectionRefused)
            {
                File.Delete(path);
            }

            return null;
        }
    }

    /// <summary>Asks; null when the run has ended.</summary>
    public RunSnapshot? Ask()
    {
        try
        {
            _stream.WriteByte(0);
            var header = new byte[4];
            _stream.ReadExactly(header);
            var length = BinaryPrimitives.ReadInt32LittleEndian(header);
            if (length is < 0 or > RunSnapshot.MostBytes)
            {
                return null;
            }

            var message = new byte[length];
            _stream.ReadExactly(message);
            return JsonSerializer.Deserialize<RunSnapshot>(message);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    public void Dispose() => _stream.Dispose();
}
