using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace NanoSurface.Rules;

/// <summary>Looks at what the compiler made of the source. The rules on source give the better position; these catch what
/// has no syntax of its own, such as a generic type that only the compiler writes.</summary>
public static class IlRules
{
    /// <summary>Findings whose rule is not among <paramref name="reported"/>.</summary>
    /// <param name="path">Where a finding without a sequence point is shown.</param>
    public static IEnumerable<Finding> Check(ModuleDefinition module, string path, IReadOnlySet<string> reported) =>
        module.GetAllTypes().SelectMany(t => CheckType(t, path))
            .Where(f => !reported.Contains(f.Id)).Distinct();

    private static IEnumerable<Finding> CheckType(TypeDefinition type, string path)
    {
        if (type.HasGenericParameters)
        {
            yield return At(LanguageRules.Generics, type, path);
        }
        foreach (var field in type.Fields)
        {
            foreach (var rule in RulesBrokenBy(field.FieldType))
            {
                yield return At(rule, field, path);
            }
        }
        foreach (var method in type.Methods)
        {
            foreach (var finding in CheckMethod(method, path))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<Finding> CheckMethod(MethodDefinition method, string path)
    {
        var types = method.Parameters.Select(p => p.ParameterType).Append(method.ReturnType);
        foreach (var rule in types.SelectMany(RulesBrokenBy).Distinct())
        {
            yield return At(rule, method, path);
        }
        if (method.HasGenericParameters)
        {
            yield return At(LanguageRules.Generics, method, path);
        }
        if (method is { Name: "Finalize", IsVirtual: true, HasParameters: false })
        {
            yield return At(LanguageRules.Finalizer, method, path);
        }
        if (!method.HasBody)
        {
            yield break;
        }
        if (method.DeclaringType.IsInterface)
        {
            yield return At(LanguageRules.InterfaceBody, method, path);
        }
        foreach (var rule in method.Body.Variables.SelectMany(v => RulesBrokenBy(v.VariableType)).Distinct())
        {
            yield return At(rule, method, path);
        }
        SequencePoint? point = null;
        foreach (var instruction in method.Body.Instructions)
        {
            point = method.DebugInformation.GetSequencePoint(instruction) is { IsHidden: false } next ? next : point;
            foreach (var rule in RulesBrokenBy(instruction))
            {
                yield return point is null
                    ? At(rule, method, path)
                    : new Finding(rule.Id, rule.Message, point.Document.Url, point.StartLine, point.StartColumn);
            }
        }
    }

    private static IEnumerable<Rule> RulesBrokenBy(Instruction instruction)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Localloc:
                yield return LanguageRules.StackAlloc;
                break;
            case Code.Add_Ovf or Code.Add_Ovf_Un or Code.Sub_Ovf or Code.Sub_Ovf_Un or Code.Mul_Ovf or Code.Mul_Ovf_Un:
                yield return LanguageRules.Checked;
                break;
            case Code.Ldstr when ((string)instruction.Operand).Contains('\0'):
                yield return TextRules.NulInString;
                break;
        }
        var types = instruction.Operand switch
        {
            GenericInstanceMethod generic => [generic.DeclaringType, .. generic.GenericArguments],
            MemberReference { DeclaringType: { } owner } => new[] { owner },
            _ => [],
        };
        if (instruction.Operand is GenericInstanceMethod)
        {
            yield return LanguageRules.Generics;
        }
        if (instruction.Operand is TypeReference type)
        {
            types = [type];
        }
        foreach (var rule in types.SelectMany(RulesBrokenBy).Distinct())
        {
            yield return rule;
        }
    }

    private static IEnumerable<Rule> RulesBrokenBy(TypeReference type)
    {
        for (TypeReference? part = type; part is not null; part = (part as TypeSpecification)?.ElementType)
        {
            switch (part)
            {
                case GenericInstanceType or GenericParameter:
                    yield return LanguageRules.Generics;
                    break;
                case ArrayType { Rank: > 1 }:
                    yield return LanguageRules.MultiDimensionalArray;
                    break;
                case PointerType or PinnedType or FunctionPointerType:
                    yield return LanguageRules.Pointer;
                    break;
            }
        }
    }

    private static Finding At(Rule rule, MemberReference member, string path) =>
        new(rule.Id, $"{member.FullName}: {rule.Message}", path, 1, 1);
}
