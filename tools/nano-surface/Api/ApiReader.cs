using System.Text.RegularExpressions;

namespace NanoSurface.Api;

/// <summary>Reads the facts files; Api/README.md tells the notation. A line that it does not understand is an error:
/// what is skipped here would be missing from the reference assembly.</summary>
public static partial class ApiReader
{
    public static ApiAssembly Read(string text, string fileName)
    {
        var assembly = new Builder();
        var number = 0;
        foreach (var line in text.Split('\n').Select(l => l.TrimEnd('\r')))
        {
            number++;
            try
            {
                assembly.Add(line);
            }
            catch (FormatException e)
            {
                throw new FormatException($"{fileName}({number}): {e.Message}: {line}", e);
            }
        }
        return assembly.Build(fileName);
    }

    private sealed class Builder
    {
        private readonly List<string> _references = [];
        private readonly List<ApiType> _types = [];
        private List<ApiMember> _members = [];
        private string? _name;
        private Version? _version;

        public void Add(string line)
        {
            if (line.Length == 0)
            {
                return;
            }
            if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                _members.Add(ReadMember(line[2..]));
                return;
            }
            var words = line.Split(' ');
            switch (words[0])
            {
                case "assembly":
                    _name = words[1];
                    _version = Version.Parse(words[2]);
                    break;
                case "reference":
                    _references.Add(words[1]);
                    break;
                default:
                    _members = [];
                    _types.Add(ReadType(line, _members));
                    break;
            }
        }

