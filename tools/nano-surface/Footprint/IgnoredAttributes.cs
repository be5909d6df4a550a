using Mono.Cecil;

namespace NanoSurface.Footprint;

/// <summary>Which attributes are left out of a .pe file, with the references that only they need.</summary>
internal static class IgnoredAttributes
{
    private static readonly HashSet<string> s_names = new(
    [
        "System.AttributeUsageAttribute",
        "System.CLSCompliantAttribute",
        "System.ComponentModel.EditorBrowsableAttribute",
        "System.Diagnostics.ConditionalAttribute",
        "System.Diagnostics.DebuggableAttribute",
        "System.Diagnostics.DebuggerBrowsableAttribute",
        "System.Diagnostics.DebuggerDisplayAttribute",
        "System.Diagnostics.DebuggerHiddenAttribute",
        "System.Diagnostics.DebuggerNonUserCodeAttribute",
        "System.Diagnostics.DebuggerStepThroughAttribute",
        "System.FlagsAttribute",
        "System.MTAThreadAttribute",
        "System.NonSerializedAttribute",
        "System.ObsoleteAttribute",
        "System.ParamArrayAttribute",
        "System.Reflection.AssemblyFileVersionAttribute",
        "System.Reflection.DefaultMemberAttribute",
        "System.Reflection.FieldNoReflectionAttribute",
        "System.Runtime.CompilerServices.AccessedThroughPropertyAttribute",
        "System.Runtime.CompilerServices.ExtensionAttribute",
        "System.Runtime.CompilerServices.IndexerNameAttribute",
        "System.Runtime.CompilerServices.InternalsVisibleToAttribute",
        "System.Runtime.CompilerServices.MethodImplAttribute",
        "System.Runtime.CompilerServices.NullableAttribute",
        "System.Runtime.CompilerServices.NullableContextAttribute",
        "System.Runtime.CompilerServices.RefSafetyRulesAttribute",
        "System.Runtime.InteropServices.ComVisibleAttribute",
        "System.Runtime.InteropServices.GuidAttribute",
        "System.Runtime.InteropServices.OutAttribute",
        "System.Runtime.InteropServices.StructLayoutAttribute",
        "System.STAThreadAttribute",
        "System.SerializableAttribute",
    ], StringComparer.Ordinal);

    /// <summary>The attributes of a type, a field or a method that are written. Those of assemblies, parameters and
    /// properties never are.</summary>
    public static IEnumerable<CustomAttribute> WrittenOf(ICustomAttributeProvider member) => member.CustomAttributes
        .Where(a => !s_names.Contains(a.AttributeType.FullName)
            && !a.AttributeType.Namespace.StartsWith("System.Diagnostics.CodeAnalysis", StringComparison.Ordinal));
}
