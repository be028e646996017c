using System.Text.Json;
using Boreal.Build.Builds;
using Boreal.Oci.Content;
using Boreal.Oci.Images;

namespace Boreal.Build.Exchange;

/// <summary>How a cache is to be written.</summary>
internal sealed record CacheExportOptions
{
    /// <summary>Every step, not only those whose layers are in the result.</summary>
    public bool TakesAll { get; init; }

    public bool IgnoresFailure { get; init; }

    /// <summary>OCI's media types instead of Docker's.</summary>
    public bool IsOci { get; init; } = true;

    /// <summary>A manifest, which every registry takes; else an index, as BuildKit's once wrote.</summary>
    public bool IsManifest { get; init; } = true;

    /// <exception cref="BuildException">An option is wrong, or asks for what there is not.</exception>
    public static CacheExportOptions Read(CacheSource target)
    {
        var attributes = target.Attributes;
        if (attributes.GetValueOrDefault("compression", "gzip") is var compression and not "gzip")
            throw new BuildException($"compression {compression} is not supported for caches: use gzip");
        var isOci = Switch(attributes, "oci-mediatypes", true);
        return new CacheExportOptions
        {
            TakesAll = attributes.GetValueOrDefault("mode", "min") switch
            {
                "min" => false,
                "max" => true,
                var mode => throw new BuildException($"invalid mode {mode} of the cache: it is min or max"),
            },
            IgnoresFailure = Switch(attributes, "ignore-error", false),
            IsOci = isOci,
            IsManifest = Switch(attributes, "image-manifest", isOci),
        };
    }

    public string LayerType(string known) => (IsOci, known) switch
    {
        (true, MediaTypes.DockerLayerGzip) => MediaTypes.OciLayerGzip,
        (false, MediaTypes.OciLayerGzip) => MediaTypes.DockerLayerGzip,
        _ => known,
    };

    public (byte[] Content, string MediaType) Manifest(Descriptor config, IReadOnlyList<Descriptor> layers)
    {
        if (IsManifest)
        {
            var manifest = new ImageManifest { MediaType = MediaTypes.OciManifest, Config = config, Layers = layers };
            return (JsonSerializer.SerializeToUtf8Bytes(manifest, OciJson.Plain.ImageManifest), MediaTypes.OciManifest);
        }

        var type = IsOci ? MediaTypes.OciIndex : MediaTypes.DockerManifestList;
        var index = new ImageIndex { MediaType = type, Manifests = [.. layers, config] };
        return (JsonSerializer.SerializeToUtf8Bytes(index, OciJson.Plain.ImageIndex), type);
    }

    private static bool Switch(IReadOnlyDictionary<string, string> attributes, string name, bool usual) => attributes.GetValueOrDefault(name) switch
    {
        null => usual,
        "1" or "true" or "True" or "TRUE" or "t" or "T" => true,
        "0" or "false" or "False" or "FALSE" or "f" or "F" => false,
        var value => throw new BuildException($"failed to parse {name}: strconv.ParseBool: parsing \"{value}\": invalid syntax"),
    };
}
