namespace Boreal.Api.Containers;

/// <summary>A host device node shown in the container.</summary>
public sealed record DeviceMapping
{
    public string PathOnHost { get; set; } = "";

    public string PathInContainer { get; set; } = "";

    public string CgroupPermissions { get; set; } = "";
}
