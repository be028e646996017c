namespace Boreal.Engine.Containers.Spec;

/// <summary>A host device node shown in the container; permissions are a subset of <c>rwm</c>.</summary>
public sealed record DeviceMapping(string PathOnHost, string PathInContainer, string CgroupPermissions);
