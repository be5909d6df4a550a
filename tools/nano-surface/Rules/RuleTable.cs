namespace NanoSurface.Rules;

/// <summary>All rules, by id.</summary>
public static class RuleTable
{
    public static IReadOnlyList<Rule> All { get; } =
        [.. LanguageRules.All, .. ThreadRules.All, .. TextRules.All, .. ValueRules.All, .. ProjectRules.All];

    public static IReadOnlyList<Rule> OnSource { get; } = All.Where(r => r.Match is not null).ToArray();
}