        public ApiAssembly Build(string fileName) => _name is null || _version is null
            ? throw new FormatException($"{fileName}: expected a line 'assembly NAME VERSION'")
            : new ApiAssembly(_name, _version, _references, _types);
    }

    private static ApiType ReadType(string line, List<ApiMember> members)
    {
        var attributes = TakeAttributes(ref line);
        var match = TypeLine().Match(line);
        if (!match.Success)
        {
            throw new FormatException("expected 'KIND NAME MODIFIER : BASES'");
        }
        var kind = Enum.Parse<ApiTypeKind>(match.Groups["kind"].Value, ignoreCase: true);
        var bases = match.Groups["bases"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries).ToList();
        string? baseType = null;
        if (kind is ApiTypeKind.Class or ApiTypeKind.Enum && bases.Count > 0)
        {
            baseType = bases[0];
            bases.RemoveAt(0);
        }
        return new ApiType(
            kind, match.Groups["name"].Value, match.Groups["modifier"].Value, baseType, bases, attributes, members);
    }

    private static ApiMember ReadMember(string line)
    {
        var attributes = TakeAttributes(ref line);
        var word = line[..line.IndexOf(' ')];
        return word switch
        {
            "field" => ReadField(line),
            "ctor" => ReadMethod(ConstructorLine().Match(line), ApiMemberKind.Constructor, attributes),
            "method" => ReadMethod(MethodLine().Match(line), ApiMemberKind.Method, attributes),
            "get" => ReadMethod(MethodLine().Match(line), ApiMemberKind.Getter, attributes),
            "set" => ReadMethod(MethodLine().Match(line), ApiMemberKind.Setter, attributes),
            "add" => ReadMethod(MethodLine().Match(line), ApiMemberKind.Adder, attributes),
            "remove" => ReadMethod(MethodLine().Match(line), ApiMemberKind.Remover, attributes),
            "property" => ReadNamed(PropertyLine().Match(line), ApiMemberKind.Property),
            "event" => ReadNamed(EventLine().Match(line), ApiMemberKind.Event),
            _ => throw new FormatException($"unknown kind of member '{word}'"),
        };
    }

    private static ApiMember ReadField(string line)
    {
        var match = FieldLine().Match(line);
        return match.Success
            ? new ApiMember(
                ApiMemberKind.Field, match.Groups["access"].Value, match.Groups["modifier"].Value,
                match.Groups["type"].Value, match.Groups["name"].Value, [],
                match.Groups["value"].Success ? match.Groups["value"].Value : null, [])
            : throw new FormatException("expected 'field ACCESS MODIFIER TYPE NAME = VALUE'");
    }

    private static ApiMember ReadMethod(Match match, ApiMemberKind kind, IReadOnlyList<ApiAttribute> attributes)
    {
        if (!match.Success)
        {
            throw new FormatException("expected 'KIND ACCESS MODIFIER TYPE NAME(PARAMETERS)'");
        }
        var isConstructor = kind == ApiMemberKind.Constructor;
        return new ApiMember(
            kind, match.Groups["access"].Value, match.Groups["modifier"].Value,
            isConstructor ? "System.Void" : match.Groups["type"].Value,
            isConstructor ? ".ctor" : match.Groups["name"].Value,
            ReadParameters(match.Groups["parameters"].Value), null, attributes);
    }

    private static ApiMember ReadNamed(Match match, ApiMemberKind kind) => match.Success
        ? new ApiMember(kind, "", "", match.Groups["type"].Value, match.Groups["name"].Value, [], null, [])
        : throw new FormatException("expected 'KIND TYPE NAME'");

    private static List<ApiParameter> ReadParameters(string text)
    {
        var parameters = new List<ApiParameter>();
        var end = 0;
        foreach (Match match in Parameter().Matches(text))
        {
            if (match.Index != end)
            {
                break;
            }
            end = match.Index + match.Length;
            var direction = match.Groups["direction"].Value;
            parameters.Add(new ApiParameter(
                match.Groups["type"].Value, match.Groups["name"].Value, direction == "out", direction == "params",
                match.Groups["default"].Success ? match.Groups["default"].Value : null,
                match.Groups["expression"].Success ? match.Groups["expression"].Value : null));
        }
        return end == text.Length ? parameters : throw new FormatException($"unreadable parameters after column {end}");
    }

    private static List<ApiAttribute> TakeAttributes(ref string line)
    {
        var attributes = new List<ApiAttribute>();
        for (var match = Attribute().Match(line); match.Success; match = Attribute().Match(line))
        {
            attributes.Insert(0, new ApiAttribute(match.Groups["name"].Value, match.Groups["arguments"].Value));
            line = line[..match.Index];
        }
        return attributes;
    }

    [GeneratedRegex(@"^(?<kind>class|struct|interface|enum|delegate) (?<name>\S+)( (?<modifier>static|abstract|sealed))?( : (?<bases>.+))?$")]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"^field (?<access>public|protected) ((?<modifier>const|static readonly|static|readonly) )?(?<type>\S+) (?<name>\S+)( = (?<value>.+))?$")]
    private static partial Regex FieldLine();

    [GeneratedRegex(@"^ctor (?<access>public|protected) (?<modifier>)\((?<parameters>.*)\)$")]
    private static partial Regex ConstructorLine();

    [GeneratedRegex(@"^\w+ (?<access>public|protected) ((?<modifier>static|abstract|virtual|override) )?(?<type>\S+) (?<name>\w+)\((?<parameters>.*)\)$")]
    private static partial Regex MethodLine();

    [GeneratedRegex(@"^property (?<type>\S+) (?<name>\w+)( get)?( set)?$")]
    private static partial Regex PropertyLine();

    [GeneratedRegex(@"^event (?<type>\S+) (?<name>\w+)$")]
    private static partial Regex EventLine();

    [GeneratedRegex("""(?:^|, )((?<direction>out|params) )?(?<type>\S+) (?<name>\w+)( = (?<default>"[^"]*"|[^,"\[]*[^,"\[ ])( \[expression (?<expression>\w+)\])?)?""")]
    private static partial Regex Parameter();

    [GeneratedRegex(@" \[(?<name>has-fields|flags|usage|obsolete|conditional|extension|indexer)( (?<arguments>[^\]]*))?\]$")]
    private static partial Regex Attribute();
}
