using System.Text.RegularExpressions;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NanoSurface.Projects;

namespace IoTNet.Structure.Tests;

/// <summary>Every app that the command line runs can be put onto every board: a program of its own, which holds all that it
/// needs.</summary>
[TestClass]
public partial class FirmwareTests
{
    private static readonly string[] s_boards = ["esp32", "stm32"];

    private static IEnumerable<NanoProject> Programs => House.Nano.Where(p => p.IsExe);

    [TestMethod]
    public void Apps_OfTheCommandLine_HaveAProgramForEachBoard()
    {
        var expected = AppProjects().SelectMany(app => s_boards.Select(board => $"boards/{board}/{app.Name}/{app.Name}.nfproj"));

        Lists.AssertSame(expected, Programs.Select(p => House.Relative(p.Path)));
    }

    [TestMethod]
    public void Programs_OfABoard_RunTheirAppOnItsNetwork()
    {
        foreach (var app in AppProjects())
        {
            foreach (var board in s_boards)
            {
                var program = Programs.Single(p => House.Relative(p.Path) == $"boards/{board}/{app.Name}/{app.Name}.nfproj");
                var references = program.ProjectReferences.Select(r => House.Relative(r.Path)).ToArray();

                Assert.Contains(House.Relative(app.Path), references, program.Path);
                Assert.Contains(r => r.StartsWith($"boards/{board}/IoTNet.", StringComparison.Ordinal), references, program.Path);
                Assert.Contains("boards/common/IoTNet.SystemNet.nfproj", references, program.Path);
            }
        }
    }

    [TestMethod]
    public void Programs_OfTheHouse_HoldEachAssemblyOnce()
    {
        foreach (var program in Programs)
        {
            var inside = program.ProjectReferences.Select(r => House.Nano.Single(p => p.Path == r.Path).AssemblyName);

            // An app and its program would have one name, and a device loads only one of them.
            CollectionAssert.AllItemsAreUnique(inside.Append(program.AssemblyName).ToArray(), House.Relative(program.Path));
        }
    }

    [TestMethod]
    public void Suite_OfADevice_IsThatOfTheVirtualDevice()
    {
        static IEnumerable<string> Tests(string stack) => House.Nano.Single(p => Path.GetFileName(p.Path) == $"Conformance.{stack}.nfproj")
            .Sources.Select(s => s.Include.Replace($"StackUnderTest.{stack}", "StackUnderTest.STACK"));

        // A project for a device alone names its sources itself.
        Lists.AssertSame(Tests("Loopback"), Tests("Device"));
    }

    /// <summary>The projects of the apps that the catalog makes.</summary>
    private static NanoProject[] AppProjects()
    {
        var catalog = File.ReadAllText(Path.Combine(House.Repository.Root, "tools", "iotnet", "Catalog.cs"));
        var apps = AppClass().Matches(catalog).Select(m => m.Groups["name"].Value + ".cs").ToArray();
        Assert.IsGreaterThan(1, apps.Length, "Catalog.cs makes apps with 'new NAMEApp()'");
        return apps.Select(app => House.Nano.Single(p => !p.IsExe && p.Sources.Any(s => Path.GetFileName(s.Path) == app))).ToArray();
    }

    [GeneratedRegex(@"new (?<name>\w+App)\(\)")]
    private static partial Regex AppClass();
}
