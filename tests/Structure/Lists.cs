using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace IoTNet.Structure.Tests;

internal static class Lists
{
    /// <summary>Names what is missing and what is too much, rather than both lists.</summary>
    /// <param name="remedy">The command of nano-surface that puts it right.</param>
    public static void AssertSame(IEnumerable<string> expected, IEnumerable<string> actual, string remedy)
    {
        var differences = expected.Except(actual).Select(line => "missing: " + line)
            .Concat(actual.Except(expected).Select(line => "too much: " + line));

        Assert.AreEqual(
            "", string.Join("\n", differences), $"run 'dotnet run --project tools/nano-surface -- {remedy}'");
        Assert.AreEqual(expected.Count(), actual.Count(), "something is listed twice");
    }
}
