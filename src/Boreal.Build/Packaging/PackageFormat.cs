using System.Text.RegularExpressions;
using Boreal.Build.Builds;
using Boreal.Notation;
using Boreal.Oci.Content;

namespace Boreal.Build.Packaging;

/// <summary>How an image is to be written down, as the options of an export say.</summary>
internal sealed partial class PackageFormat
{
    private readonly List<(string Place, string Platform, string Key, string Value)> _annotations = [];

    private PackageFormat()
    {
    }

    /// <summary>The image spec's own media types, instead of Docker's older ones.</summary>
    public bool IsOci { get; private init; }

    /// <summary>Configurations describe the steps that gave their layers.</summary>
    public bool CarriesCache { get; private init; }

    /// <exception cref="BuildException">An option is malformed, or asks for what is not to be had.</exception>
    public static PackageFormat Read(ExportRequest request)
    {
        var attributes = request.Attributes;
        var compression = attributes.GetValueOrDefault("compression", "gzip");
        if (compression != "gzip")
            throw new BuildException($"compression \"{compression}\" is not supported: Boreal writes layers as gzip");
        var annotations = attributes.Select(pair => (Match: Annotation().Match(pair.Key), pair.Value)).Where(pair => pair.Match.Success).ToList();
        var format = new PackageFormat { IsOci = request.Kind == "oci" || annotations.Count > 0 || Flag(attributes, "oci-mediatypes"), CarriesCache = request.CarriesCache };
        foreach (var (match, value) in annotations)
            format._annotations.Add((match.Groups["place"].Value, match.Groups["platform"].Value, match.Groups["key"].Value, value));
        return format;
    }

    /// <summary>Null when there are none.</summary>
    /// <param name="place">manifest, index, manifest-descriptor, index-descriptor.</param>
    /// <param name="platform">What a manifest is for; empty for an index.</param>
    public IReadOnlyDictionary<string, string>? Annotations(string place, string platform = "")
    {
        var chosen = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var annotation in _annotations.Where(each => (each.Place.Length == 0 ? "manifest" : each.Place) == place && (each.Platform.Length == 0 || each.Platform == platform)))
            chosen[annotation.Key] = annotation.Value;
        return chosen.Count == 0 ? null : chosen;
    }

    public string ManifestType => IsOci ? MediaTypes.OciManifest : MediaTypes.DockerManifest;

    public string IndexType => IsOci ? MediaTypes.OciIndex : MediaTypes.DockerManifestList;

    public string ConfigType => IsOci ? MediaTypes.OciConfig : MediaTypes.DockerConfig;

    /// <summary>What a layer is called beside the other parts.</summary>
    public string LayerType(string type) => type switch
    {
        MediaTypes.OciLayerGzip or MediaTypes.DockerLayerGzip => IsOci ? MediaTypes.OciLayerGzip : MediaTypes.DockerLayerGzip,
        MediaTypes.OciLayer when !IsOci => "application/vnd.docker.image.rootfs.diff.tar",
        "application/vnd.docker.image.rootfs.diff.tar" when IsOci => MediaTypes.OciLayer,
        _ => type,
    };

    public static bool Flag(IReadOnlyDictionary<string, string> attributes, string name) =>
        attributes.TryGetValue(name, out var text) && (text.Length == 0 || (GoNumbers.TryParseBoolean(text, out var flag) ? flag : throw new BuildException($"non-bool value specified for {name}: {text}")));

    [GeneratedRegex(@"^annotation(-(?<place>manifest|index|manifest-descriptor|index-descriptor))?(\[(?<platform>[^\]]+)\])?\.(?<key>.+)$")]
    private static partial Regex Annotation();
}
