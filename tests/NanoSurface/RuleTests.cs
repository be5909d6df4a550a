using Microsoft.VisualStudio.TestTools.UnitTesting;
using NanoSurface.Rules;

namespace NanoSurface.Tests;

[TestClass]
public partial class RuleTests
{
    [TestMethod]
    [DynamicData(nameof(Violations))]
    public void Check_OfAViolation_NamesRuleAndPlace(string id, string members)
    {
        using var repository = new TemporaryRepository();

        var report = repository.CheckSource(InClass(members));

        var finding = report.Findings.FirstOrDefault(f => f.Id == id);
        Assert.IsNotNull(finding, $"found: {string.Join("; ", report.Findings)}");
        Assert.AreEqual(2, finding.Line);
        Assert.EndsWith("Snippet.cs", finding.Path);
        Assert.AreEqual(RuleTable.All.Single(r => r.Id == id).Message, finding.Message);
    }

    [TestMethod]
    [DynamicData(nameof(Neighbours))]
    public void Check_OfAnAllowedNeighbour_FindsNothing(string what, string members)
    {
        using var repository = new TemporaryRepository();

        var report = repository.CheckSource(InClass(members));

        Assert.IsEmpty(report.Findings, $"{what}: {string.Join("; ", report.Findings)}");
        Assert.IsNotNull(report.Size);
    }

    [TestMethod]
    public void Violations_HaveAnExampleForEveryRuleOnSource()
    {
        CollectionAssert.IsSubsetOf(
            RuleTable.OnSource.Select(r => r.Id).ToArray(), Violations.Select(v => (string)v[0]).Distinct().ToArray());
    }

    [TestMethod]
    public void All_HaveIdsOfTheirOwn()
    {
        CollectionAssert.AllItemsAreUnique(RuleTable.All.Select(r => r.Id).ToArray());
    }

    private static string InClass(string members) => $"sealed class C {{\n{members}\n}}\n";
}
