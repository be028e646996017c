namespace Boreal.Build.Builds;

/// <summary>Where a result goes.</summary>
/// <param name="Kind">moby and image (this engine's images), docker, oci, local, tar.</param>
/// <param name="Attributes">name (several with commas), push, unpack, ...</param>
/// <param name="Index">Its place among the build's exports, by which the client knows where its files go.</param>
internal sealed record ExportRequest(string Kind, IReadOnlyDictionary<string, string> Attributes, int Index)
{
    /// <summary>Whether an image is to carry what its steps are known by.</summary>
    public bool CarriesCache { get; init; }
}
