using NanoSurface.Projects;

namespace IoTNet.Structure.Tests;

/// <summary>The repository that these tests were built in, read once.</summary>
internal static class House
{
    public static Repository Repository { get; } = Repository.Containing(AppContext.BaseDirectory)
        ?? throw new InvalidOperationException($"no repository around {AppContext.BaseDirectory}");

    public static IReadOnlyList<DesktopProject> Desktop { get; } =
        DesktopProject.Evaluate(Repository.Projects(".csproj").ToArray());

    public static IReadOnlyList<NanoProject> Nano { get; } =
        Repository.Projects(".nfproj").Select(ProjectReader.Read).ToArray();

    /// <summary>Those with a .csproj beside them: all but a board's own.</summary>
    public static IEnumerable<NanoProject> Twins => Nano.Where(p => !DeviceOnly.Holds(Repository, p.Path));

    public static string Relative(string path) => Repository.Relative(path);
}
