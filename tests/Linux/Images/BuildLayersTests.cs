using Boreal.Engine.Containers;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Oci.Content;
using Boreal.Oci.Images;
using Boreal.Oci.References;

namespace Boreal.Tests.Linux.Images;

public sealed class BuildLayersTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keep_ChangedTree_IsALayerWhoseTarCanBeRebuilt()
    {
        await using var rig = new StorageRig();
        var below = (await rig.ImportAsync(new TestTar().Folder("d").File("d/old", "old").File("keep", "kept").Build())).LayerChain;
        Digest layer;
        using (var tree = rig.Storage.Builds.CreateTree(below))
        {
            File.Delete(Path.Combine(tree.Path, "d/old"));
            File.WriteAllText(Path.Combine(tree.Path, "d/new"), "new");
            layer = rig.Storage.Builds.Keep(tree, "step", Token);
        }

        rig.Storage.Assembler.Assemble(ImageAssembler.Document(Config([.. below, layer])), [ImageReference.Parse("made")]);

        // Saving rebuilds every layer and fails when one is not what its digest says.
        Assert.NotEmpty(await rig.SaveAsync("made"));
        using var again = rig.Storage.Builds.CreateTree([.. below, layer]);
        Assert.Equal(("new", false, "kept"), (File.ReadAllText(Path.Combine(again.Path, "d/new")), File.Exists(Path.Combine(again.Path, "d/old")), File.ReadAllText(Path.Combine(again.Path, "keep"))));
    }

    [Fact]
    public async Task Dispose_TreeThatWasNotKept_LeavesNothing()
    {
        await using var rig = new StorageRig();
        var image = await rig.ImportAsync(new TestTar().File("a", "a").Build());
        var before = rig.LayerFolders();
        using (var tree = rig.Storage.Builds.CreateTree(image.LayerChain))
            File.WriteAllText(Path.Combine(tree.Path, "b"), "b");
        Assert.Equal(before, rig.LayerFolders());
    }

    [Fact]
    public async Task Pinned_Layer_OutlivesTheDaemonUntilItIsUnpinned()
    {
        await using var rig = new StorageRig();
        Digest layer;
        using (var tree = rig.Storage.Builds.CreateTree([]))
        {
            File.WriteAllText(Path.Combine(tree.Path, "f"), "f");
            layer = rig.Storage.Builds.Keep(tree, "step", Token);
        }

        await rig.ReopenAsync();
        await rig.Storage.Snapshots.StartAsync(new HashSet<ContainerId>(), Token);
        Assert.Equal(layer, rig.Storage.Builds.TryUsePinned("step"));
        rig.Storage.Builds.Release([layer]);

        rig.Storage.Builds.Unpin("step");
        var gone = Assert.Throws<EngineException>(() => rig.Storage.Builds.CreateTree([layer]));
        Assert.Equal(ErrorKind.NotFound, gone.Kind);
        Assert.Empty(rig.LayerFolders());
    }

    [Fact]
    public async Task CreateTree_LayerTwiceInAChain_IsMounted()
    {
        await using var rig = new StorageRig();
        var below = (await rig.ImportAsync(new TestTar().File("a", "a").Build())).LayerChain;
        using var tree = rig.Storage.Builds.CreateTree([.. below, .. below]);
        Assert.Equal("a", File.ReadAllText(Path.Combine(tree.Path, "a")));
    }

    private static ImageConfig Config(IReadOnlyList<Digest> layers) => new() { Architecture = "amd64", Os = "linux", RootFs = new RootFs { DiffIds = layers } };
}
