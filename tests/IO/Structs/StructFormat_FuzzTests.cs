namespace IoTNet.Tests.IO.Structs;

[TestClass]
public class StructFormat_FuzzTests
{
    private const int Formats = 1_000_000;
    private const string Characters = "@=<>!xcbB?hHiIlLqQnNefdspP0123456789 \t\n\v\f\r-+.zZ\0\u00e9\uffff";
    private static readonly string[] s_formats = ["!6H", "<B8sIhfdQ", "@bhilqnPd", "=3x2c?p", "> 10s 4i", "64h", ""];

    // What is packed: as many as a format asks for, of a kind that most codes take.
    private static readonly object[][] s_values = [.. Enumerable.Range(0, 9).Select(n => Enumerable.Repeat<object>(7, n).ToArray())];

    [TestMethod]
    public void StructFormat_OfAMillionMutatedFormats_ThrowsTheDocumentedExceptionOnly()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("IOTNET_SEED"), out int given) ? given : Random.Shared.Next();
        var random = new Random(seed);
        var text = new char[24];
        var buffer = new byte[64];
        int formats = 0, packed = 0;
        for (int i = 0; i < Formats; i++)
        {
            string format = Mutate(random, text);
            try
            {
                var layout = new StructFormat(format);
                formats++;

                // Else a random count would ask for gigabytes.
                if (layout.Size <= buffer.Length)
                {
                    packed += Use(layout, random, buffer);
                }
                else if (layout.Count < 0)
                {
                    Assert.Fail($"seed {seed}: '{format}' has {layout.Count} values");
                }
            }
            catch (StructException)
            {
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}, format {i}: '{format}': {e}");
            }
        }

        // Else the mutations do not reach what stands behind the parser.
        Assert.IsTrue(formats is > Formats / 10 and < Formats && packed > Formats / 50, $"seed {seed}: {formats} formats, {packed} packed");
    }

    // Gives 1 when what was packed came out again.
    private static int Use(StructFormat layout, Random random, byte[] buffer)
    {
        int offset = random.Next(-2, buffer.Length - layout.Size + 2);
        int read = layout.UnpackFrom(buffer, offset).Length;
        if (read != layout.Count || (layout.Count > 0 && layout.Size == 0 && layout.Format.IndexOfAny(['s', 'p']) < 0))
        {
            throw new InvalidOperationException($"{read} values of {layout.Count} in {layout.Size} bytes");
        }

        if (layout.Count >= s_values.Length)
        {
            return 0;
        }

        layout.PackInto(buffer, offset, s_values[layout.Count]);
        return layout.UnpackFrom(buffer, offset).Length == layout.Count ? 1 : 0;
    }

    private static string Mutate(Random random, char[] text)
    {
        string original = s_formats[random.Next(s_formats.Length)];
        original.CopyTo(text);
        int length = original.Length;
        for (int changes = random.Next(1, 5); changes > 0; changes--)
        {
            int at = random.Next(length + 1);
            char character = Characters[random.Next(Characters.Length)];
            switch (random.Next(3))
            {
                case 0 when at < length:
                    text[at] = character;
                    break;
                case 1 when at < length:
                    Array.Copy(text, at + 1, text, at, --length - at);
                    break;
                default:
                    Array.Copy(text, at, text, at + 1, length++ - at);
                    text[at] = character;
                    break;
            }
        }

        return new string(text, 0, length);
    }
}
