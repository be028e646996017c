using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Boreal.Tests.TestKit.Registries;

/// <summary>An image written by hand and put into a registry: with it come layers that no builder makes.</summary>
public sealed class HandmadeImage
{
    public const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    public const string IndexType = "application/vnd.oci.image.index.v1+json";

    private readonly List<(byte[] Blob, string MediaType, string DiffId)> _layers = [];

    public string Architecture { get; init; } = "amd64";

    public string? Variant { get; init; }

    public string[] Command { get; init; } = ["sh"];

    /// <summary>Adds a tar as a gzip layer; the diff id is the tar's unless another is claimed.</summary>
    public HandmadeImage WithLayer(byte[] tar, string? claimedDiffId = null) =>
        WithBlob(Compressed(tar), claimedDiffId ?? RawRegistry.DigestOf(tar));

    /// <summary>Adds a layer as it is.</summary>
    public HandmadeImage WithBlob(byte[] blob, string diffId, string mediaType = "application/vnd.oci.image.layer.v1.tar+gzip")
    {
        _layers.Add((blob, mediaType, diffId));
        return this;
    }

    public static byte[] Compressed(byte[] tar)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest)) gzip.Write(tar);
        return output.ToArray();
    }

    /// <summary>Uploads everything; gives the manifest's digest. A null tag leaves it untagged.</summary>
    public async Task<string> PushAsync(RawRegistry registry, string repository, string? tag)
    {
        foreach (var layer in _layers) await registry.PushBlobAsync(repository, layer.Blob);
        var config = Config();
        await registry.PushBlobAsync(repository, config);
        var manifest = Manifest(config, [.. _layers.Select(layer => Described(layer.MediaType, layer.Blob))]);
        return await registry.PushManifestAsync(repository, tag ?? RawRegistry.DigestOf(System.Text.Encoding.UTF8.GetBytes(manifest)), manifest, ManifestType);
    }

    /// <summary>The config document.</summary>
    public byte[] Config()
    {
        var config = new JsonObject
        {
            ["architecture"] = Architecture,
            ["os"] = "linux",
            ["config"] = new JsonObject { ["Cmd"] = new JsonArray([.. Command.Select(word => JsonValue.Create(word))]) },
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray([.. _layers.Select(layer => JsonValue.Create(layer.DiffId))]) },
        };
        if (Variant is not null) config["variant"] = Variant;
        return System.Text.Encoding.UTF8.GetBytes(config.ToJsonString());
    }

    /// <summary>A manifest over these layers.</summary>
    public static string Manifest(byte[] config, IEnumerable<JsonNode> layers) => new JsonObject
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = ManifestType,
        ["config"] = Described("application/vnd.oci.image.config.v1+json", config),
        ["layers"] = new JsonArray([.. layers]),
    }.ToJsonString();

    /// <summary>An index over manifests that are in the registry already.</summary>
    public static string Index(IEnumerable<(string Digest, int Size, string Architecture, string? Variant)> manifests) => new JsonObject
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = IndexType,
        ["manifests"] = new JsonArray([.. manifests.Select(manifest =>
        {
            var platform = new JsonObject { ["architecture"] = manifest.Architecture, ["os"] = "linux" };
            if (manifest.Variant is not null) platform["variant"] = manifest.Variant;
            return new JsonObject { ["mediaType"] = ManifestType, ["digest"] = manifest.Digest, ["size"] = manifest.Size, ["platform"] = platform };
        })]),
    }.ToJsonString();

    /// <summary>A descriptor.</summary>
    public static JsonObject Described(string mediaType, byte[] content) => new()
    {
        ["mediaType"] = mediaType,
        ["digest"] = RawRegistry.DigestOf(content),
        ["size"] = JsonNode.Parse(content.Length.ToString(CultureInfo.InvariantCulture)),
    };
}
