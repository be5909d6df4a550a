using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using NanoSurface.Api;

namespace NanoSurface.References;

/// <summary>The reference assemblies as the compiler takes them, each made once: the compiler keeps what it has read.
/// </summary>
public sealed class ReferenceLibrary(ApiSet apis)
{
    private readonly ConcurrentDictionary<string, MetadataReference> _references = [];

    public static ReferenceLibrary BuiltIn { get; } = new(ApiSet.BuiltIn);

    public ApiSet Apis { get; } = apis;

    public MetadataReference Get(ApiAssembly assembly) => _references.GetOrAdd(
        assembly.Name, _ => MetadataReference.CreateFromImage(ReferenceWriter.Write(Apis, assembly)));
}
