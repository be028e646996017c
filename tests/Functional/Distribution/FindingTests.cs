using System.Text;
using Boreal.Oci.Content;
using Boreal.Oci.Distribution;
using Boreal.Oci.Distribution.Hosts;
using Boreal.Oci.Distribution.Transport;
using Boreal.Oci.References;

namespace Boreal.Tests.Functional.Distribution;

/// <summary>Catalog, search, referrers, and the way through a proxy.</summary>
public sealed class FindingTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_WhereTheRegistryHasOne_IsItsOwn()
    {
        await using var peer = await PeerRegistry.StartAsync();
        Answer(peer, "/v1/search", """{"num_results":1,"results":[{"name":"ann/web","description":"d","star_count":3,"is_official":true,"is_automated":false}]}""");
        using var client = PeerRegistry.Client();

        var found = await client.SearchAsync(peer.Host, "web", 7, null, Cancellation);

        Assert.Equal(new SearchResult { Name = "ann/web", Description = "d", StarCount = 3, IsOfficial = true }, Assert.Single(found));
        Assert.Contains(peer.Requests, request => request.Query == "?q=web&n=7");
    }

    [Fact]
    public async Task Search_WhereTheRegistryHasNone_LooksThroughItsCatalog()
    {
        await using var peer = await PeerRegistry.StartAsync();
        Answer(peer, "/v2/_catalog", """{"repositories":["ann/web","bob/db","web"]}""");
        using var client = PeerRegistry.Client();

        Assert.Equal(["ann/web", "web"], (await client.SearchAsync(peer.Host, "WEB", 25, null, Cancellation)).Select(result => result.Name));
        Assert.Single(await client.SearchAsync(peer.Host, "web", 1, null, Cancellation));
        Assert.Equal(3, await client.CatalogAsync(peer.Host, null, Cancellation).CountAsync(Cancellation));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Referrers_ByApiOrTag_AreFilteredByType(bool hasApi)
    {
        await using var peer = await PeerRegistry.StartAsync();
        var subject = Digest.OfSha256("subject"u8);
        var index = $$"""
            {"schemaVersion":2,"manifests":[
              {"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{Digest.OfSha256("a"u8)}}","size":1,"artifactType":"t/a"},
              {"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{Digest.OfSha256("b"u8)}}","size":1,"artifactType":"t/b"}]}
            """;
        if (hasApi)
            Answer(peer, $"/v2/a/referrers/{subject}", index);
        else
            peer.AddManifest("a", $"sha256-{subject.Hex}", Encoding.UTF8.GetBytes(index), MediaTypes.OciIndex);
        using var client = PeerRegistry.Client();
        var repository = client.Open(peer.Reference("a"));

        Assert.Equal(2, (await repository.ReferrersAsync(subject, null, Cancellation)).Count);
        Assert.Equal(Digest.OfSha256("b"u8), Assert.Single(await repository.ReferrersAsync(subject, "t/b", Cancellation)).Digest);
    }

    [Fact]
    public async Task Proxy_OfTheEnvironment_IsGoneThrough()
    {
        await using var proxy = await PeerRegistry.StartAsync();
        proxy.AddManifest("a", "1", "{}"u8.ToArray());
        using var directory = new TestKit.Machine.TemporaryDirectory();
        Directory.CreateDirectory(directory.File("registry.invalid:5000"));
        await File.WriteAllTextAsync(Path.Combine(directory.File("registry.invalid:5000"), "hosts.toml"), "server = \"http://registry.invalid:5000\"", Cancellation);
        using var client = PeerRegistry.Client(new RegistryHostsOptions { ConfigDirectory = directory.Path }, PeerRegistry.Impatient with { Proxy = EnvironmentProxy.Create(proxy.Host, null, null) });

        var manifest = await client.Open(ImageReference.Parse("registry.invalid:5000/a")).GetManifestAsync("1", Cancellation);

        Assert.Equal(2, manifest.Content.Length);
    }

    private static void Answer(PeerRegistry peer, string path, string json) => peer.Intercept = async context =>
    {
        if (context.Request.Path == "/v2/" || context.Request.Path.Value!.Contains("/manifests/", StringComparison.Ordinal))
            return false;
        await PeerRegistry.RefuseAsync(context, context.Request.Path == path ? 200 : 404, context.Request.Path == path ? json : "{}");
        return true;
    };
}
