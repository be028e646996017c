using System.Text.Json;
using Boreal.Oci.Content;
using Boreal.Oci.Images;
using Boreal.Tests.Linux.Images;
using Boreal.Tests.TestKit.Waiting;
using ZstdSharp;

namespace Boreal.Tests.Linux.Transfers;

public sealed class ImagePullerTests
{
    private static readonly byte[] First = new TestTar().File("first").Build();
    private static readonly byte[] Second = new TestTar().File("second", new string('s', 300_000)).Build();

    [Fact]
    public async Task Pull_Tag_GivesTheImageItsNamesAndItsFiles()
    {
        await using var rig = new TransferRig();
        var source = new RemoteImage().Layer(First).Layer(Second);
        var manifest = source.AddTo(rig.Registry, "team/a", "1");

        var told = await rig.PullAsync("team/a:1");

        var image = rig.Find("team/a:1");
        Assert.Equal([$"{rig.Registry.Address}/team/a@{manifest.Digest}"], image.RepoDigests);
        Assert.True(File.Exists(Path.Combine(rig.Images.Folders(image).Upper, "second")));
        Assert.Equal("1: Pulling from team/a", told[0]);
        foreach (var status in (string[])["Pulling fs layer", "Downloading", "Verifying Checksum", "Download complete", "Extracting", "Pull complete"])
            Assert.Contains($"{source.Layers[1].Digest.Short}: {status}", told);
        Assert.Equal([$"Digest: {manifest.Digest}", $"Status: Downloaded newer image for {rig.Registry.Address}/team/a:1"], told.TakeLast(2));
    }

