using System.Text;
using IoTNet.Tests.SocketIO.Interop;
using IoTNet.Tests.SocketIO.Wire;

namespace IoTNet.Tests.SocketIO.Fuzz;

/// <summary>Mutated packets to our parser and to npm's.</summary>
[TestClass]
public class NpmParserTests
{
    [TestMethod]
    public void Packets_ThatOurParserTakes_NpmsTakesAlike()
    {
        Random random = new(5);
        Decoding decoding = new();
        byte[] buffer = new byte[4096];
        List<string> lines = [];
        List<string> ours = [];
        UTF8Encoding strict = new(false, true);
        while (lines.Count < 30_000)
        {
            int length = FuzzTests.Mutate(random, buffer);
            if (length == 0 || !(buffer[0] is (byte)'2' or (byte)'3' or (byte)'5' or (byte)'6') || !IsUtf8(strict, buffer, length))
            {
                // What is no UTF-8 does not pass a WebSocket; the others' payloads are looked at elsewhere.
                continue;
            }

            lines.Add(Convert.ToBase64String(buffer, 0, length));
            decoding.Packets.Clear();
            string violation = decoding.Text(buffer, 0, length);
            for (int i = 0; violation == null && decoding.Packets.Count == 0 && i < 10; i++)
            {
                violation = decoding.Binary((byte)i);
            }

            ours.Add(violation != null ? "-" : decoding.Summary);
            decoding.Clear();
        }

        string folder = Directory.CreateTempSubdirectory("iotnet-sio").FullName;
        try
        {
            File.WriteAllLines(Path.Combine(folder, "packets"), lines);
            using World world = new();
            using NodePeer node = new("../Fuzz/parser_peer.cjs", Path.Combine(folder, "packets"), Path.Combine(folder, "told"));
            node.Finish(world);
            string[] theirs = File.ReadAllLines(Path.Combine(folder, "told"));
            Assert.HasCount(lines.Count, theirs);
            int both = 0;
            int onlyTheirs = 0;
            for (int i = 0; i < theirs.Length; i++)
            {
                if (ours[i] != "-")
                {
                    Assert.AreEqual(theirs[i], ours[i], Encoding.UTF8.GetString(Convert.FromBase64String(lines[i])));
                    both++;
                }
                else if (theirs[i] != "-")
                {
                    // An acknowledgement without an id, white space in an id, half of a surrogate pair, a limit.
                    onlyTheirs++;
                }
            }

            Assert.IsGreaterThan(lines.Count / 10, both);
            Assert.IsLessThan(both / 20, onlyTheirs, "packets that only npm's parser takes");
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static bool IsUtf8(UTF8Encoding strict, byte[] buffer, int length)
    {
        try
        {
            strict.GetCharCount(buffer, 0, length);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
