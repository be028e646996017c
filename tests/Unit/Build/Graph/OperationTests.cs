using Boreal.Build.Graph;
using Boreal.Build.Sources;

namespace Boreal.Tests.Unit.Build.Graph;

public sealed class OperationTests
{
    private static readonly BuildPlatform Linux = new("linux", "amd64");

    [Fact]
    public void Id_OfEqualOperations_IsEqual() => Assert.Equal(Run("a").Id, Run("a").Id);

    [Fact]
    public void Id_OnEveryMachineAndInEveryVersion_StaysTheSame()
    {
        var copy = new CopyAction { Source = Image("b"), SourcePath = "/x", Destination = "/y", Mode = 0b110_100_100, Owner = FileOwner.Parse("root:app") };
        Operation[] operations =
        [
            Image("a"),
            new OciLayoutOperation { Store = "s", Reference = "r", Platform = Linux, Provenance = new("") },
            new LocalOperation { Name = "context", SharedKey = "k", FollowedPaths = ["a"], ExcludedPatterns = ["b"], Provenance = new("") },
            new HttpOperation { Url = "https://example.com/x", FileName = "x", Provenance = new("") },
            new GitOperation { Repository = new GitReference { Remote = "https://example.com/x.git", Ref = "main" }, Provenance = new("") },
            new MergeOperation { Lower = Image("a"), Upper = Image("b"), Provenance = new("") },
            new FileOperation { Base = Image("a"), Actions = [copy, new MakeDirectoryAction("/d", 1), new WriteFileAction("/f", 2, "ä")], Provenance = new("") },
            Run("a", mount: new MountPoint { Kind = MountKind.Cache, Target = "/c", Id = "x" }),
        ];
        string[] known =
        [
            "08e92064b19e", "ea49aee937b0", "7c6e482eb3ec", "8e836d0f212b",
            "103749ba48e7", "0fa8eb5edb96", "f9f36000d099", "4d1d352ba60b",
        ];
        Assert.Equal(known, operations.Select(operation => operation.Id.Short));
    }

    [Theory]
    [InlineData("proxy")]
    [InlineData("name")]
    [InlineData("cache")]
    public void Id_OfWhatDoesNotChangeTheResult_IsTheSame(string difference)
    {
        var other = new RunOperation
        {
            Root = Image("base"),
            Arguments = ["a"],
            WorkingDirectory = "/",
            Platform = Linux,
            ProxyVariables = difference == "proxy" ? ["HTTP_PROXY=x"] : [],
            IgnoresCache = difference == "cache",
            Provenance = new(difference == "name" ? "other" : "run", difference),
        };
        Assert.Equal(Run("a").Id, other.Id);
    }

    [Fact]
    public void Id_OfDifferentOperations_Differs()
    {
        Operation[] operations =
        [
            Run("a"), Run("b"), Run("a", "b"), Run("a b"), Run("a", mount: new MountPoint { Kind = MountKind.Cache, Target = "/c", Id = "x" }),
            Run("a", mount: new MountPoint { Kind = MountKind.Cache, Target = "/c", Id = "y" }),
            Run("a", mount: new MountPoint { Kind = MountKind.Bind, Target = "/c", Source = Image("x") }),
            Run("a", mount: new MountPoint { Kind = MountKind.Bind, Target = "/c", Source = Image("base") }),
            Run("a", mount: new MountPoint { Kind = MountKind.Bind, Target = "/c" }),
            Image("a"), Image("b"), new MergeOperation { Lower = Image("a"), Upper = Image("b"), Provenance = new("") },
            new MergeOperation { Lower = Image("b"), Upper = Image("a"), Provenance = new("") },
        ];
        Assert.Equal(operations.Length, operations.Select(operation => operation.Id).Distinct().Count());
    }

    [Fact]
    public void Form_OfOperationsOnDifferentInputs_IsTheSame()
    {
        var one = new FileOperation { Base = Image("a"), Actions = [new MakeDirectoryAction("/x", 0)], Provenance = new("") };
        var two = new FileOperation { Base = Image("b"), Actions = [new MakeDirectoryAction("/x", 0)], Provenance = new("") };
        Assert.Equal(one.Form.ToArray(), two.Form.ToArray());
        Assert.NotEqual(one.Id, two.Id);
    }

    [Fact]
    public void Inputs_NamedTwice_AreListedOnce()
    {
        var image = Image("a");
        var copy = new FileOperation { Base = image, Actions = [new CopyAction { Source = image, SourcePath = "/", Destination = "/" }], Provenance = new("") };
        Assert.Same(image, Assert.Single(copy.Inputs));
    }

    [Theory]
    [InlineData(RunNetwork.Default, 0)]
    [InlineData(RunNetwork.Host, 1)]
    [InlineData(RunNetwork.None, 2)]
    public void Networks_InIds_KeepTheirNumbers(RunNetwork network, int number) => Assert.Equal(number, (int)network);

    [Fact]
    public void Enums_InIds_KeepTheirNumbers()
    {
        Assert.Equal([0, 1, 2, 3, 4], new[] { MountKind.Bind, MountKind.Cache, MountKind.Tmpfs, MountKind.Secret, MountKind.Ssh }.Select(kind => (int)kind));
        Assert.Equal([0, 1, 2], new[] { CacheSharing.Shared, CacheSharing.Private, CacheSharing.Locked }.Select(sharing => (int)sharing));
        Assert.Equal([0, 1, 2], new[] { ImageResolveMode.Default, ImageResolveMode.ForcePull, ImageResolveMode.PreferLocal }.Select(mode => (int)mode));
    }

    private static ImageOperation Image(string name) => new() { Reference = name, Platform = Linux, Provenance = new(name) };

    private static RunOperation Run(string argument, string? second = null, MountPoint? mount = null) => new()
    {
        Root = Image("base"),
        Arguments = second is null ? [argument] : [argument, second],
        WorkingDirectory = "/",
        Platform = Linux,
        Mounts = mount is null ? [] : [mount],
        Provenance = new("run"),
    };
}
