namespace Boreal.Api.Containers;

/// <summary>A request for devices to be chosen by a driver, for example GPUs.</summary>
public sealed record DeviceRequest
{
    public string Driver { get; set; } = "";

    public int Count { get; set; }

    public IReadOnlyList<string>? DeviceIDs { get; set; }

    public IReadOnlyList<IReadOnlyList<string>>? Capabilities { get; set; }

    public IReadOnlyDictionary<string, string>? Options { get; set; }
}
