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
        List<string> why = [];
        UTF8Encoding strict = new(false, true);
        while (lines.Count < 20_000)
        {
            int length = FuzzTests.Mutate(random, buffer);
            int payload = Array.IndexOf(buffer, (byte)'[', 0, length);
            if (length == 0 || !(buffer[0] is (byte)'2' or (byte)'3' or (byte)'5' or (byte)'6') || !IsUtf8(strict, buffer, length) ||
                (payload > 0 && (buffer[payload - 1] <= ' ' || buffer[payload - 1] > '~')))
            {
                // What is no UTF-8 does not pass a WebSocket; the others' payloads are looked at elsewhere; and white space
                // before the payload is the id 0 to npm's parser, as Number(" ") is 0.
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
            why.Add(violation ?? "attachments are missing");
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
            List<string> onlyTheirs = [];
            for (int i = 0; i < theirs.Length; i++)
            {
                if (ours[i] != "-")
                {
                    Assert.AreEqual(theirs[i], ours[i], Encoding.UTF8.GetString(Convert.FromBase64String(lines[i])));
                    both++;
                }
                else if (theirs[i] != "-")
                {
                    onlyTheirs.Add(why[i] + "   " + Encoding.UTF8.GetString(Convert.FromBase64String(lines[i])));
                }
            }

            Assert.IsGreaterThan(lines.Count / 10, both);
            Assert.AreEqual("", string.Join("\n", onlyTheirs.Where(t => !IsStricter(t)).Take(20)), "packets that only npm's parser takes");
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    // What is wrong for us and not for npm's parser.
    private static bool IsStricter(string told) =>
        told.StartsWith("an acknowledgement without an id", StringComparison.Ordinal) ||
        told.StartsWith("an id of more than", StringComparison.Ordinal) ||
        told.Contains(" Expected a value at byte 0, found the end.", StringComparison.Ordinal) ||
        told.Contains(" Expected a value at byte 1, found the end.", StringComparison.Ordinal) ||
        told.Contains("\\ud", StringComparison.OrdinalIgnoreCase);

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
