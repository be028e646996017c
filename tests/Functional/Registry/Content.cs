using System.Security.Cryptography;
using System.Text;
using Boreal.Oci.Content;

namespace Boreal.Tests.Functional.Registry;

/// <summary>Blobs and manifests, made and pushed by hand.</summary>
internal static class Content
{
    public const string EmptyType = "application/vnd.oci.empty.v1+json";

    public static byte[] Random(int size, int seed = 1)
    {
        var content = new byte[size];
        new Random(seed).NextBytes(content);
        return content;
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Digest(byte[] content, string algorithm = "sha256") =>
        $"{algorithm}:{Convert.ToHexStringLower(algorithm == "sha512" ? SHA512.HashData(content) : SHA256.HashData(content))}";

    public static string Descriptor(string type, byte[] content, string algorithm = "sha256", string more = "") =>
        $$"""{"mediaType":"{{type}}","digest":"{{Digest(content, algorithm)}}","size":{{content.Length}}{{more}}}""";

    /// <summary>An OCI manifest; <paramref name="more"/> are further properties, each with a comma in front.</summary>
    public static byte[] Manifest(byte[] config, IEnumerable<byte[]> layers, string more = "", string configType = MediaTypes.OciConfig) => Bytes(
        $$"""
        {"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","config":{{Descriptor(configType, config)}},"layers":[{{string.Join(",", layers.Select(layer => Descriptor(MediaTypes.OciLayerGzip, layer)))}}]{{more}}}
        """);

    public static byte[] Index(IEnumerable<byte[]> manifests, string more = "") => Bytes(
        $$"""
        {"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{string.Join(",", manifests.Select(manifest => Descriptor(TypeOf(manifest), manifest)))}}]{{more}}}
        """);

    public static async Task<string> PushBlobAsync(this RunningRegistry registry, string name, byte[] content, string algorithm = "sha256")
    {
        var digest = Digest(content, algorithm);
        var answer = await registry.SendAsync(HttpMethod.Post, $"/v2/{name}/blobs/uploads/?digest={digest}", content);
        Assert.Equal(201, answer.Status);
        return digest;
    }

    public static Task<RegistryAnswer> PutManifestAsync(this RunningRegistry registry, string name, string reference, byte[] manifest, string? type = null) =>
        registry.SendAsync(HttpMethod.Put, $"/v2/{name}/manifests/{reference}", manifest, type ?? TypeOf(manifest));

    /// <summary>An image of one layer, with a tag.</summary>
    /// <returns>The manifest.</returns>
    public static async Task<byte[]> PushImageAsync(this RunningRegistry registry, string name, string tag, int seed = 1, string more = "")
    {
        byte[] config = Bytes("{}"), layer = Random(1000, seed);
        await registry.PushBlobAsync(name, config);
        await registry.PushBlobAsync(name, layer);
        var manifest = Manifest(config, [layer], more);
        Assert.Equal(201, (await registry.PutManifestAsync(name, tag, manifest)).Status);
        return manifest;
    }

    /// <summary>Begins an upload and returns its address.</summary>
    public static async Task<string> BeginUploadAsync(this RunningRegistry registry, string name, string query = "")
    {
        var answer = await registry.SendAsync(HttpMethod.Post, $"/v2/{name}/blobs/uploads/{query}");
        Assert.Equal(202, answer.Status);
        return answer["Location"] ?? throw new InvalidOperationException("no Location");
    }

    private static string TypeOf(byte[] manifest) =>
        Encoding.UTF8.GetString(manifest).Contains("\"manifests\"", StringComparison.Ordinal) ? MediaTypes.OciIndex : MediaTypes.OciManifest;
}
