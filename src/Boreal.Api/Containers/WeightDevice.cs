namespace Boreal.Api.Containers;

/// <summary>Relative I/O weight of a block device.</summary>
public sealed record WeightDevice
{
    public string Path { get; set; } = "";

    public ushort Weight { get; set; }
}
