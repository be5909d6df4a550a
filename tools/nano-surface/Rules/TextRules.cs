using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NanoSurface.Rules;

/// <summary>What strings of the device do otherwise.</summary>
public static partial class TextRules
{
    public static readonly Rule Alignment = new(
        "NANO020", "alignment in a format, {x,5}", "is ignored on the device", "use PadLeft or PadRight",
        (node, model) => node switch
        {
            InterpolationAlignmentClauseSyntax => node,
            LiteralExpressionSyntax literal when IsAlignedFormat(literal, model) => node,
            _ => default,
        });

    public static readonly Rule NulInString = new(
        "NANO021", "NUL in a string", "the string ends there on the device", "use byte[]",
        (node, model) => node switch
        {
            LiteralExpressionSyntax literal when literal.Token.Value is string text && text.Contains('\0') => node,
            InterpolatedStringTextSyntax text when text.TextToken.ValueText.Contains('\0') => node,
            ExpressionSyntax expression when IsNul(expression, model) && BecomesText(expression, model) => node,
            _ => default,
        });

    public static readonly Rule EnumText = new(
        "NANO022", "text of an enum", "is its number on the device", "cast to int, or name the values yourself",
        (node, model) => node is ExpressionSyntax expression && IsEnum(expression, model) && BecomesText(expression, model)
            ? node
            : default(SyntaxNodeOrToken));

    public static readonly Rule DoubleText = new(
        "NANO023", "text of a double or float without a count of decimals",
        "has wrong digits on the device: 1e15 is 10000000000000E+15, 1.5e-7 in G15 1..5E-07",
        "give the decimals, x.ToString(\"F3\"), or use Json.Write",
        (node, model) => node is ExpressionSyntax expression && IsDouble(expression, model)
            && BecomesText(expression, model) && !HasDecimals(expression)
            ? node
            : default(SyntaxNodeOrToken));

    public static readonly IReadOnlyList<Rule> All = [Alignment, NulInString, EnumText, DoubleText];

    private static bool IsDouble(ExpressionSyntax expression, SemanticModel model) =>
        model.GetTypeInfo(expression).Type?.SpecialType is SpecialType.System_Double or SpecialType.System_Single
        && model.GetSymbolInfo(expression).Symbol is not ITypeSymbol;

    // In parentheses, where the outer expression is looked at, too.
    private static bool HasDecimals(ExpressionSyntax expression) => expression.Parent switch
    {
        ParenthesizedExpressionSyntax parentheses => HasDecimals(parentheses),
        InterpolationSyntax { FormatClause.FormatStringToken.ValueText: { } format } => IsFixed(format),
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } } =>
            arguments[0].Expression is LiteralExpressionSyntax { Token.Value: string format } && IsFixed(format),
        _ => false,
    };

    private static bool IsFixed(string format) => format.Length > 0 && format[0] is 'F' or 'f' or 'N' or 'n';

    private static bool IsEnum(ExpressionSyntax expression, SemanticModel model) =>
        model.GetTypeInfo(expression).Type is { } type
        && (type.TypeKind == TypeKind.Enum || type.SpecialType == SpecialType.System_Enum)
        && model.GetSymbolInfo(expression).Symbol is not ITypeSymbol;

    private static bool IsNul(ExpressionSyntax expression, SemanticModel model) =>
        expression is LiteralExpressionSyntax or CastExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax
        && model.GetConstantValue(expression) is { HasValue: true, Value: '\0' };

    /// <summary>Whether the value is made into a string, or a part of one, where it stands.</summary>
    private static bool BecomesText(ExpressionSyntax expression, SemanticModel model) => expression.Parent switch
    {
        InterpolationSyntax => true,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => IsString(sum, model),
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } sum =>
            sum.Right == expression && IsString(sum.Left, model),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToString" } => true,
        ParenthesizedExpressionSyntax parentheses => BecomesText(parentheses, model),
        ConditionalExpressionSyntax choice => choice.Condition != expression && BecomesText(choice, model),
        ArgumentSyntax { Parent.Parent: { } call } => MakesText(model.GetSymbolInfo(call).Symbol),
        _ => false,
    };

    private static bool IsString(ExpressionSyntax expression, SemanticModel model) =>
        model.GetTypeInfo(expression).Type?.SpecialType == SpecialType.System_String;

    private static bool MakesText(ISymbol? method) => (method?.ContainingType?.ToDisplayString(), method?.Name) switch
    {
        ("string", ".ctor" or "Concat" or "Format" or "PadLeft" or "PadRight") => true,
        ("System.Text.StringBuilder", "Append" or "Insert" or "Replace") => true,
        _ => false,
    };

    private static bool IsAlignedFormat(LiteralExpressionSyntax literal, SemanticModel model) =>
        literal.IsKind(SyntaxKind.StringLiteralExpression)
        && literal.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
        && AlignedHole().IsMatch(literal.Token.ValueText)
        && model.GetSymbolInfo(call).Symbol is IMethodSymbol { Name: "Format" } method
        && method.ContainingType.SpecialType == SpecialType.System_String;

    [GeneratedRegex(@"(?<!\{)(\{\{)*\{\d+\s*,")]
    private static partial Regex AlignedHole();
}
