using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Registries;

namespace Boreal.Tests.EndToEnd.Builds;

/// <summary>Results that go elsewhere or are for other machines; and what builds may do.</summary>
public sealed class PackageTests(EngineUnderTest engine) : IAsyncLifetime
{
    private const string Image = "boreal-package";

    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await engine.Docker.RunAsync("rmi", "--force", Image);
        _folder.Dispose();
    }

    [Fact]
    public async Task Push_SeveralPlatforms_IsAnIndexOverThem()
    {
        await using var registry = await BorealRegistry.StartAsync();
        var name = $"{registry.Address}/several:1";
        await WriteAsync("FROM scratch\nARG TARGETARCH\nCOPY Dockerfile /$TARGETARCH\n");
        await BuildAsync("--push", "--tag", name, "--platform", "linux/arm64,linux/amd64", "--annotation", "index:made=here", ".");

        var index = await ManifestAsync(registry, "several", "1");
        Assert.Equal(["amd64", "arm64"], index["manifests"]?.AsArray().Select(entry => $"{entry?["platform"]?["architecture"]}").Order());
        Assert.Equal("here", $"{index["annotations"]?["made"]}");

        // On this base, again for the other machine.
        await WriteAsync($"FROM {name}\nCOPY Dockerfile /second\n");
        await BuildAsync("--tag", Image, "--platform", "linux/arm64", ".");
        Assert.Equal("arm64 2", await engine.Docker.OutputAsync("image", "inspect", "--format", "{{.Architecture}} {{len .RootFS.Layers}}", Image));
        await engine.Docker.RunAsync("rmi", "--force", name);
    }

    [Fact]
    public async Task Push_OneImage_KeepsItsAnnotationsAndDigest()
    {
        await using var registry = await BorealRegistry.StartAsync();
        var name = $"{registry.Address}/one:1";
        await WriteAsync("FROM scratch\nCOPY Dockerfile /\n");
        await BuildAsync("--push", "--tag", name, "--annotation", "made=here", "--metadata-file", "metadata", ".");

        Assert.Equal("here", $"{(await ManifestAsync(registry, "one", "1"))["annotations"]?["made"]}");
        var digest = $"{JsonNode.Parse(await File.ReadAllTextAsync(_folder.File("metadata"), Token))?["containerimage.digest"]}";
        Assert.Equal($"[{registry.Address}/one@{digest}]", await engine.Docker.OutputAsync("image", "inspect", "--format", "{{.RepoDigests}}", name));
        await engine.Docker.RunAsync("rmi", "--force", name);
    }

    [Theory]
    [InlineData("oci")]
    [InlineData("docker")]
    public async Task Output_Archive_LoadsAsTheSameImage(string kind)
    {
        await WriteAsync("FROM busybox\nRUN echo made > /made\n");
        await BuildAsync("--output", $"type={kind},dest=image.tar,name={Image}", ".");
        await engine.Docker.OutputAsync("load", "--input", _folder.File("image.tar"));
        Assert.Equal("made", await engine.Docker.OutputAsync("run", "--rm", Image, "cat", "/made"));
    }

    [Fact]
    public async Task Outputs_OfOneBuild_AreAllWritten()
    {
        await WriteAsync("FROM busybox\nRUN echo made > /made\n");
        await BuildAsync("--output", "type=local,dest=files", "--output", "type=tar,dest=files.tar", "--output", $"type=docker,name={Image}", ".");

        Assert.Equal("made\n", await File.ReadAllTextAsync(_folder.File("files/made"), Token));
        Assert.Equal("made", await Command.Of("tar", "-xOf", _folder.File("files.tar"), "made").OutputAsync());
        Assert.Equal("made", await engine.Docker.OutputAsync("run", "--rm", Image, "cat", "/made"));
    }

    [Fact]
    public async Task Context_LayoutOfTheClient_IsABase()
    {
        await WriteAsync("FROM busybox\nENV WHO=layout\nRUN echo made > /made\n");
        await BuildAsync("--output", "type=oci,dest=layout,tar=false", ".");
        await WriteAsync("FROM base\nRUN echo $WHO $(cat /made) > /second\n");
        await BuildAsync("--tag", Image, "--build-context", $"base=oci-layout://{_folder.File("layout")}", ".");
        Assert.Equal("layout made", await engine.Docker.OutputAsync("run", "--rm", Image, "cat", "/second"));
    }

    [Fact]
    public async Task Entitlements_NotGiven_AreToldBeforeAnythingRuns()
    {
        await WriteAsync("FROM busybox\nRUN --network=host ls /sys/class/net > /links\n");
        await FailsAsync("failed to load LLB: network.host is not allowed", ".");
        await BuildAsync("--allow", "network.host", "--tag", Image, ".");
        await FailsAsync("granting entitlement security.insecure is not allowed by build daemon configuration", "--allow", "security.insecure", ".");
        await WriteAsync("FROM scratch\nCOPY Dockerfile /\nRUN true\n");
        await FailsAsync("linux/s390x does not run on this machine: install an emulator for it", "--platform", "linux/s390x", ".");
    }

    private Task WriteAsync(string dockerfile) => File.WriteAllTextAsync(_folder.File("Dockerfile"), dockerfile, Token);

    private Task<string> BuildAsync(params string[] arguments) => Docker(["build", "--quiet", .. arguments]).OutputAsync();

    private async Task FailsAsync(string reason, params string[] arguments)
    {
        var result = await Docker(["build", .. arguments]).RunAsync();
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(reason, result.Stderr, StringComparison.Ordinal);
    }

    private static async Task<JsonNode> ManifestAsync(BorealRegistry registry, string repository, string tag)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{registry.Address}/v2/{repository}/manifests/{tag}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/vnd.oci.image.index.v1+json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/vnd.oci.image.manifest.v1+json"));
        using var response = await client.SendAsync(request, Token);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Token)) ?? throw new InvalidOperationException("the registry answered nothing");
    }

    private Command Docker(params string[] arguments)
    {
        var plugins = Directory.CreateDirectory(_folder.File("config/cli-plugins")).FullName;
        var plugin = Path.Combine(plugins, "docker-buildx");
        if (!File.Exists(plugin))
            File.CreateSymbolicLink(plugin, Requirements.DockerPlugin("docker-buildx"));
        return new DockerCli(engine.Docker.Host, _folder.File("config")).Command(arguments).In(_folder.Path);
    }
}
