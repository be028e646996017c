using Boreal.Oci.Content;
using Boreal.Tests.Linux.Images;

namespace Boreal.Tests.Linux.Transfers;

public sealed class ImagePusherTests
{
    private static readonly byte[] Small = new TestTar().File("small").Build();
    private static readonly byte[] Large = new TestTar().File("large", Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6_000_000))).Build();

    [Theory]
    [InlineData("small")]
    [InlineData("large")]
    public async Task Push_ImportedImage_CanBePulledElsewhere(string size)
    {
        await using var rig = new TransferRig();
        await rig.Storage.ImportAsync(size == "small" ? Small : Large, $"{rig.Registry.Address}/a:1");

        var told = await rig.PushAsync("a:1");

        var image = rig.Find("a:1");
        Assert.Equal($"The push refers to repository [{rig.Registry.Address}/a]", told[0]);
        Assert.Contains($"{image.LayerChain[0].Short}: Pushed", told);
        Assert.StartsWith($"1: digest: {Digest.OfSha256(rig.Registry.Manifests["a:1"].Content)} size: ", told[^2], StringComparison.Ordinal);
        Assert.Single(image.RepoDigests);
        await using var other = new StorageOf(rig);
        Assert.Equal(image.Id, await other.PullAsync("a:1"));
    }

    [Fact]
    public async Task Push_Again_SendsNothing()
    {
        await using var rig = new TransferRig();
        await rig.Storage.ImportAsync(Large, $"{rig.Registry.Address}/a:1");
        await rig.PushAsync("a:1");
        rig.Registry.Requests.Clear();

        var told = await rig.PushAsync("a:1");

        Assert.Contains(told, line => line.EndsWith("Layer already exists", StringComparison.Ordinal));
        Assert.DoesNotContain(rig.Registry.Requests, request => request.StartsWith("POST", StringComparison.Ordinal) || request.StartsWith("PATCH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Push_LayerOfANeighbour_IsMounted()
    {
        await using var rig = new TransferRig();
        await rig.Storage.ImportAsync(Large, $"{rig.Registry.Address}/team/a:1");
        await rig.PushAsync("team/a:1");
        rig.Images.Tag(rig.Find("team/a:1"), Engine.Images.ImageStore.ParseReference($"{rig.Registry.Address}/b:1"));

        var told = await rig.PushAsync("b:1");

        Assert.Contains(told, line => line.EndsWith("Mounted from team/a", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Push_PulledImageToAnotherRegistry_KeepsItsManifest()
    {
        await using var rig = new TransferRig();
        await using var other = new RemoteRegistry();
        var manifest = new RemoteImage().Layer(Small).Layer(Large).AddTo(rig.Registry, "a", "1");
        await rig.PullAsync("a:1");
        rig.Images.Tag(rig.Find("a:1"), Engine.Images.ImageStore.ParseReference($"{other.Address}/copy:1"));

        await rig.PushAsync("copy:1", other);

        Assert.Equal(manifest.Digest, Digest.OfSha256(other.Manifests["copy:1"].Content));
    }

    [Fact]
    public async Task Push_WhoseStreamBreaks_SendsTheWhole()
    {
        await using var rig = new TransferRig();
        await rig.Storage.ImportAsync(Large, $"{rig.Registry.Address}/a:1");
        rig.Registry.FailingPatches = 1;

        await rig.PushAsync("a:1");

        Assert.True(rig.Registry.Manifests.ContainsKey("a:1"));
    }

    [Fact]
    public async Task Push_WhatIsNotHere_SaysSo()
    {
        await using var rig = new TransferRig();
        await rig.Storage.ImportAsync(Small, $"{rig.Registry.Address}/a:1");

        Assert.Equal($"tag does not exist: {rig.Registry.Address}/a:2", (await Assert.ThrowsAsync<Engine.Errors.EngineException>(() => rig.PushAsync("a:2"))).Message);
        Assert.Equal($"An image does not exist locally with the tag: {rig.Registry.Address}/b", (await Assert.ThrowsAsync<Engine.Errors.EngineException>(() => rig.PushAsync("b:1"))).Message);
    }

    /// <summary>Another engine that shares the rig's registry.</summary>
    private sealed class StorageOf(TransferRig origin) : IAsyncDisposable
    {
        private readonly TransferRig _rig = new();

        public async Task<Engine.Images.ImageId> PullAsync(string name)
        {
            foreach (var (key, blob) in origin.Registry.Blobs)
                _rig.Registry.Blobs[key] = blob;
            foreach (var (key, manifest) in origin.Registry.Manifests)
                _rig.Registry.Manifests[key] = manifest;
            await _rig.PullAsync(name);
            return _rig.Find(name).Id;
        }

        public ValueTask DisposeAsync() => _rig.DisposeAsync();
    }
}
