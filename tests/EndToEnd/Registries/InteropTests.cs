using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Registries;

namespace Boreal.Tests.EndToEnd.Registries;

/// <summary>Other people's clients push to our registry, pull from it and read its files.</summary>
public sealed class InteropTests(EngineUnderTest engine) : IAsyncLifetime
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    private readonly TemporaryDirectory _directory = new();
    private BorealRegistry? _registry;

    private BorealRegistry Registry => _registry ?? throw new InvalidOperationException("the registry was not started");

    private string Web => $"{Registry.Address}/team/web";

    public async ValueTask InitializeAsync()
    {
        _registry = await BorealRegistry.StartAsync();
        await engine.Docker.OutputAsync("save", "-o", _directory.File("busybox.tar"), EngineUnderTest.Image);
        await SkopeoAsync($"copy -q --dest-tls-verify=false docker-archive:{_directory.File("busybox.tar")} docker://{Web}:1");
    }

    [Theory]
    [InlineData("--format oci")]
    [InlineData("--format v2s2")]
    [InlineData("--format oci --dest-compress-format zstd")]
    [InlineData("--format oci --dest-decompress")]
    public async Task Skopeo_CopyOfAnyFormat_ComesBackTheSame(string format)
    {
        await SkopeoAsync($"copy -q {format} --dest-tls-verify=false docker-archive:{_directory.File("busybox.tar")} docker://{Web}:copy");
        await SkopeoAsync($"copy -q --src-tls-verify=false --dest-tls-verify=false docker://{Web}:copy docker://{Registry.Address}/other/web:copy");
        await SkopeoAsync($"copy -q --src-tls-verify=false docker://{Registry.Address}/other/web:copy dir:{_directory.File("copy")}");

        using var raw = new RawRegistry(Registry.Address);
        var pushed = await raw.ManifestAsync("team/web", "copy");
        Assert.Equal(pushed, await raw.ManifestAsync("other/web", "copy"));
        Assert.Equal(pushed, await File.ReadAllBytesAsync(_directory.File("copy/manifest.json"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Skopeo_Delete_TakesTheImageAway()
    {
        await SkopeoAsync($"copy -q --src-tls-verify=false --dest-tls-verify=false docker://{Web}:1 docker://{Registry.Address}/team/gone:1");
        await SkopeoAsync($"delete --tls-verify=false docker://{Registry.Address}/team/gone:1");
        using var raw = new RawRegistry(Registry.Address);
        Assert.Empty(await raw.TagsAsync("team/gone"));
        Assert.NotEmpty(await raw.ManifestAsync("team/web", "1"));
    }

    [Fact]
    public async Task Skopeo_OnTheRegistrysFolder_ReadsAnOciLayout()
    {
        // skopeo reads OCI manifests out of layouts, Docker's it passes over.
        await SkopeoAsync($"copy -q --format oci --dest-tls-verify=false docker-archive:{_directory.File("busybox.tar")} docker://{Web}:1");
        var digest = await SkopeoAsync($"inspect --format {{{{.Digest}}}} oci:{Registry.Data}/repositories/team/web:1");
        Assert.Equal(await SkopeoAsync($"inspect --tls-verify=false --format {{{{.Digest}}}} docker://{Web}:1"), digest);
    }

    [Fact]
    public async Task Skopeo_SyncOfARepository_CopiesEveryTag()
    {
        await SkopeoAsync($"copy -q --src-tls-verify=false --dest-tls-verify=false docker://{Web}:1 docker://{Web}:2");
        await SkopeoAsync($"sync --src docker --dest dir --src-tls-verify=false {Web} {_directory.File("all")}");
        Assert.Equal(["web:1", "web:2"], Directory.GetDirectories(_directory.File("all")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Podman_PullAndPush_KeepTheImage()
    {
        await ToolAsync("podman", $"pull -q --tls-verify=false {Web}:1");
        await ToolAsync("podman", $"push -q --tls-verify=false {Web}:1 {Registry.Address}/team/podman:1");
        await engine.Docker.OutputAsync("pull", "-q", $"{Registry.Address}/team/podman:1");
        Assert.Equal("by podman", await engine.Docker.OutputAsync("run", "--rm", $"{Registry.Address}/team/podman:1", "echo", "by podman"));
        await engine.Docker.OutputAsync("rmi", $"{Registry.Address}/team/podman:1");
    }

    [Fact]
    public async Task Buildah_CommitAndPush_MakeAnImageForUs()
    {
        var container = await ToolAsync("buildah", $"from -q --tls-verify=false {Web}:1");
        await ToolAsync("buildah", $"config --env MADE_BY=buildah --cmd env {container}");
        await File.WriteAllTextAsync(_directory.File("added"), "added by buildah", TestContext.Current.CancellationToken);
        await ToolAsync("buildah", $"copy -q {container} {_directory.File("added")} /added");
        await ToolAsync("buildah", $"commit -q --tls-verify=false {container} docker://{Registry.Address}/team/buildah:1");
        var image = $"{Registry.Address}/team/buildah:1";
        await engine.Docker.OutputAsync("pull", "-q", image);
        Assert.Contains("MADE_BY=buildah", await engine.Docker.OutputAsync("run", "--rm", image), StringComparison.Ordinal);
        Assert.Equal("added by buildah", await engine.Docker.OutputAsync("run", "--rm", image, "cat", "/added"));
        await engine.Docker.OutputAsync("rmi", image);
    }

    [Fact]
    public async Task Buildah_ManifestList_IsPulledByPlatform()
    {
        await ToolAsync("buildah", $"pull -q --tls-verify=false {Web}:1");
        await ToolAsync("buildah", "manifest create all");
        await ToolAsync("buildah", $"manifest add --tls-verify=false --arch amd64 all docker://{Web}:1");
        await ToolAsync("buildah", $"manifest push -q --all --tls-verify=false all docker://{Registry.Address}/team/all:1");
        await engine.Docker.OutputAsync("pull", "-q", $"{Registry.Address}/team/all:1");
        Assert.Equal("amd64", await engine.Docker.OutputAsync("image", "inspect", "-f", "{{.Architecture}}", $"{Registry.Address}/team/all:1"));
        await engine.Docker.OutputAsync("rmi", $"{Registry.Address}/team/all:1");
    }

    public async ValueTask DisposeAsync()
    {
        if (_registry is not null) await _registry.DisposeAsync();
        // podman's storage is bind mounted on itself.
        await Mounts.DetachAsync(_directory.Path);
        _directory.Dispose();
    }

    private static Task<string> SkopeoAsync(string arguments) => Command.Of(Requirements.Program("skopeo", "skopeo"), arguments.Split(' ')).Within(Long).OutputAsync();

    private Task<string> ToolAsync(string program, string arguments) => Command
        .Of(Requirements.Program(program, program), ["--root", _directory.File("storage"), "--runroot", _directory.File("run"), "--storage-driver", "vfs", .. arguments.Split(' ')])
        .Within(Long).OutputAsync();
}
