using Boreal.Oci.Distribution;
using Boreal.Oci.Distribution.Hosts;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.Unit.Oci.Distribution;

public sealed class RegistryHostsTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task DockerHub_WithoutConfiguration_IsItsOwnHost()
    {
        var endpoint = Assert.Single(await ResolveAsync("docker.io"));

        Assert.Equal(("https://registry-1.docker.io/v2", false, false), (endpoint.Root.AbsoluteUri, endpoint.AllowsPlainHttp, endpoint.Tls.SkipVerify));
    }

    [Theory]
    [InlineData("127.0.0.1:5000", true)]
    [InlineData("localhost:5000", true)]
    [InlineData("[::1]:5000", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("10.2.2.3", false)]
    [InlineData("named.invalid:5000", true)]
    [InlineData("named.invalid", false)]
    public async Task PlainHttp_IsForLoopbackAndWhatIsNamed(string domain, bool isAllowed)
    {
        var endpoint = Assert.Single(await ResolveAsync(domain, new RegistryHostsOptions { InsecureRegistries = ["10.1.0.0/16", "named.invalid:5000"] }));

        Assert.Equal((isAllowed, isAllowed), (endpoint.AllowsPlainHttp, endpoint.Tls.SkipVerify));
    }

    [Fact]
    public async Task Mirrors_OfDockerHub_ComeFirstAndDoNotPush()
    {
        var options = new RegistryHostsOptions { Mirrors = ["https://10.9.9.9/hub/", "http://10.9.9.8:5000"] };

        var endpoints = await ResolveAsync("docker.io", options);

        Assert.Equal(["https://10.9.9.9/hub/v2", "http://10.9.9.8:5000/v2", "https://registry-1.docker.io/v2"], endpoints.Select(endpoint => endpoint.Root.AbsoluteUri));
        Assert.Equal([true, true, false], endpoints.Select(endpoint => endpoint.IsMirror));
        Assert.Equal([false, false, true], endpoints.Select(endpoint => endpoint.Can(EndpointCapabilities.Push)));
        Assert.Single(await ResolveAsync("10.0.0.1", options));
    }

    [Theory]
    [InlineData("mirror", "invalid mirror: \"mirror\" is not a valid URI")]
    [InlineData("ftp://m", "invalid mirror: unsupported scheme \"ftp\" in \"ftp://m\"")]
    [InlineData("https://m?q", "invalid mirror: query or fragment at end of the URI \"https://m?q\"")]
    [InlineData("https://u:p@m", "invalid mirror: username/password not allowed in URI")]
    public void Mirror_WrittenWrongly_IsRefusedAtOnce(string mirror, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => new RegistryHosts(new RegistryHostsOptions { Mirrors = [mirror] })).Message);

    [Fact]
    public async Task HostsFile_WithMirrors_IsFollowedInItsOrder()
    {
        using var directory = new TemporaryDirectory();
        Write(directory, "docker.io", "ca.pem", "authority");
        Write(directory, "docker.io", "hosts.toml", """
            server = "https://hub.example"
            [host."https://mirror.example/cache"]
              capabilities = ["pull", "resolve"]
              ca = "ca.pem"
              [host."https://mirror.example/cache".header]
                X-Key = ["a", "b"]
            [host."http://10.0.0.1:5000/exact"]
              override_path = true
              skip_verify = true
            """);

        var endpoints = await ResolveAsync("docker.io", new RegistryHostsOptions { ConfigDirectory = directory.Path, Mirrors = ["https://ignored.example"] });

        Assert.Equal(["https://mirror.example/cache/v2", "http://10.0.0.1:5000/exact", "https://hub.example/v2"], endpoints.Select(endpoint => endpoint.Root.AbsoluteUri));
        Assert.Equal(["docker.io", "docker.io", null], endpoints.Select(endpoint => endpoint.Namespace));
        Assert.Equal([true, true, false], endpoints.Select(endpoint => endpoint.IsMirror));
        Assert.Equal((EndpointCapabilities.Pull | EndpointCapabilities.Resolve, "authority"), (endpoints[0].Capabilities, endpoints[0].Tls.Authorities));
        Assert.Equal(["X-Key=a", "X-Key=b"], endpoints[0].Headers.Select(header => $"{header.Key}={header.Value}"));
        Assert.True(endpoints[1].Tls.SkipVerify);
        Assert.Equal(EndpointCapabilities.All, endpoints[2].Capabilities);
    }

    [Fact]
    public async Task HostsFile_WithoutServer_EndsWithTheRegistryItself()
    {
        using var directory = new TemporaryDirectory();
        Write(directory, "_default", "hosts.toml", "[host.\"https://mirror.example\"]\n");

        var endpoints = await ResolveAsync("10.0.0.1:5000", new RegistryHostsOptions { ConfigDirectory = directory.Path });

        Assert.Equal(["https://mirror.example/v2", "https://10.0.0.1:5000/v2"], endpoints.Select(endpoint => endpoint.Root.AbsoluteUri));
    }

    [Theory]
    [InlineData("server = 1979-05-27", "line 1")]
    [InlineData("[host.\"https://a\"]\ncapabilities = [\"fly\"]", "unknown capability fly")]
    [InlineData("[host.\"ftp://a\"]", "'ftp://a' is not the address of a registry")]
    [InlineData("ca = \"absent.pem\"", "absent.pem")]
    [InlineData("skip_verify = \"yes\"", "skip_verify is not a boolean")]
    public async Task HostsFile_ThatMakesNoSense_IsNamedInTheError(string text, string reason)
    {
        using var directory = new TemporaryDirectory();
        Write(directory, "10.0.0.1_5000_", "hosts.toml", text);

        var failure = await Assert.ThrowsAsync<DistributionException>(() => ResolveAsync("10.0.0.1:5000", new RegistryHostsOptions { ConfigDirectory = directory.Path }));

        Assert.StartsWith(Path.Combine(directory.Path, "10.0.0.1_5000_", "hosts.toml"), failure.Message, StringComparison.Ordinal);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DockersCertificateFiles_AreRead()
    {
        using var directory = new TemporaryDirectory();
        Write(directory, "10.0.0.1:5000", "ca.crt", "one");
        Write(directory, "10.0.0.1:5000", "client.cert", "certificate");
        Write(directory, "10.0.0.1:5000", "client.key", "key");

        var endpoint = Assert.Single(await ResolveAsync("10.0.0.1:5000", new RegistryHostsOptions { ConfigDirectory = directory.Path }));

        Assert.Equal(new TlsSettings { Authorities = "one", ClientCertificate = "certificate", ClientKey = "key" }, endpoint.Tls);
    }

    [Theory]
    [InlineData("client.cert", "missing key client.key for client certificate client.cert. CA certificates must use the extension .crt")]
    [InlineData("client.key", "missing client certificate client.cert for key client.key")]
    public async Task DockersCertificateFiles_WithHalfAPair_AreRefused(string file, string message)
    {
        using var directory = new TemporaryDirectory();
        Write(directory, "10.0.0.1:5000", file, "x");

        var failure = await Assert.ThrowsAsync<DistributionException>(() => ResolveAsync("10.0.0.1:5000", new RegistryHostsOptions { ConfigDirectory = directory.Path }));

        Assert.Equal(message, failure.Message);
    }

    [Theory]
    [InlineData("https://index.docker.io/v1/", "docker.io")]
    [InlineData("", "docker.io")]
    [InlineData("docker.io", "docker.io")]
    [InlineData("127.0.0.1:5000", "127.0.0.1:5000")]
    [InlineData("http://127.0.0.1:5000/v2/", "127.0.0.1:5000")]
    [InlineData("https://r.example/path", "r.example")]
    public void DomainOf_WhatPeopleLogInTo_IsTheRegistry(string address, string domain) => Assert.Equal(domain, RegistryHosts.DomainOf(address));

    private static Task<IReadOnlyList<RegistryEndpoint>> ResolveAsync(string domain, RegistryHostsOptions? options = null) =>
        new RegistryHosts(options ?? new RegistryHostsOptions()).ResolveAsync(domain, Cancellation).AsTask();

    private static void Write(TemporaryDirectory directory, string registry, string file, string content)
    {
        Directory.CreateDirectory(directory.File(registry));
        File.WriteAllText(Path.Combine(directory.File(registry), file), content);
    }
}
