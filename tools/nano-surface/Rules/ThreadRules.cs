using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NanoSurface.Rules;

/// <summary>What threads and exceptions of the device do otherwise.</summary>
public static class ThreadRules
{
    public static readonly Rule Volatile = new(
        "NANO010", "volatile", "does not exist on the device", "use lock, or Interlocked on an int",
        (node, _) => node is FieldDeclarationSyntax field
            ? LanguageRules.Modifier(field.Modifiers, SyntaxKind.VolatileKeyword)
            : default);

    public static readonly Rule ThreadStatic = new(
        "NANO011", "[ThreadStatic]", "statics are shared by all threads of the device",
        "keep a table by Thread.ManagedThreadId, or pass the state along",
        (node, _) => node is AttributeSyntax attribute && LastName(attribute.Name) is "ThreadStatic" or "ThreadStaticAttribute"
            ? node
            : default(SyntaxNodeOrToken));

    public static readonly Rule Abort = new(
        "NANO012", "Thread.Abort", "leaves locks held and sockets open",
        "close what the thread waits for, or let it look at a flag",
        (node, model) => node is IdentifierNameSyntax { Identifier.ValueText: "Abort" } name
            && model.GetSymbolInfo(name).Symbol?.ContainingType?.ToDisplayString() == "System.Threading.Thread"
            ? node
            : default(SyntaxNodeOrToken));

    public static readonly Rule MissingException = new(
        "NANO013", "arithmetic exception", "the device does not throw it: overflow goes unseen and a division by zero throws "
            + "a plain Exception",
        "compare before you compute",
        (node, _) => node is IdentifierNameSyntax
        {
            Identifier.ValueText: "OverflowException" or "DivideByZeroException" or "ArithmeticException",
        }
            ? node
            : default(SyntaxNodeOrToken));

    public static readonly IReadOnlyList<Rule> All = [Volatile, ThreadStatic, Abort, MissingException];

    private static string LastName(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
