using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Boreal.Tests.TestKit.Registries;

/// <summary>A registry's HTTP API without a client in between, which also sends what no client would.</summary>
public sealed class RawRegistry(string address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://{address}/"), Timeout = TimeSpan.FromMinutes(10) };

    public static string DigestOf(ReadOnlySpan<byte> content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Uploads a blob in one request; gives its digest.</summary>
    public async Task<string> PushBlobAsync(string repository, byte[] content)
    {
        var digest = DigestOf(content);
        await PushBlobAsync(repository, digest, new MemoryStream(content));
        return digest;
    }

    /// <summary>Uploads a blob of any size in one request.</summary>
    public async Task PushBlobAsync(string repository, string digest, Stream content)
    {
        using var begun = (await _http.PostAsync(new Uri($"v2/{repository}/blobs/uploads/", UriKind.Relative), null)).EnsureSuccessStatusCode();
        var session = new Uri(_http.BaseAddress ?? throw new InvalidOperationException("no address"), begun.Headers.Location ?? throw new InvalidDataException("no Location"));
        using var body = new StreamContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream"), ContentLength = content.Length } };
        var separator = session.Query.Length > 0 ? '&' : '?';
        using var put = (await _http.PutAsync(new Uri($"{session}{separator}digest={Uri.EscapeDataString(digest)}"), body)).EnsureSuccessStatusCode();
    }

    /// <summary>Puts a manifest under a tag; gives its digest.</summary>
    public async Task<string> PushManifestAsync(string repository, string tag, string manifest, string mediaType)
    {
        var content = Encoding.UTF8.GetBytes(manifest);
        using var body = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
        using var put = await _http.PutAsync(new Uri($"v2/{repository}/manifests/{tag}", UriKind.Relative), body);
        if (!put.IsSuccessStatusCode) throw new HttpRequestException($"{(int)put.StatusCode} {await put.Content.ReadAsStringAsync()}");
        return DigestOf(content);
    }

    /// <summary>A manifest's bytes as the registry has them.</summary>
    public async Task<byte[]> ManifestAsync(string repository, string reference)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"v2/{repository}/manifests/{reference}");
        foreach (var type in (string[])["application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json"])
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        using var response = (await _http.SendAsync(request)).EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync();
    }

    public async Task<IReadOnlyList<string>> TagsAsync(string repository)
    {
        using var json = JsonDocument.Parse(await _http.GetByteArrayAsync(new Uri($"v2/{repository}/tags/list", UriKind.Relative)));
        return [.. json.RootElement.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString() ?? "")];
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path) => _http.SendAsync(new HttpRequestMessage(method, path));

    public void Dispose() => _http.Dispose();
}
