namespace Boreal.Api.Containers;

/// <summary>Bytes or operations per second on a block device.</summary>
public sealed record ThrottleDevice
{
    public string Path { get; set; } = "";

    public ulong Rate { get; set; }
}
