namespace Boreal.Engine.Containers.Spec;

/// <summary>Options of a volume mount.</summary>
public sealed record VolumeMountSpec
{
    public bool NoCopy { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public string Subpath { get; init; } = "";

    /// <summary>The client named a driver, if perhaps an empty one.</summary>
    public bool HasDriver { get; init; }

    public string Driver { get; init; } = "";

    public IReadOnlyDictionary<string, string>? DriverOptions { get; init; }
}
