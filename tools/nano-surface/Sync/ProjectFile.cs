using System.Security;
using System.Text;
using NanoSurface.Api;
using NanoSurface.Projects;

namespace NanoSurface.Sync;

/// <summary>Writes a .nfproj, the one template of them all.</summary>
internal static class ProjectFile
{
    private const string System = "$(NanoFrameworkProjectSystemPath)";
    private const string Targets = System + "NFProjectSystem.CSharp.targets";

    public static string Write(NanoProject project, ApiSet apis, Repository repository)
    {
        var up = Backslashes(Path.GetRelativePath(project.Folder, repository.Root)) + "\\";
        var text = new Lines();
        text.Add("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
        text.Add("<!-- Written by 'nano-surface sync'; what to change by hand stands in tools/nano-surface/README.md. -->");
        text.Add("<Project ToolsVersion=\"Current\" DefaultTargets=\"Build\" xmlns=\"http://schemas.microsoft.com/developer/msbuild/2003\">");
        text.Group("PropertyGroup Label=\"Globals\"", [Element("NanoFrameworkProjectSystemPath", @"$(MSBuildExtensionsPath)\nanoFramework\v1.0\")]);
        text.Add(Import(System + "NFProjectSystem.Default.props"));
        text.Group("PropertyGroup", Properties(project));
        text.Add(Import(System + "NFProjectSystem.props"));
        text.Group("PropertyGroup", Overrides(project));
        text.Group("ItemGroup", project.Sources.Select(s => Backslashes(Path.GetRelativePath(project.Folder, s.Path)))
            .Order(StringComparer.Ordinal).Select(Compile));
        text.Group("ItemGroup", None(project).Select(n => $"<None Include=\"{n}\" />"));
        text.Group("ItemGroup", project.References.Select(r => Reference(r.Name, AssemblyPackage.Of(r.Name, apis)!, up)));
        text.Group("ItemGroup", project.ProjectReferences
            .Select(r => $"<ProjectReference Include=\"{Backslashes(Path.GetRelativePath(project.Folder, r.Path))}\" />"));
        text.Group("ItemGroup", project.IsTest ? ["<ProjectCapability Include=\"TestContainer\" />"] : []);
        text.Add(Import(Targets));
        text.Add($"  <Import Project=\"{up}tools\\nfproj\\NoNano.targets\" Condition=\"!Exists('{Targets}')\" />");
        text.Add("  <ProjectExtensions>", "    <ProjectCapabilities>", "      <ProjectConfigurationsDeclaredAsItems />");
        text.Add("    </ProjectCapabilities>", "  </ProjectExtensions>", "</Project>");
        return text.ToString();
    }

    /// <summary>Where the build leaves what it makes of a library, from the project's folder. Projects of one folder that
    /// make the same assembly keep out of each other's way.</summary>
    public static string OutputFolder(NanoProject project) => Folder("bin", project) + "$(Configuration)\\";

    private static string Folder(string name, NanoProject project) =>
        HasOwnFolders(project) ? $"{name}\\{project.Name}\\" : name + "\\";

    private static bool HasOwnFolders(NanoProject project) => !project.IsImage && project.Name != project.AssemblyName;

    private static IEnumerable<string> Properties(NanoProject project)
    {
        yield return "<Configuration Condition=\" '$(Configuration)' == '' \">Debug</Configuration>";
        yield return "<Platform Condition=\" '$(Platform)' == '' \">AnyCPU</Platform>";
        yield return Element("ProjectTypeGuids", "{11A8DD76-328B-46DF-9F39-F559912D0360};{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}");
        yield return Element("ProjectGuid", project.Id.ToString("B").ToUpperInvariant());
        yield return Element("OutputType", project.IsExe ? "Exe" : "Library");
        yield return Element("FileAlignment", "512");
        yield return Element("RootNamespace", project.RootNamespace);
        yield return Element("AssemblyName", project.AssemblyName);
        if (project.Description.Length > 0)
        {
            yield return Element("Description", project.Description);
        }
        if (project.IsTest)
        {
            yield return Element("IsTestProject", "true");
            yield return Element("TestProjectType", "UnitTest");
            yield return Element("RunSettingsFilePath", @"$(MSBuildProjectDirectory)\nano.runsettings");
        }
        yield return Element("TargetFrameworkVersion", "v1.0");
        yield return Element("LangVersion", "9.0");
        if (!project.IsImage)
        {
            yield return Element("DocumentationFile", OutputFolder(project) + project.AssemblyName + ".xml");
        }
    }

    // After the project system's own settings, which are not made to be overridden before.
    private static IEnumerable<string> Overrides(NanoProject project)
    {
        if (project.Constants.Count > 0)
        {
            yield return Element("DefineConstants", "$(DefineConstants);" + string.Join(';', project.Constants));
        }
        if (HasOwnFolders(project))
        {
            yield return Element("OutputPath", OutputFolder(project));
            yield return Element("BaseIntermediateOutputPath", Folder("obj", project));
        }
    }

    private static string[] None(NanoProject project) =>
        project.IsTest ? ["nano.runsettings", "packages.config"] : ["packages.config"];

    // Visual Studio shows a file from elsewhere under the name in Link.
    private static string Compile(string include) => include.StartsWith("..", StringComparison.Ordinal)
        ? $"<Compile Include=\"{include}\"><Link>{include.Split('\\')[^1]}</Link></Compile>"
        : $"<Compile Include=\"{include}\" />";

    private static string Reference(string name, AssemblyPackage package, string up) => $"""
        <Reference Include="{name}">
              <HintPath>{up}{Backslashes(package.HintPath)}</HintPath>
            </Reference>
        """;

    private static string Import(string file) => $"  <Import Project=\"{file}\" Condition=\"Exists('{file}')\" />";

    private static string Element(string name, string value) => $"<{name}>{SecurityElement.Escape(value)}</{name}>";

    private static string Backslashes(string path) => path.Replace('/', '\\');

    private sealed class Lines
    {
        private readonly StringBuilder _text = new();

        public void Add(params string[] lines) => _text.AppendJoin("", lines.Select(l => l + "\n"));

        /// <summary>Leaves an empty group out.</summary>
        public void Group(string element, IEnumerable<string> content)
        {
            var lines = content.Select(c => "    " + c).ToArray();
            if (lines.Length > 0)
            {
                Add([$"  <{element}>", .. lines, $"  </{element.Split(' ')[0]}>"]);
            }
        }

        public override string ToString() => _text.ToString();
    }
}