    [Fact]
    public async Task Pull_WithAWarningOfTheRegistry_TellsItOnce()
    {
        await using var rig = new TransferRig();
        rig.Registry.Warning = "quota 90 %";
        new RemoteImage().Layer(First).AddTo(rig.Registry, "a", "1");

        var told = await rig.PullAsync("a:1");

        Assert.Equal("Warning: quota 90 %", told[^2]);
        Assert.Single(told, line => line.Contains("quota", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pull_Again_IsUpToDateAndFetchesNoBlobs()
    {
        await using var rig = new TransferRig();
        var source = new RemoteImage().Layer(First);
        source.AddTo(rig.Registry, "a", "1");
        await rig.PullAsync("a:1");

        var told = await rig.PullAsync("a:1");

        Assert.Equal($"Status: Image is up to date for {rig.Registry.Address}/a:1", told[^1]);
        Assert.Equal(1, rig.Registry.Fetches(source.Layers[0].Digest));
    }

    [Fact]
    public async Task Pull_ByDigest_GivesNoTag()
    {
        await using var rig = new TransferRig();
        var manifest = new RemoteImage().Layer(First).AddTo(rig.Registry, "a", "1");

        await rig.PullAsync($"a@{manifest.Digest}");

        Assert.Empty(rig.Find($"a@{manifest.Digest}").RepoTags);
        Assert.Equal(rig.Find($"a@{manifest.Digest}").Id, rig.Find($"a:other@{manifest.Digest}").Id);
    }

    [Fact]
    public async Task Pull_WithoutTag_PullsAll()
    {
        await using var rig = new TransferRig();
        new RemoteImage().Layer(First).AddTo(rig.Registry, "a", "1");
        new RemoteImage().Layer(Second).AddTo(rig.Registry, "a", "2");

        await rig.PullAsync("a");

        Assert.Equal(2, rig.Images.List().Count);
    }

    [Fact]
    public async Task Pull_TagThatMoved_LeavesTheOldImageItsDigestOnly()
    {
        await using var rig = new TransferRig();
        new RemoteImage().Layer(First).AddTo(rig.Registry, "a", "1");
        await rig.PullAsync("a:1");
        var old = rig.Find("a:1");
        new RemoteImage().Layer(Second).AddTo(rig.Registry, "a", "1");

        await rig.PullAsync("a:1");

        Assert.NotEqual(old.Id, rig.Find("a:1").Id);
        Assert.Empty(rig.Images.Find(old.Id.ToString()).RepoTags);
    }

    [Fact]
    public async Task Pull_Index_TakesThePlatformAskedFor()
    {
        await using var rig = new TransferRig();
        var ours = new RemoteImage().Layer(First).AddTo(rig.Registry, "a", "ours") with { Platform = new Platform { Os = "linux", Architecture = new RemoteImage().Architecture } };
        var other = new RemoteImage { Architecture = "s390x" }.Layer(Second).AddTo(rig.Registry, "a", "other") with { Platform = new Platform { Os = "linux", Architecture = "s390x" } };
        var index = JsonSerializer.SerializeToUtf8Bytes(new ImageIndex { MediaType = MediaTypes.OciIndex, Manifests = [other, ours] }, OciJson.Plain.ImageIndex);
        rig.Registry.Add("a", "all", MediaTypes.OciIndex, index);

        await rig.PullAsync("a:all");
        Assert.Equal(ours.Platform.Architecture, rig.Find("a:all").Config.Architecture);
        Assert.Contains($"{rig.Registry.Address}/a@{Digest.OfSha256(index)}", rig.Find("a:all").RepoDigests);

        await rig.PullAsync("a:all", "linux/s390x");
        Assert.Equal("s390x", rig.Find("a:all").Config.Architecture);
        Assert.Equal("no matching manifest for linux/riscv64 in the manifest list entries", (await rig.RefusedAsync("a:all", "linux/riscv64")).Message);
    }

    [Fact]
    public async Task Pull_OtherPlatformThanAskedFor_KeepsTheImageAndSaysSo()
    {
        await using var rig = new TransferRig();
        new RemoteImage { Architecture = "s390x" }.Layer(First).AddTo(rig.Registry, "a", "1");

        var refused = await rig.RefusedAsync("a:1", "linux/riscv64");

        Assert.Equal($"image with reference {rig.Registry.Address}/a:1 was found but does not match the specified platform: wanted linux/riscv64, actual: linux/s390x", refused.Message);
        Assert.Single(rig.Images.List());
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("plain")]
    [InlineData("sha512")]
    [InlineData("sha512 plain")]
    public async Task Pull_LayersOfOtherForms_AreTaken(string form)
    {
        await using var rig = new TransferRig();
        using var compressor = new Compressor();
        (form switch
        {
            "zstd" => new RemoteImage().Layer(Second, compressor.Wrap(Second).ToArray(), MediaTypes.OciLayerZstd),
            "plain" => new RemoteImage().Layer(Second, Second, MediaTypes.OciLayer),
            "sha512" => new RemoteImage().Layer(Second, RemoteImage.Gzip(Second), MediaTypes.OciLayerGzip, "sha512"),
            _ => new RemoteImage().Layer(Second, Second, MediaTypes.OciLayer, "sha512"),
        }).AddTo(rig.Registry, "a", "1");

        await rig.PullAsync("a:1");

        Assert.True(File.Exists(Path.Combine(rig.Images.Folders(rig.Find("a:1")).Upper, "second")));
    }

    [Fact]
    public async Task Pull_TheSameLayerTwiceAtOnce_FetchesItOnce()
    {
        await using var rig = new TransferRig();
        var gate = new TaskCompletionSource();
        var source = new RemoteImage().Layer(Second);
        source.AddTo(rig.Registry, "a", "1");
        new RemoteImage().Layer(Second).Layer(First).AddTo(rig.Registry, "b", "1");
        rig.Registry.Gate = gate.Task;

        var pulls = new[] { rig.PullAsync("a:1"), rig.PullAsync("b:1") };
        gate.SetResult();
        await Task.WhenAll(pulls);

        Assert.Equal(1, rig.Registry.Fetches(source.Layers[0].Digest));
        Assert.Equal(2, rig.Images.List().Count);
    }

    [Fact]
    public async Task Pull_WhoseFetcherGivesUp_GoesOnForTheOthers()
    {
        await using var rig = new TransferRig();
        var gate = new TaskCompletionSource();
        new RemoteImage().Layer(Second).AddTo(rig.Registry, "a", "1");
        using var impatient = new CancellationTokenSource();
        await rig.PullAsync("a:1");
        var config = rig.Registry.Requests.Count;
        rig.Storage.Storage.Remover.Remove($"{rig.Registry.Address}/a:1", force: true, prune: true);
        rig.Registry.Gate = gate.Task;

        var first = rig.PullUntilAsync("a:1", null, impatient.Token);
        var second = rig.PullAsync("a:1");
        await Eventually.HoldsAsync(() => Task.FromResult(rig.Registry.Requests.Count >= config + 4), "both ask");
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        await second;

        Assert.Single(rig.Images.List());
    }

    [Fact]
    public async Task Remove_LastImageOfABlob_RemovesItsFiles()
    {
        await using var rig = new TransferRig();
        new RemoteImage().Layer(First).AddTo(rig.Registry, "a", "1");
        new RemoteImage().Layer(First).Layer(Second).AddTo(rig.Registry, "b", "1");
        await rig.PullAsync("a:1");
        await rig.PullAsync("b:1");
        Assert.Equal(4, rig.BlobFiles().Count);

        rig.Storage.Storage.Remover.Remove($"{rig.Registry.Address}/b:1", force: false, prune: true);
        Assert.Equal(2, rig.BlobFiles().Count);
        rig.Storage.Storage.Remover.Remove($"{rig.Registry.Address}/a:1", force: false, prune: true);
        Assert.Empty(rig.BlobFiles());
        Assert.Empty(rig.Storage.LayerFolders());
    }
}
