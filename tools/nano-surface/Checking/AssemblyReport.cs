using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;
using NanoSurface.Footprint;
using NanoSurface.Rules;

namespace NanoSurface.Checking;

/// <summary>What was found in one assembly, and its size.</summary>
/// <param name="Findings">By file and line.</param>
/// <param name="Size">Null when it did not compile.</param>
/// <param name="Footprint">Null when there is anything to be found fault with: what the device cannot run has no size there.
/// </param>
public sealed record AssemblyReport(
    string Name, string ProjectPath, IReadOnlyList<Finding> Findings, AssemblySize? Size, AssemblyFootprint? Footprint)
{
    public static AssemblyReport Failed(string name, string projectPath, IEnumerable<Finding> findings) =>
        new(name, projectPath, Sorted(findings), null, null);

    public static AssemblyReport Measured(
        string name, string projectPath, IEnumerable<Finding> findings, byte[] image, AssemblyFootprint? footprint) =>
        new(name, projectPath, Sorted(findings), AssemblySize.Of(image), footprint);

    private static Finding[] Sorted(IEnumerable<Finding> findings) => findings.Distinct()
        .OrderBy(f => f.Path, StringComparer.Ordinal).ThenBy(f => f.Line).ThenBy(f => f.Column)
        .ThenBy(f => f.Id, StringComparer.Ordinal).ToArray();
}

/// <param name="IlBytes">Of all method bodies, without headers.</param>
/// <param name="StringBytes">Of all string literals, as the device stores them: UTF-8 and a NUL each.</param>
public sealed record AssemblySize(int Types, int Methods, int IlBytes, int StringBytes)
{
    public static AssemblySize Of(byte[] image)
    {
        using var file = new PEReader(ImmutableArray.Create(image));
        var metadata = file.GetMetadataReader();
        var ilBytes = metadata.MethodDefinitions.Select(metadata.GetMethodDefinition)
            .Where(m => m.RelativeVirtualAddress != 0)
            .Sum(m => file.GetMethodBody(m.RelativeVirtualAddress).GetILBytes()!.Length);
        // The first row is <Module>.
        return new AssemblySize(
            metadata.TypeDefinitions.Count - 1, metadata.MethodDefinitions.Count, ilBytes, CountStringBytes(metadata));
    }

    private static int CountStringBytes(MetadataReader metadata)
    {
        var bytes = 0;
        for (var handle = MetadataTokens.UserStringHandle(1);
            !handle.IsNil && metadata.GetHeapOffset(handle) < metadata.GetHeapSize(HeapIndex.UserString);
            handle = metadata.GetNextHandle(handle))
        {
            // The heap is padded with empty entries at its end; an empty literal costs its NUL as well and is rare.
            var text = metadata.GetUserString(handle);
            bytes += text.Length == 0 ? 0 : Encoding.UTF8.GetByteCount(text) + 1;
        }
        return bytes;
    }
}
