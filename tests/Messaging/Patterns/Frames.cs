using System.Text;

namespace IoTNet.Tests.Messaging;

/// <summary>Messages of texts.</summary>
internal static class Frames
{
    public static byte[][] Of(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    public static void AreEqual(byte[][] frames, params string[] expected) =>
        CollectionAssert.AreEqual(expected, frames.Select(Encoding.UTF8.GetString).ToArray(),
            "got " + string.Join(", ", frames.Select(f => "\"" + Encoding.UTF8.GetString(f) + "\"")));

    /// <summary>Sends single bytes until there is no room.</summary>
    /// <returns>How many went.</returns>
    public static int Fill(MessageSocket socket, int max = 100_000)
    {
        int count = 0;
        while (count < max && socket.TrySend([(byte)count], 0, 1, false, 0) == 0)
        {
            count++;
        }

        return count;
    }

    /// <summary>Receives until nothing is there.</summary>
    /// <returns>The first byte of each frame.</returns>
    public static byte[] Drain(MessageSocket socket)
    {
        List<byte> bytes = [];
        byte[] buffer = new byte[100];
        while (socket.TryReceive(buffer, 0, buffer.Length, out _, 0) > 0)
        {
            bytes.Add(buffer[0]);
        }

        return [.. bytes];
    }

    /// <summary>Tries until it is so.</summary>
    public static void Await(Func<bool> isSo, string what)
    {
        long endMs = Environment.TickCount64 + World.PatienceMs;
        while (!isSo())
        {
            Assert.IsLessThan(endMs, Environment.TickCount64, what);
            Thread.Sleep(1);
        }
    }
}
