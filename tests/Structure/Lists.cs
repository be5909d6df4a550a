using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace IoTNet.Structure.Tests;

internal static class Lists
{
    public const string Remedy = "run 'dotnet run --project tools/nano-surface -- sync'";

    /// <summary>Names what is missing and what is too much, rather than both lists.</summary>
    public static void AssertSame(IEnumerable<string> expected, IEnumerable<string> actual)
    {
        var differences = expected.Except(actual).Select(line => "missing: " + line)
            .Concat(actual.Except(expected).Select(line => "too much: " + line));

        Assert.AreEqual("", string.Join("\n", differences), Remedy);
        Assert.AreEqual(expected.Count(), actual.Count(), "something is listed twice");
    }
}
