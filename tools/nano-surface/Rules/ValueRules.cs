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

    public static readonly IReadOnlyList<Rule> All = [Decimal, ArraySize];

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
