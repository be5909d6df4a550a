using System.Reflection;
using NanoSurface.Api;

namespace IoTNet.Boards.Tests;

/// <summary>The doubles against the facts that nano-surface has of nanoFramework's API.</summary>
[TestClass]
public class DoublesTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<string, ApiType> s_facts =
        ApiSet.BuiltIn.Assemblies.SelectMany(a => a.Types).GroupBy(t => t.FullName).ToDictionary(g => g.Key, g => g.First());

    public static IEnumerable<object[]> Types => typeof(DoublesTests).Assembly.GetTypes()
        .Where(t => (t.IsPublic || t.IsNestedPublic) && t.Namespace is { } space &&
            (space.StartsWith("System.", StringComparison.Ordinal) || space.StartsWith("nanoFramework.", StringComparison.Ordinal)))
        .Select(t => new object[] { t.FullName! });

    [TestMethod]
    [DynamicData(nameof(Types))]
    public void Doubles_OfTheApi_HaveItsMembers(string name)
    {
        Type type = typeof(DoublesTests).Assembly.GetType(name)!;
        Assert.IsTrue(s_facts.TryGetValue(name, out ApiType? facts), $"nanoFramework has no {name}");

        IEnumerable<string> known = facts.Members.Select(m =>
            m.Kind == ApiMemberKind.Field ? $"{m.Name} = {m.Value}" : Signature(m.Name, m.IsStatic, m.Type, m.Parameters.Select(p => p.Type)));
        IEnumerable<string> used = type.IsEnum
            ? Enum.GetNames(type).Select(n => $"{n} = {Convert.ToDecimal(Enum.Parse(type, n), null)}")
            : type.GetMethods(Declared).Where(m => !m.IsVirtual || m.IsFinal).Select(m => Signature(
                m.Name, m.IsStatic, m.ReturnType.FullName!, m.GetParameters().Select(p => p.ParameterType.FullName!)));

        Assert.AreEqual("", string.Join("\n", used.Except(known)), $"not in nanoFramework's {name}");
    }

    private static string Signature(string name, bool isStatic, string type, IEnumerable<string> parameters) =>
        $"{(isStatic ? "static " : "")}{type} {name}({string.Join(", ", parameters)})";
}
