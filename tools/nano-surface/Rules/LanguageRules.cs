using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NanoSurface.Rules;

/// <summary>Parts of C# that the device's runtime or its metadata processor lacks.</summary>
public static class LanguageRules
{
    public static readonly Rule Generics = new(
        "NANO001", "generic type or method", "crashes or hangs on the device",
        "use object, an array, ArrayList, Hashtable or a type of your own; a delegate of your own for Func and Action<T>",
        IsGeneric);

    public static readonly Rule MultiDimensionalArray = new(
        "NANO002", "multi-dimensional array", "fails on the device",
        "use one array and compute the index, or an array of arrays",
        (node, _) => node switch
        {
            ArrayRankSpecifierSyntax { Rank: > 1 } => node,
            ImplicitArrayCreationExpressionSyntax { Commas.Count: > 0 } => node,
            _ => default,
        });

    public static readonly Rule StackAlloc = new(
        "NANO003", "stackalloc", "crashes the device", "use a buffer that is given at construction",
        (node, _) => node is StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax
            ? node
            : default(SyntaxNodeOrToken));

    public static readonly Rule InterfaceBody = new(
        "NANO004", "interface member other than a plain method, property, indexer or event", "fails on the device",
        "put it into a static class or an abstract class",
        IsInterfaceBody);

    public static readonly Rule Pointer = new(
        "NANO005", "unsafe code", "the metadata processor refuses pointers and 'fixed'",
        "use byte[] with offset and count",
        IsUnsafe);

    public static readonly Rule Checked = new(
        "NANO006", "checked arithmetic", "does not throw on the device", "compare before you compute",
        (node, _) => node.Kind() switch
        {
            SyntaxKind.CheckedExpression => ((CheckedExpressionSyntax)node).Keyword,
            SyntaxKind.CheckedStatement => ((CheckedStatementSyntax)node).Keyword,
            _ => default,
        });

    public static readonly Rule Yield = new(
        "NANO007", "yield", "iterators do not exist on the device", "fill an array, or implement IEnumerator",
        (node, _) => node is YieldStatementSyntax yield ? yield.YieldKeyword : default);

    public static readonly Rule Async = new(
        "NANO008", "async", "tasks do not exist on the device", "use a thread, or a state that a loop drives",
        (node, _) => node switch
        {
            MemberDeclarationSyntax member => Modifier(member.Modifiers, SyntaxKind.AsyncKeyword),
            LocalFunctionStatementSyntax function => Modifier(function.Modifiers, SyntaxKind.AsyncKeyword),
            AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword,
            _ => default,
        });

    public static readonly Rule Finalizer = new(
        "NANO009", "finalizer", "runs late or never on a small heap", "implement IDisposable",
        (node, _) => node is DestructorDeclarationSyntax finalizer ? finalizer.Identifier : default);

    public static readonly IReadOnlyList<Rule> All =
        [Generics, MultiDimensionalArray, StackAlloc, InterfaceBody, Pointer, Checked, Yield, Async, Finalizer];

    internal static SyntaxToken Modifier(SyntaxTokenList modifiers, SyntaxKind kind) =>
        modifiers.FirstOrDefault(m => m.IsKind(kind));

    private static SyntaxNodeOrToken IsGeneric(SyntaxNode node, SemanticModel model) => node switch
    {
        GenericNameSyntax or TypeParameterListSyntax => node,
        AnonymousObjectCreationExpressionSyntax => node,
        IdentifierNameSyntax when model.GetSymbolInfo(node).Symbol is IMethodSymbol { IsGenericMethod: true } => node,
        _ => default,
    };

    private static SyntaxNodeOrToken IsInterfaceBody(SyntaxNode node, SemanticModel model)
    {
        if (node is not MemberDeclarationSyntax { Parent: InterfaceDeclarationSyntax } member)
        {
            return default;
        }
        var isPlain = member switch
        {
            MethodDeclarationSyntax method => method is { Body: null, ExpressionBody: null },
            PropertyDeclarationSyntax property => property.ExpressionBody is null && HasNoBody(property.AccessorList),
            IndexerDeclarationSyntax indexer => indexer.ExpressionBody is null && HasNoBody(indexer.AccessorList),
            EventDeclarationSyntax => false,
            EventFieldDeclarationSyntax => true,
            _ => false,
        };
        var isPublic = member.Modifiers.All(m => m.IsKind(SyntaxKind.PublicKeyword) || m.IsKind(SyntaxKind.NewKeyword)
            || m.IsKind(SyntaxKind.AbstractKeyword));
        return isPlain && isPublic ? default(SyntaxNodeOrToken) : member;
    }

    private static bool HasNoBody(AccessorListSyntax? accessors) =>
        accessors is null || accessors.Accessors.All(a => a is { Body: null, ExpressionBody: null });

    private static SyntaxNodeOrToken IsUnsafe(SyntaxNode node, SemanticModel model) => node switch
    {
        UnsafeStatementSyntax unsafeStatement => unsafeStatement.UnsafeKeyword,
        FixedStatementSyntax fixedStatement => fixedStatement.FixedKeyword,
        PointerTypeSyntax or FunctionPointerTypeSyntax => node,
        FieldDeclarationSyntax field when Modifier(field.Modifiers, SyntaxKind.FixedKeyword) is { RawKind: > 0 } word => word,
        MemberDeclarationSyntax member => Modifier(member.Modifiers, SyntaxKind.UnsafeKeyword),
        LocalFunctionStatementSyntax function => Modifier(function.Modifiers, SyntaxKind.UnsafeKeyword),
        _ => default,
    };
}
