using System.IO.Compression;
using System.Text.Json;
using Boreal.Oci.Content;
using Boreal.Oci.Images;

namespace Boreal.Tests.Linux.Transfers;

/// <summary>An image for a registry: layers, configuration and manifest, each of which a test may spoil.</summary>
internal sealed class RemoteImage
{
    private readonly List<(Descriptor Descriptor, byte[] Content)> _layers = [];
    private readonly List<Digest> _diffIds = [];

    public string Architecture { get; init; } = System.Runtime.InteropServices.RuntimeInformation.OSArchitecture is System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64";

    public string Os { get; init; } = "linux";

    public string ConfigType { get; init; } = MediaTypes.OciConfig;

    public IReadOnlyList<Descriptor> Layers => [.. _layers.Select(layer => layer.Descriptor)];

    public static byte[] Gzip(byte[] content, CompressionLevel level = CompressionLevel.Fastest)
    {
        var target = new MemoryStream();
        using (var gzip = new GZipStream(target, level, leaveOpen: true))
            gzip.Write(content);
        return target.ToArray();
    }

    public RemoteImage Layer(byte[] tar) => Layer(tar, Gzip(tar), MediaTypes.OciLayerGzip);

    public RemoteImage Layer(byte[] tar, byte[] blob, string type, string algorithm = "sha256") =>
        Layer(Digest.OfSha256(tar), blob, new Descriptor { MediaType = type, Digest = Digest.Of(algorithm, blob), Size = blob.Length });

    /// <summary>A layer whose parts need not fit.</summary>
    public RemoteImage Layer(Digest diffId, byte[] blob, Descriptor descriptor)
    {
        _diffIds.Add(diffId);
        _layers.Add((descriptor, blob));
        return this;
    }

    /// <summary>Gives the image to a registry; the manifest's descriptor.</summary>
    public Descriptor AddTo(RemoteRegistry registry, string name, string tag)
    {
        var config = Config();
        var configDescriptor = new Descriptor { MediaType = ConfigType, Digest = Digest.OfSha256(config), Size = config.Length };
        var manifest = JsonSerializer.SerializeToUtf8Bytes(
            new ImageManifest { MediaType = MediaTypes.OciManifest, Config = configDescriptor, Layers = Layers }, OciJson.Plain.ImageManifest);
        registry.Blobs[$"{name}@{configDescriptor.Digest}"] = config;
        foreach (var (descriptor, content) in _layers)
            registry.Blobs[$"{name}@{descriptor.Digest}"] = content;
        registry.Add(name, tag, MediaTypes.OciManifest, manifest);
        return new Descriptor { MediaType = MediaTypes.OciManifest, Digest = Digest.OfSha256(manifest), Size = manifest.Length };
    }

    private byte[] Config() => JsonSerializer.SerializeToUtf8Bytes(
        new ImageConfig { Architecture = Architecture, Os = Os, Config = new RunConfig { Cmd = ["x"] }, RootFs = new RootFs { DiffIds = _diffIds } }, OciJson.Plain.ImageConfig);
}
