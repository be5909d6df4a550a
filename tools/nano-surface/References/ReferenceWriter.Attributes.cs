using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using NanoSurface.Api;

namespace NanoSurface.References;

public sealed partial class ReferenceWriter
{
    private const string Targets = "System.AttributeTargets";

    private void WriteTypeAttributes(ApiType type, TypeDefinitionHandle handle)
    {
        foreach (var attribute in type.Attributes)
        {
            switch (attribute.Name)
            {
                case "usage":
                    AddUsage(handle, attribute.Arguments.Split(' '));
                    break;
                case "flags":
                    AddAttribute(handle, "System.FlagsAttribute");
                    break;
                case "obsolete":
                    AddAttribute(handle, "System.ObsoleteAttribute");
                    break;
                case "indexer":
                    AddAttribute(handle, "System.Reflection.DefaultMemberAttribute", attribute.Arguments);
                    break;
            }
        }
        if (type.Members.Any(IsExtension))
        {
            AddAttribute(handle, "System.Runtime.CompilerServices.ExtensionAttribute");
        }
    }

    private void WriteMethodAttributes(ApiMember method, MethodDefinitionHandle handle)
    {
        foreach (var attribute in method.Attributes)
        {
            switch (attribute.Name)
            {
                case "obsolete":
                    AddAttribute(handle, "System.ObsoleteAttribute");
                    break;
                case "conditional":
                    AddAttribute(handle, "System.Diagnostics.ConditionalAttribute", attribute.Arguments);
                    break;
                case "extension":
                    AddAttribute(handle, "System.Runtime.CompilerServices.ExtensionAttribute");
                    break;
            }
        }
    }

    private void AddAttribute(EntityHandle target, string type, string? argument = null) => AddAttribute(
        target, type, argument is null ? null : "System.String",
        fixedArguments =>
        {
            if (argument is not null)
            {
                fixedArguments.AddArgument().Scalar().Constant(argument);
            }
        },
        named => named.Count(0));

    /// <param name="words">The targets as a number, then NAME=BOOLEAN.</param>
    private void AddUsage(EntityHandle target, string[] words) => AddAttribute(
        target, "System.AttributeUsageAttribute", Targets,
        fixedArguments => fixedArguments.AddArgument().Scalar().Constant(int.Parse(words[0])),
        named =>
        {
            var arguments = named.Count(words.Length - 1);
            foreach (var pair in words.Skip(1).Select(w => w.Split('=')))
            {
                arguments.AddArgument(
                    isField: false, t => t.ScalarType().Boolean(), n => n.Name(pair[0]),
                    v => v.Scalar().Constant(bool.Parse(pair[1])));
            }
        });

    private void AddAttribute(
        EntityHandle target, string type, string? parameter, Action<FixedArgumentsEncoder> fixedArguments,
        Action<CustomAttributeNamedArgumentsEncoder> namedArguments)
    {
        var signature = new BlobBuilder();
        new BlobEncoder(signature).MethodSignature(isInstanceMethod: true).Parameters(
            parameter is null ? 0 : 1, returns => returns.Void(),
            parameters =>
            {
                if (parameter is not null)
                {
                    _types.Encode(parameters.AddParameter().Type(), parameter, []);
                }
            });
        var constructor = _metadata.AddMemberReference(
            _types.Reference(type), _metadata.GetOrAddString(".ctor"), _metadata.GetOrAddBlob(signature));
        var value = new BlobBuilder();
        new BlobEncoder(value).CustomAttributeSignature(fixedArguments, namedArguments);
        _metadata.AddCustomAttribute(target, constructor, _metadata.GetOrAddBlob(value));
    }
}
