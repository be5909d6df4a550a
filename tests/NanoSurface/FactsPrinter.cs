using System.Globalization;
using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace NanoSurface.Tests;

/// <summary>Prints a .dll in the facts' notation. It shares no code with the writer and reads with another library, so that
/// a mistake in one does not hide behind the same mistake in the other.</summary>
internal static class FactsPrinter
{
    /// <summary>One line a fact; a member's line begins with its type's name.</summary>
    public static IReadOnlyList<string> Print(byte[] image)
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(image));
        var lines = new List<string> { $"assembly {module.Assembly.Name.Name} {module.Assembly.Name.Version}" };
        foreach (var type in module.GetAllTypes().Where(t => t.Name != "<Module>" && IsVisible(t)))
        {
            var name = Name(type);
            lines.Add(TypeLine(type));
            lines.AddRange(type.Fields.Where(f => !f.IsPrivate && f.Name != "value__").Select(f => $"{name}: {FieldLine(f)}"));
            lines.AddRange(type.Methods.Where(m => m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly)
                .Select(m => $"{name}: {MethodLine(m)}"));
            lines.AddRange(type.Properties.Select(p => $"{name}: {PropertyLine(p)}"));
            lines.AddRange(type.Events.Select(e => $"{name}: event {Name(e.EventType)} {e.Name}"));
        }
        return lines;
    }

    /// <summary>The facts themselves in the same shape. References are left out: the writer names those that it uses.
    /// </summary>
    public static IReadOnlyList<string> Flatten(string facts)
    {
        var lines = new List<string>();
        var type = "";
        foreach (var line in facts.Split('\n').Where(l => l.Length > 0))
        {
            if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                lines.Add($"{type}: {line.Trim()}");
            }
            else if (!line.StartsWith("reference ", StringComparison.Ordinal))
            {
                type = line.Split(' ')[1];
                lines.Add(line);
            }
        }
        return lines;
    }

    private static bool IsVisible(TypeDefinition type) => type.IsPublic || type.IsNestedPublic || type.IsNestedFamily;

    private static string TypeLine(TypeDefinition type)
    {
        var kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.BaseType?.FullName switch
        {
            "System.MulticastDelegate" => "delegate",
            "System.ValueType" when type.FullName != "System.Enum" => "struct",
            _ => "class",
        };
        var bases = type.Interfaces.Select(i => Name(i.InterfaceType));
        if (kind == "class" && type.BaseType is not null)
        {
            bases = bases.Prepend(Name(type.BaseType));
        }
        if (kind == "enum")
        {
            bases = bases.Prepend(Name(type.Fields.Single(f => f.Name == "value__").FieldType));
        }
        var modifier = kind switch
        {
            "delegate" => " sealed",
            "class" when type is { IsAbstract: true, IsSealed: true } => " static",
            "class" when type.IsAbstract => " abstract",
            "class" when type.IsSealed => " sealed",
            _ => "",
        };
        var list = string.Join(", ", bases);
        return $"{kind} {Name(type)}{modifier}{(list.Length > 0 ? " : " + list : "")}{TypeAttributes(type, kind)}";
    }

    private static string TypeAttributes(TypeDefinition type, string kind)
    {
        var text = kind == "struct" && type.Fields.Any(f => !f.IsStatic) ? " [has-fields]" : "";
        foreach (var attribute in type.CustomAttributes)
        {
            text += attribute.AttributeType.FullName switch
            {
                "System.AttributeUsageAttribute" => $" [usage {attribute.ConstructorArguments[0].Value}"
                    + string.Concat(attribute.Properties.Select(p => $" {p.Name}={p.Argument.Value}")) + "]",
                "System.FlagsAttribute" => " [flags]",
                "System.ObsoleteAttribute" => " [obsolete]",
                "System.Reflection.DefaultMemberAttribute" => $" [indexer {attribute.ConstructorArguments[0].Value}]",
                "System.Runtime.CompilerServices.ExtensionAttribute" => "",
                var other => $" [{other}]",
            };
        }
        return text;
    }

    private static string FieldLine(FieldDefinition field)
    {
        var modifier = field.IsLiteral ? " const" : field.IsStatic ? " static" : "";
        var value = field.HasConstant ? " = " + Constant(field.Constant) : "";
        return $"field {Access(field.IsPublic)}{modifier}{(field.IsInitOnly ? " readonly" : "")} "
            + $"{Name(field.FieldType)} {field.Name}{value}";
    }

    private static string MethodLine(MethodDefinition method)
    {
        var kind = method.IsConstructor ? "ctor" : method.IsGetter ? "get" : method.IsSetter ? "set"
            : method.IsAddOn ? "add" : method.IsRemoveOn ? "remove" : "method";
        var modifier = method.IsStatic ? " static" : method.IsAbstract ? " abstract"
            : method.IsVirtual ? method.IsNewSlot ? " virtual" : " override" : "";
        var name = method.IsConstructor ? "" : $"{Name(method.ReturnType)} {method.Name}";
        return $"{kind} {Access(method.IsPublic)}{modifier} {name}"
            + $"({string.Join(", ", method.Parameters.Select(Parameter))}){MethodAttributes(method)}";
    }

    private static string MethodAttributes(MethodDefinition method) => string.Concat(
        method.CustomAttributes.Select(a => a.AttributeType.FullName switch
        {
            "System.ObsoleteAttribute" => " [obsolete]",
            "System.Diagnostics.ConditionalAttribute" => $" [conditional {a.ConstructorArguments[0].Value}]",
            "System.Runtime.CompilerServices.ExtensionAttribute" => " [extension]",
            var other => $" [{other}]",
        }));

    private static string Parameter(ParameterDefinition parameter)
    {
        var isParams = parameter.CustomAttributes.Any(a => a.AttributeType.FullName == "System.ParamArrayAttribute");
        var direction = parameter.IsOut ? "out " : isParams ? "params " : "";
        var value = parameter.HasConstant ? " = " + Constant(parameter.Constant) : "";
        var expression = string.Concat(parameter.CustomAttributes
            .Where(a => a.AttributeType.FullName == "System.Runtime.CompilerServices.CallerArgumentExpressionAttribute")
            .Select(a => $" [expression {a.ConstructorArguments[0].Value}]"));
        return $"{direction}{Name(parameter.ParameterType)} {parameter.Name}{value}{expression}";
    }

    private static string PropertyLine(PropertyDefinition property) =>
        $"property {Name(property.PropertyType)} {property.Name}"
        + $"{(property.GetMethod is null ? "" : " get")}{(property.SetMethod is null ? "" : " set")}";

    private static string Name(TypeReference type) => type.FullName.Replace('/', '+');

    private static string Access(bool isPublic) => isPublic ? "public" : "protected";

    private static string Constant(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        char character => $"{(int)character}c",
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"unexpected constant {value}", nameof(value)),
    };
}
