using Microsoft.VisualStudio.TestTools.UnitTesting;
using NanoSurface.Projects;

namespace NanoSurface.Tests;

[TestClass]
public class SourceListTests
{
    private const string Folder = "/repository/lib";

    [TestMethod]
    public void Replace_OfAList_KeepsEverythingElse()
    {
        const string Project = """
            <Project>
              <!-- kept -->
              <ItemGroup>
                <Compile Include="Old.cs" />
                <Compile Include="Other.cs">
                  <SubType>Code</SubType>
                </Compile>
                <None   Include="packages.config"/>
              </ItemGroup>
              <ItemGroup>
                <Compile Include="More.cs" />
              </ItemGroup>
            </Project>

            """;

        var replaced = SourceList.Replace(
            Project, Folder, [$"{Folder}/b/C.cs", $"{Folder}/A.cs", "/repository/shared/S.cs"]);

        Assert.AreEqual("""
            <Project>
              <!-- kept -->
              <ItemGroup>
                <Compile Include="..\shared\S.cs"><Link>S.cs</Link></Compile>
                <Compile Include="A.cs" />
                <Compile Include="b\C.cs" />
                <None   Include="packages.config"/>
              </ItemGroup>
              <ItemGroup>
              </ItemGroup>
            </Project>

            """, replaced);
    }

    [TestMethod]
    public void Replace_OfItsOwnResult_ChangesNothing()
    {
        string[] sources = [$"{Folder}/A.cs", "/repository/shared/S.cs"];
        var once = SourceList.Replace("<Project>\n</Project>\n", Folder, sources);

        Assert.AreEqual(once, SourceList.Replace(once, Folder, sources));
    }

    [TestMethod]
    public void Replace_InAProjectWithoutAList_AddsOne()
    {
        const string Project = "<Project>\n  <ItemGroup>\n    <None Include=\"a\" />\n  </ItemGroup>\n</Project>\n";

        var replaced = SourceList.Replace(Project, Folder, [$"{Folder}/A.cs"]);

        Assert.AreEqual(
            "<Project>\n  <ItemGroup>\n    <Compile Include=\"A.cs\" />\n  </ItemGroup>\n" + Project["<Project>\n".Length..],
            replaced);
    }
}
