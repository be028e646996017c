using System.IO.Compression;
using System.Text;
using Boreal.Engine.Errors;
using Boreal.Engine.Transfers;
using Boreal.Oci.Content;
using Boreal.Tests.Linux.Images;

namespace Boreal.Tests.Linux.Transfers;

/// <summary>Pulls that break off, and registries that lie: what is left, and what the next try fetches.</summary>
public sealed class BrokenPullTests
{
    private static readonly byte[] Tar = new TestTar().File("a").Build();
    private static readonly byte[] Random = new TestTar().File("noise", Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(400_000))).Build();

    public static TheoryData<string, string> Refused => new()
    {
        { "wrong digest", "filesystem layer verification failed for digest sha256:" },
        { "wrong diff id", "layers from manifest don't match image configuration" },
        { "fewer layers than diff ids", "layers from manifest don't match image configuration" },
        { "truncated gzip", "" },
        { "escaping tar", "is outside of the layer's root" },
        { "foreign layer", "is a foreign layer" },
        { "xz", "is compressed with xz" },
        { "no image", "unsupported media type application/vnd.example" },
        { "windows", "image operating system \"windows\" cannot be used on this platform" },
        { "many layers", "max depth exceeded" },
        { "large manifest", "" },
        { "bomb", "decompression bomb" },
        { "no manifest", "manifest for " },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Pull_WhatIsNoHonestImage_SaysWhyAndLeavesNothing(string kind, string message)
    {
        await using var rig = new TransferRig { Options = new TransferOptions { LargestEmptyLayer = 8 << 20 } };
        Prepare(rig.Registry, kind);

        var refused = await rig.RefusedAsync("bad:1");

        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Images.List());
        Assert.Empty(rig.Storage.LayerFolders());
        Assert.DoesNotContain(rig.BlobFiles(), file => new FileInfo(Path.Combine(rig.ContentFolder, file)).Length > 100_000);
    }

    [Fact]
    public async Task Pull_CutOff_GoesOnWhereItBrokeAlsoAfterARestart()
    {
        await using var rig = new TransferRig();
        var source = new RemoteImage().Layer(Random);
        source.AddTo(rig.Registry, "a", "1");
        var digest = source.Layers[0].Digest;
        rig.Registry.Cuts[digest] = 100_000;
        Assert.Equal(ErrorKind.Remote, (await rig.RefusedAsync("a:1")).Kind);
        Assert.Empty(rig.Images.List());

        await rig.ReopenAsync();
        rig.Registry.Cuts.Clear();
        rig.Registry.Requests.Clear();
        await rig.PullAsync("a:1");

        Assert.Single(rig.Images.List());
        Assert.Contains(rig.Registry.Requests, request => request.Contains(digest.Value, StringComparison.Ordinal) && request.Contains("bytes=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pull_AfterOneThatFailed_DoesNotFetchFinishedBlobsAgain()
    {
        await using var rig = new TransferRig { Options = new TransferOptions { ConcurrentDownloads = 1 } };
        var source = new RemoteImage().Layer(Tar).Layer(Random);
        source.AddTo(rig.Registry, "a", "1");
        rig.Registry.Cuts[source.Layers[1].Digest] = 0;
        await rig.RefusedAsync("a:1");
        var fetched = rig.Registry.Fetches(source.Layers[0].Digest);

        await rig.ReopenAsync();
        rig.Registry.Cuts.Clear();
        await rig.PullAsync("a:1");

        Assert.True(fetched <= 1);
        Assert.Equal(1, rig.Registry.Fetches(source.Layers[0].Digest));
        Assert.Equal(2, rig.Find("a:1").LayerChain.Count);
    }

    [Theory]
    [InlineData("partial")]
    [InlineData("whole")]
    public async Task Pull_WithDamagedLeftovers_FetchesAnew(string kind)
    {
        await using var rig = new TransferRig();
        var source = new RemoteImage().Layer(Random);
        source.AddTo(rig.Registry, "a", "1");
        var digest = source.Layers[0].Digest;
        var path = Path.Combine(rig.ContentFolder, kind == "whole" ? $"blobs/sha256/{digest.Hex}" : $"partial/sha256-{digest.Hex}");
        await File.WriteAllBytesAsync(path, new byte[50_000], TestContext.Current.CancellationToken);

        await rig.PullAsync("a:1");

        Assert.Single(rig.Images.List());
        Assert.Equal(2, rig.BlobFiles().Count);
    }

    private static void Prepare(RemoteRegistry registry, string kind)
    {
        var gzip = RemoteImage.Gzip(Tar);
        var escaping = new TestTar().File("../../evil").Build();
        var described = new Descriptor { MediaType = MediaTypes.OciLayerGzip, Digest = Digest.OfSha256(gzip), Size = gzip.Length };
        switch (kind)
        {
            case "wrong digest":
                new RemoteImage().Layer(Digest.OfSha256(Tar), gzip, described with { Digest = Digest.OfSha256("other"u8) }).AddTo(registry, "bad", "1");
                break;
            case "wrong diff id":
                new RemoteImage().Layer(Digest.OfSha256("other"u8), gzip, described).AddTo(registry, "bad", "1");
                break;
            case "fewer layers than diff ids":
                new RemoteImage().Layer(Tar).Layer(escaping).AddTo(registry, "bad", "1");
                var (type, manifest) = registry.Manifests["bad:1"];
                registry.Add("bad", "1", type, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(manifest).Split(",{")[0] + "]}"));
                break;
            case "truncated gzip":
                var half = RemoteImage.Gzip(Random)[..100_000];
                new RemoteImage().Layer(Random, half, MediaTypes.OciLayerGzip).AddTo(registry, "bad", "1");
                break;
            case "escaping tar":
                new RemoteImage().Layer(escaping).AddTo(registry, "bad", "1");
                break;
            case "foreign layer":
                new RemoteImage().Layer(Digest.OfSha256(Tar), gzip, described with { Urls = ["https://elsewhere.example/layer"] }).AddTo(registry, "bad", "1");
                break;
            case "xz":
                new RemoteImage().Layer(Tar, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, .. new byte[100]], MediaTypes.OciLayerGzip).AddTo(registry, "bad", "1");
                break;
            case "no image":
                new RemoteImage { ConfigType = "application/vnd.example.config+json" }.Layer(Tar).AddTo(registry, "bad", "1");
                break;
            case "windows":
                new RemoteImage { Os = "windows" }.Layer(Tar).AddTo(registry, "bad", "1");
                break;
            case "many layers":
                var many = new RemoteImage();
                for (var i = 0; i < 10_000; i++)
                    many.Layer(Digest.OfSha256(Tar), gzip, described);
                many.AddTo(registry, "bad", "1");
                break;
            case "large manifest":
                registry.Add("bad", "1", MediaTypes.OciManifest, [.. "{}"u8, .. Enumerable.Repeat((byte)' ', 5 << 20)]);
                break;
            case "bomb":
                var zeros = new TestTar().File("zeros", new string('\0', 20 << 20)).Build();
                new RemoteImage().Layer(zeros, RemoteImage.Gzip(zeros, CompressionLevel.Optimal), MediaTypes.OciLayerGzip).AddTo(registry, "bad", "1");
                break;
        }
    }
}
