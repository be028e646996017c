namespace Boreal.Api.Containers;

/// <summary>A request for devices to be chosen by a driver, for example GPUs.</summary>
public sealed record DeviceRequest
{
    public string Driver { get; init; } = "";

    public int Count { get; init; }

    public IReadOnlyList<string>? DeviceIDs { get; init; }

    public IReadOnlyList<IReadOnlyList<string>>? Capabilities { get; init; }

    public IReadOnlyDictionary<string, string>? Options { get; init; }
}
