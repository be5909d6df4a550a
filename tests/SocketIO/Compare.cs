using System.Collections;

namespace IoTNet.Tests.SocketIO;

/// <summary>Compares trees.</summary>
internal static class Compare
{
    public static void AreSame(object? expected, object? actual) => Assert.AreEqual(Text(expected), Text(actual));

    public static string Text(object? value) => value switch
    {
        null => "null",
        byte[] bytes => "<" + Convert.ToHexString(bytes) + ">",
        string text => "\"" + text + "\"",
        Hashtable members => "{" + string.Join(",", members.Keys.Cast<string>().Order(StringComparer.Ordinal).Select(k => k + ":" + Text(members[k]))) + "}",
        IEnumerable elements => "[" + string.Join(",", elements.Cast<object?>().Select(Text)) + "]",
        _ => value.GetType().Name + " " + value,
    };
}
