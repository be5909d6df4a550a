namespace IoTNet.Tests.Messaging.Fuzz;

/// <summary>Gives bytes to a parser in the middle of others, twice with other ones: what it reads beyond its range makes the
/// answers differ, what it writes there is seen.</summary>
internal static class Poisoned
{
    public const int Margin = 24;

    public static T Parse<T>(byte[] input, Func<byte[], int, T> parse)
    {
        T answer = Once(input, 0, parse);
        T again = Once(input, 0xFF, parse);
        Assert.AreEqual(answer, again, "the answer hangs on what is beside the bytes");
        return answer;
    }

    private static T Once<T>(byte[] input, byte beside, Func<byte[], int, T> parse)
    {
        byte[] buffer = new byte[input.Length + (2 * Margin)];
        Array.Fill(buffer, beside);
        input.CopyTo(buffer, Margin);
        T answer = parse(buffer, Margin);
        Assert.IsTrue(buffer.AsSpan(Margin, input.Length).SequenceEqual(input), "the bytes were changed");
        Assert.AreEqual(-1, buffer.AsSpan(0, Margin).IndexOfAnyExcept(beside), "written in front");
        Assert.AreEqual(-1, buffer.AsSpan(Margin + input.Length).IndexOfAnyExcept(beside), "written behind");
        return answer;
    }
}
