using Boreal.Engine.Containers;

namespace Boreal.Engine.Volumes;

/// <summary>A volume somebody wants to have.</summary>
public sealed record VolumeRequest
{
    public const string LocalDriver = "local";

    /// <summary>Empty: an anonymous volume, which gets a name of 64 hex digits.</summary>
    public string Name { get; init; } = "";

    /// <summary>Empty: whichever driver a volume of that name has, or the local one.</summary>
    public string Driver { get; init; } = "";

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public IReadOnlyDictionary<string, string>? Options { get; init; }

    /// <summary>See <see cref="VolumeSpec.MadeFor"/>.</summary>
    public ContainerId? MadeFor { get; init; }
}
