using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Registries;

namespace Boreal.Tests.EndToEnd.Registries;

/// <summary>Our client and Debian's docker-registry over TLS with a private authority, with tokens, through <c>hosts.toml</c>; and ours with the same.</summary>
public sealed class ForeignRegistryTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly CertificateAuthority _authority = new();
    private readonly BorealDaemon _daemon;

    public ForeignRegistryTests() => _daemon = new BorealDaemon("--registry-config-dir", Directory.CreateDirectory(_directory.File("certs.d")).FullName);

    private DockerCli Docker => _daemon.Docker;

    public async ValueTask InitializeAsync()
    {
        await _daemon.StartAsync();
        await EngineUnderTest.ImportBusyboxAsync(Docker);
    }

    [Fact]
    public async Task PrivateAuthority_InTheRegistrysFolder_IsTrusted()
    {
        await using var registry = await DebianRegistry.StartAsync(new RegistryOptions { Host = OwnAddress.Find(), Authority = _authority, HasAccount = true });
        await Docker.OutputAsync("tag", EngineUnderTest.Image, $"{registry.Address}/team/web:1");

        var untrusted = await LoginAsync(registry.Address);
        Assert.NotEqual(0, untrusted.ExitCode);
        Assert.Contains("x509: certificate signed by unknown authority", untrusted.Stderr, StringComparison.Ordinal);

        Trust(registry.Address);
        (await LoginAsync(registry.Address)).Succeeded("docker login");
        await AssertTravelsAsync($"{registry.Address}/team/web:1");
    }

    [Fact]
    public async Task HostsFile_OfAName_LeadsToTheServerAndItsAuthority()
    {
        await using var registry = await DebianRegistry.StartAsync(new RegistryOptions { Authority = _authority });
        var folder = Directory.CreateDirectory(_directory.File("certs.d/images.example.test")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "hosts.toml"),
            $"""
            server = "https://{registry.Address}"

            [host."https://{registry.Address}"]
              capabilities = ["pull", "resolve", "push"]
              ca = "{_authority.AuthorityPath}"
            """,
            TestContext.Current.CancellationToken);
        await Docker.OutputAsync("tag", EngineUnderTest.Image, "images.example.test/team/web:1");
        await AssertTravelsAsync("images.example.test/team/web:1");
    }

    [Fact]
    public async Task Mirror_OfDockerHub_IsAskedFirst()
    {
        await using var mirror = await DebianRegistry.StartAsync();
        await using var daemon = new BorealDaemon("--registry-mirror", $"http://{mirror.Address}");
        await daemon.StartAsync();
        using (var raw = new RawRegistry(mirror.Address))
            await new HandmadeImage().WithLayer(await TestKit.Images.SmallTar.OfAsync("file", "mirrored")).PushAsync(raw, "library/mirrored", "1");
        await daemon.Docker.OutputAsync("pull", "-q", "mirrored:1");
        Assert.Contains("mirrored@sha256:", await daemon.Docker.InspectAsync("mirrored:1", "{{.RepoDigests}}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TokensOfOurs_OpenDebiansRegistry()
    {
        await File.WriteAllTextAsync(_directory.File("htpasswd"), RegistryOptions.PasswordFileLine, TestContext.Current.CancellationToken);
        await using var ours = await BorealRegistry.StartAsync(
            "--auth", "token", "--htpasswd", _directory.File("htpasswd"), "--token-issuer", "boreal-test", "--token-service", "ours", "--token-service", "debians");
        await using var debians = await DebianRegistry.StartAsync(new RegistryOptions
        {
            Tokens = new TokenService($"http://{ours.Address}/token", "debians", "boreal-test", Path.Combine(ours.Data, "access", "token-cert.pem")),
        });

        foreach (var address in (string[])[debians.Address, ours.Address])
        {
            var image = $"{address}/team/web:1";
            await Docker.OutputAsync("tag", EngineUnderTest.Image, image);
            Assert.NotEqual(0, (await Docker.RunAsync("push", image)).ExitCode);
            Assert.NotEqual(0, (await LoginAsync(address, "wrong")).ExitCode);
            (await LoginAsync(address)).Succeeded("docker login");
            await AssertTravelsAsync(image);
            await Docker.OutputAsync("logout", address);
            var refused = await Docker.RunAsync("pull", image);
            Assert.NotEqual(0, refused.ExitCode);
            Assert.DoesNotContain("secret", refused.Stderr, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task OurRegistry_OverTlsWithUsers_LetsOnlyThoseIn()
    {
        await File.WriteAllTextAsync(_directory.File("htpasswd"), RegistryOptions.PasswordFileLine, TestContext.Current.CancellationToken);
        await using var registry = await BorealRegistry.StartAsync(
            "--htpasswd", _directory.File("htpasswd"), "--tls-cert", _authority.CertificatePath, "--tls-key", _authority.KeyPath);
        Trust(registry.Address);
        var image = $"{registry.Address}/team/web:1";
        await Docker.OutputAsync("tag", EngineUnderTest.Image, image);
        Assert.Contains("no basic auth credentials", (await Docker.RunAsync("push", image)).Stderr, StringComparison.Ordinal);
        (await LoginAsync(registry.Address)).Succeeded("docker login");
        await AssertTravelsAsync(image);

        // skopeo trusts the same authority file and has the same account.
        Directory.CreateDirectory(_directory.File("trusted"));
        File.Copy(_authority.AuthorityPath, _directory.File("trusted/ca.crt"));
        Assert.Contains("\"1\"", await Command.Of(Requirements.Program("skopeo", "skopeo"),
            "list-tags", "--cert-dir", _directory.File("trusted"), "--creds", $"{RegistryOptions.User}:{RegistryOptions.Password}", $"docker://{registry.Address}/team/web").OutputAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Index_ByPlatform_GivesTheFittingImage()
    {
        await using var registry = await DebianRegistry.StartAsync();
        using var raw = new RawRegistry(registry.Address);
        var manifests = new List<(string, int, string, string?)>();
        foreach (var (architecture, variant) in ((string, string?)[])[("arm64", "v8"), ("amd64", null), ("arm", "v7"), ("arm", "v6")])
        {
            var digest = await new HandmadeImage { Architecture = architecture, Variant = variant }.WithLayer(await TestKit.Images.SmallTar.OfAsync("platform", architecture + variant)).PushAsync(raw, "team/all", null);
            manifests.Add((digest, (await raw.ManifestAsync("team/all", digest)).Length, architecture, variant));
        }

        var index = await raw.PushManifestAsync("team/all", "1", HandmadeImage.Index(manifests), HandmadeImage.IndexType);
        var image = $"{registry.Address}/team/all:1";
        foreach (var (platform, expected) in ((string, string)[])[("linux/amd64", "amd64"), ("linux/arm64", "arm64"), ("linux/arm/v7", "arm"), ("linux/arm/v6", "arm")])
        {
            await Docker.OutputAsync("pull", "-q", "--platform", platform, image);
            Assert.Equal(expected, await Docker.InspectAsync(image, "{{.Architecture}}"));
            Assert.Contains(index, await Docker.InspectAsync(image, "{{.RepoDigests}}"), StringComparison.Ordinal);
        }

        var missing = await Docker.RunAsync("pull", "--platform", "linux/s390x", image);
        Assert.Contains("no matching manifest for linux/s390x in the manifest list entries", missing.Stderr, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _daemon.DisposeAsync();
        _authority.Dispose();
        _directory.Dispose();
    }

    private void Trust(string address)
    {
        var folder = Directory.CreateDirectory(_directory.File($"certs.d/{address}")).FullName;
        File.Copy(_authority.AuthorityPath, Path.Combine(folder, "ca.crt"));
    }

    private Task<CommandResult> LoginAsync(string address, string password = RegistryOptions.Password) =>
        Docker.Command("login", "-u", RegistryOptions.User, "--password-stdin", address).WithStdin(password).RunAsync();

    private async Task AssertTravelsAsync(string image)
    {
        await Docker.OutputAsync("push", "-q", image);
        await Docker.OutputAsync("rmi", image);
        await Docker.OutputAsync("pull", "-q", image);
        Assert.Equal("arrived", await Docker.OutputAsync("run", "--rm", image, "echo", "arrived"));
        await Docker.OutputAsync("rmi", image);
    }
}
