using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NanoSurface.Rules;

/// <summary>Values that the device cannot hold.</summary>
public static class ValueRules
{
    /// <summary>The device's largest object; measured as the largest byte[].</summary>
    private const int LargestArrayBytes = 780_000;

    /// <summary>What a reference or a struct takes in an array: 65,000 of them fill the largest object.</summary>
    private const int HeapBlockBytes = 12;

    public static readonly Rule Decimal = new(
        "NANO030", "decimal", "does not exist on the device", "count in the smallest unit, in a long",
        (node, _) => node switch
        {
            PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.DecimalKeyword } => node,
            LiteralExpressionSyntax { Token.Value: decimal } => node,
            _ => default,
        });

    public static readonly Rule ArraySize = new(
        "NANO031", "array beyond the largest object",
        "cannot be allocated on the device: about 780,000 bytes, or 65,000 references",
        "work in smaller pieces",
        (node, model) => node is ArrayCreationExpressionSyntax creation && IsTooLarge(creation, model)
            ? node
            : default(SyntaxNodeOrToken));

    public static readonly Rule SignChange = new(
        "NANO032", "uint cast to int", "does nothing on the device: what divides, shifts or widens the result takes it for a uint",
        "write (int)(long)x",
        (node, model) => node is CastExpressionSyntax cast && IsSignChange(cast, model) ? node : default(SyntaxNodeOrToken));

    public static readonly Rule UnsetText = new(
        "NANO033", "element of a string[] compared with null",
        "one that was never set is not null on the device, and comparing it with a text crashes",
        "use object[] where elements may be left out",
        (node, model) => node is ElementAccessExpressionSyntax element && IsTextElement(element, model) && MayBeNull(element)
            ? node
            : default(SyntaxNodeOrToken));

    public static readonly IReadOnlyList<Rule> All = [Decimal, ArraySize, SignChange, UnsetText];

    // An index is never negative, so it may be either.
    private static bool IsSignChange(CastExpressionSyntax cast, SemanticModel model) =>
        model.GetTypeInfo(cast).Type?.SpecialType == SpecialType.System_Int32
        && model.GetTypeInfo(cast.Expression).Type is { } type
        && (type is INamedTypeSymbol { EnumUnderlyingType: { } underlying } ? underlying : type).SpecialType
            == SpecialType.System_UInt32
        && !model.GetConstantValue(cast).HasValue
        && cast.Parent is not ArgumentSyntax { Parent: BracketedArgumentListSyntax };

    private static bool IsTextElement(ElementAccessExpressionSyntax element, SemanticModel model) =>
        model.GetTypeInfo(element.Expression).Type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_String };

    private static bool MayBeNull(ElementAccessExpressionSyntax element) => element.Parent switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } comparison =>
            comparison.Left.IsKind(SyntaxKind.NullLiteralExpression) || comparison.Right.IsKind(SyntaxKind.NullLiteralExpression),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice => choice.Left == element,
        IsPatternExpressionSyntax or ConditionalAccessExpressionSyntax => true,
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } => true,
        _ => false,
    };

    private static bool IsTooLarge(ArrayCreationExpressionSyntax creation, SemanticModel model)
    {
        var length = creation.Type.RankSpecifiers[0].Sizes[0];
        if (model.GetConstantValue(length) is not { HasValue: true, Value: { } value }
            || model.GetTypeInfo(creation).Type is not IArrayTypeSymbol array)
        {
            return false;
        }
        return Convert.ToDouble(value) * ElementBytes(array.ElementType) > LargestArrayBytes;
    }

    private static int ElementBytes(ITypeSymbol element)
    {
        var type = element is INamedTypeSymbol { EnumUnderlyingType: { } underlying } ? underlying : element;
        return type.SpecialType switch
        {
            SpecialType.System_Boolean or SpecialType.System_Byte or SpecialType.System_SByte => 1,
            SpecialType.System_Char or SpecialType.System_Int16 or SpecialType.System_UInt16 => 2,
            SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Single => 4,
            SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double => 8,
            _ => HeapBlockBytes,
        };
    }
}
