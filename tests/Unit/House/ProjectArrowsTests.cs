using System.Xml.Linq;
using Boreal.Tests.TestKit;

namespace Boreal.Tests.Unit.House;

public sealed class ProjectArrowsTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Boreal.Linux"] = [],
        ["Boreal.Oci"] = [],
        ["Boreal.Api"] = [],
        ["Boreal.Notation"] = [],
        ["Boreal.ShimWire"] = [],
        ["Boreal.BuildWire"] = [],
        ["Boreal.Client"] = ["Boreal.Api"],
        ["Boreal.Compose"] = ["Boreal.Api", "Boreal.Client", "Boreal.Notation"],
        ["Boreal.Engine"] = ["Boreal.Linux", "Boreal.Oci", "Boreal.ShimWire"],
        ["Boreal.Build"] = ["Boreal.BuildWire", "Boreal.Engine", "Boreal.Linux", "Boreal.Notation", "Boreal.Oci"],
        ["Boreal.Orchestrator"] = ["Boreal.Api", "Boreal.Notation"],
        ["Boreal.Ingress"] = ["Boreal.Api", "Boreal.Orchestrator"],
        ["Boreal.Registry"] = ["Boreal.Linux", "Boreal.Oci"],
        ["Boreal.Shim"] = ["Boreal.Linux", "Boreal.ShimWire"],
        ["Boreal.Daemon"] = ["Boreal.Api", "Boreal.Build", "Boreal.BuildWire", "Boreal.Engine", "Boreal.Ingress", "Boreal.Linux", "Boreal.Notation", "Boreal.Oci", "Boreal.Orchestrator", "Boreal.Registry"],
        ["Boreal.Cli"] = ["Boreal.Api", "Boreal.BuildWire", "Boreal.Client", "Boreal.Compose", "Boreal.Linux", "Boreal.Notation", "Boreal.Oci"],
    };

    [Fact]
    public void Projects_InSource_AreTheOnesOfTheTable() =>
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), Projects().Select(project => project.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void References_BetweenProjects_PointOnlyWhereTheTableAllows() =>
        Findings.AssertNone(
            from project in Projects()
            from target in References(project.Path)
            where !Allowed.GetValueOrDefault(project.Name, []).Contains(target)
            select $"{project.Name} -> {target} is not an allowed arrow");

    [Fact]
    public void References_FromSource_NeverPointAtTests() =>
        Findings.AssertNone(
            from project in Projects()
            where File.ReadAllText(project.Path).Contains("tests/", StringComparison.Ordinal)
            select $"{project.Name} names the tests folder");

    [Fact]
    public void ProjectFiles_Everywhere_HaveAtMost25Lines() =>
        Findings.AssertNone(
            from project in Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            where !project.Contains("/artifacts/", StringComparison.Ordinal)
            let lines = File.ReadLines(project).Count()
            where lines > 25
            select $"{project}: {lines} lines");

    private static IEnumerable<(string Name, string Path)> Projects() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(path => (Path.GetFileNameWithoutExtension(path), path));

    private static IEnumerable<string> References(string project) =>
        XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")?.Value ?? "").Replace('\\', '/'));
}
