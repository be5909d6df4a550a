namespace NanoSurface.Projects;

/// <summary>What a .nfproj says, with full paths.</summary>
/// <param name="Id">Empty when the file gives none.</param>
/// <param name="Description">Empty when the file gives none.</param>
/// <param name="Constants">In addition to NANOFRAMEWORK_1_0.</param>
public sealed record NanoProject(
    string Path, string AssemblyName, string RootNamespace, string Description, bool IsExe, bool IsTest, Guid Id,
    IReadOnlyList<string> Constants, IReadOnlyList<ProjectItem> Sources, IReadOnlyList<AssemblyReference> References,
    IReadOnlyList<ProjectItem> ProjectReferences)
{
    /// <summary>The file's name without its extension. Several projects may make the same assembly.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    public string PackagesConfig => System.IO.Path.Combine(Folder, "packages.config");

    public string AssemblyInfo => System.IO.Path.Combine(Folder, "Properties", "AssemblyInfo.cs");

    /// <summary>Whether it is made into what a device runs, which holds all that it needs, directly or not.</summary>
    public bool IsImage => IsExe || IsTest;
}

/// <param name="Include">The text in the project file.</param>
/// <param name="Path">The file that it means, in full.</param>
/// <param name="Line">Where in the project file, from 1.</param>
public sealed record ProjectItem(string Include, string Path, int Line);

/// <param name="HintPath">In full; null when the project gives none.</param>
public sealed record AssemblyReference(string Name, string? HintPath, int Line);

/// <summary>A project file that cannot be used as it is.</summary>
public sealed class ProjectException(string path, int line, string message) : Exception(message)
{
    public string Path { get; } = path;

    public int Line { get; } = line;
}
