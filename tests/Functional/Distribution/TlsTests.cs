using Boreal.Oci.Distribution;
using Boreal.Oci.Distribution.Hosts;
using Boreal.Tests.TestKit.Machine;
using Microsoft.AspNetCore.Http;

namespace Boreal.Tests.Functional.Distribution;

public sealed class TlsTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private readonly PeerAuthority _authority = new();
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Registry_OfAPrivateAuthority_IsTrustedWhenItIsNamed()
    {
        await using var peer = await StartAsync();
        Configure(peer, "ca = \"ca.pem\"");
        using var client = PeerRegistry.Client(Options);

        await client.Open(peer.Reference("a")).GetManifestAsync("1", Cancellation);
    }

    [Fact]
    public async Task Registry_ThatSignedItself_IsTrustedWhenItIsNamed()
    {
        var (certificate, pem) = PeerAuthority.SelfSigned();
        await using var peer = await PeerRegistry.StartAsync(certificate);
        peer.AddManifest("a", "1", "{}"u8.ToArray());
        Configure(peer, "ca = \"own.crt\"", ("own.crt", pem));
        using var client = PeerRegistry.Client(Options);

        await client.Open(peer.Reference("a")).GetManifestAsync("1", Cancellation);
    }

    [Fact]
    public async Task ClientCertificate_WithoutItsKey_IsRefusedPlainly()
    {
        await using var peer = await StartAsync();
        var (certificate, _) = _authority.SignPem("client");
        Configure(peer, "client = \"c.pem\"", ("c.pem", certificate));
        using var client = PeerRegistry.Client(Options);

        var failure = await Assert.ThrowsAsync<DistributionException>(() => client.Open(peer.Reference("a")).GetManifestAsync("1", Cancellation));

        Assert.StartsWith("the client certificate can't be used", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registry_OfAnUnknownAuthority_HasDockersWords()
    {
        await using var peer = await StartAsync();
        Configure(peer, "");
        using var client = PeerRegistry.Client(Options);

        var failure = await Assert.ThrowsAsync<DistributionException>(() => client.Open(peer.Reference("a")).GetManifestAsync("1", Cancellation));

        Assert.Equal($"Get \"https://{peer.Host}/v2/\": tls: failed to verify certificate: x509: certificate signed by unknown authority", failure.Message);
    }

    [Fact]
    public async Task Registry_OfAnotherAuthority_IsRefused()
    {
        using var other = new PeerAuthority();
        await using var peer = await PeerRegistry.StartAsync(other.Sign("registry"));
        Configure(peer, "ca = \"ca.pem\"");
        using var client = PeerRegistry.Client(Options);

        await Assert.ThrowsAsync<DistributionException>(() => client.Open(peer.Reference("a")).GetManifestAsync("1", Cancellation));
    }

    [Theory]
    [InlineData("skip_verify = true")]
    [InlineData(null)]
    public async Task Registry_ThatNeedsNoVerification_IsTaken(string? settings)
    {
        await using var peer = await StartAsync();
        if (settings is not null)
            Configure(peer, settings);
        using var client = PeerRegistry.Client(Options);

        await client.Open(peer.Reference("a")).GetManifestAsync("1", Cancellation);
    }

    [Fact]
    public async Task ClientCertificate_GoesToTheRegistry_AndNoFurther()
    {
        var shown = new List<string?>();
        await using var store = await StartAsync(asksForClientCertificate: true);
        store.Intercept = context =>
        {
            shown.Add(context.Connection.ClientCertificate?.Subject);
            return Task.FromResult(false);
        };
        await using var peer = await StartAsync(asksForClientCertificate: true);
        peer.Intercept = context =>
        {
            shown.Add(context.Connection.ClientCertificate?.Subject);
            if (context.Request.Path == "/v2/")
                return Task.FromResult(false);
            context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            context.Response.Headers.Location = $"https://{store.Host}{context.Request.Path}";
            return Task.FromResult(true);
        };
        var (certificate, key) = _authority.SignPem("client");
        Configure(peer, "ca = [\"ca.pem\"]\nclient = [[\"c.pem\", \"k.pem\"]]", ("c.pem", certificate), ("k.pem", key));
        using var client = PeerRegistry.Client(Options);

        await client.Open(peer.Reference("a")).GetManifestAsync("1", Cancellation);

        Assert.Equal(["CN=client", "CN=client", null], shown);
    }

    [Fact]
    public async Task Redirect_FromTlsToPlainHttp_IsRefused()
    {
        await using var store = await PeerRegistry.StartAsync();
        await using var peer = await StartAsync();
        peer.Intercept = context =>
        {
            if (context.Request.Path == "/v2/")
                return Task.FromResult(false);
            context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            context.Response.Headers.Location = $"http://{store.Host}{context.Request.Path}";
            return Task.FromResult(true);
        };
        Configure(peer, "ca = \"ca.pem\"");
        using var client = PeerRegistry.Client(Options);

        var failure = await Assert.ThrowsAsync<DistributionException>(() => client.Open(peer.Reference("a")).GetManifestAsync("1", Cancellation));

        Assert.Equal(DistributionErrorKind.Denied, failure.Kind);
        Assert.Empty(store.Requests);
    }

    [Fact]
    public async Task PlainRegistry_TalkedToByTls_HasDockersWords()
    {
        await using var peer = await PeerRegistry.StartAsync();
        Configure(peer, "");
        using var client = PeerRegistry.Client(Options);

        var failure = await Assert.ThrowsAsync<DistributionException>(() => client.Open(peer.Reference("a")).GetManifestAsync("1", Cancellation));

        Assert.Equal($"Get \"https://{peer.Host}/v2/\": http: server gave HTTP response to HTTPS client", failure.Message);
    }

    [Fact]
    public async Task Password_ForATokenServerWithoutTls_StaysHere()
    {
        await using var peer = await StartAsync();
        peer.Intercept = context =>
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"http://127.0.0.1:1/token\",service=\"s\"";
            return Task.FromResult(true);
        };
        Configure(peer, "ca = \"ca.pem\"");
        using var client = PeerRegistry.Client(Options);

        var failure = await Assert.ThrowsAsync<DistributionException>(() =>
            client.Open(peer.Reference("a"), new RegistryCredentials { Username = "u", Password = "p" }).GetManifestAsync("1", Cancellation));

        Assert.Contains("unencrypted", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _directory.Dispose();
    }

    private RegistryHostsOptions Options => new() { ConfigDirectory = _directory.Path };

    private async Task<PeerRegistry> StartAsync(bool asksForClientCertificate = false)
    {
        var peer = await PeerRegistry.StartAsync(_authority.Sign("registry"), asksForClientCertificate);
        peer.AddManifest("a", "1", "{}"u8.ToArray());
        return peer;
    }

    // Loopback needs no valid certificate by itself: a server that is named is held to the rules.
    private void Configure(PeerRegistry peer, string settings, params ReadOnlySpan<(string Name, string Content)> files)
    {
        var folder = Directory.CreateDirectory(_directory.File(peer.Host)).FullName;
        File.WriteAllText(Path.Combine(folder, "ca.pem"), _authority.Pem);
        File.WriteAllText(Path.Combine(folder, "hosts.toml"), $"server = \"https://{peer.Host}\"\n{settings}\n");
        foreach (var (name, content) in files)
            File.WriteAllText(Path.Combine(folder, name), content);
    }
}
