using Microsoft.CodeAnalysis;

namespace NanoSurface.Rules;

/// <summary>Something that compiles and does not run on the device, or does not mean there what it means on the desktop.
/// </summary>
/// <param name="What">The thing, as a noun.</param>
/// <param name="Why">What the device does with it.</param>
/// <param name="Instead">What to write.</param>
/// <param name="Match">Called for every syntax node: the part of it that breaks the rule, or default. Null for a rule
/// that is not about source text.</param>
public sealed record Rule(string Id, string What, string Why, string Instead, NodeMatch? Match = null)
{
    public string Message => $"{What}: {Why}; {Instead}";
}

public delegate SyntaxNodeOrToken NodeMatch(SyntaxNode node, SemanticModel model);

/// <summary>One thing to put right.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public sealed record Finding(string Id, string Message, string Path, int Line, int Column)
{
    public static Finding At(string id, string message, Location location)
    {
        var span = location.GetMappedLineSpan();
        return new Finding(
            id, message, span.Path, span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1);
    }
}
