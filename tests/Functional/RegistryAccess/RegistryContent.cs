using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Boreal.Oci.Content;

namespace Boreal.Tests.Functional.RegistryAccess;

/// <summary>Small content, pushed by hand.</summary>
internal static class RegistryContent
{
    public static async Task<Digest> PushBlobAsync(SiteFixture site, string repository, AuthenticationHeaderValue? authorization, byte[] content)
    {
        var digest = Digest.OfSha256(content);
        using var body = new ByteArrayContent(content);
        using var response = await site.SendAsync(HttpMethod.Post, $"/v2/{repository}/blobs/uploads/?digest={digest}", authorization, body);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return digest;
    }

    /// <summary>An image of one layer, tagged "latest"; returns the manifest's digest.</summary>
    public static async Task<Digest> PushImageAsync(SiteFixture site, string repository, AuthenticationHeaderValue? authorization, string layer = "layer")
    {
        var config = await PushBlobAsync(site, repository, authorization, "{}"u8.ToArray());
        var blob = await PushBlobAsync(site, repository, authorization, Encoding.UTF8.GetBytes(layer));
        var manifest = $$"""
            {"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}",
            "config":{"mediaType":"{{MediaTypes.OciConfig}}","digest":"{{config}}","size":2},
            "layers":[{"mediaType":"{{MediaTypes.OciLayer}}","digest":"{{blob}}","size":{{Encoding.UTF8.GetByteCount(layer)}}}]}
            """;
        using var body = new StringContent(manifest, new MediaTypeHeaderValue(MediaTypes.OciManifest));
        using var response = await site.SendAsync(HttpMethod.Put, $"/v2/{repository}/manifests/latest", authorization, body);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return Digest.OfSha256(Encoding.UTF8.GetBytes(manifest));
    }

    public static async Task<string> ReadAsync(SiteFixture site, string path, AuthenticationHeaderValue? authorization)
    {
        using var response = await site.SendAsync(HttpMethod.Get, path, authorization);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
