namespace Boreal.Build.Graph;

/// <summary>A device by its CDI name.</summary>
public sealed record DeviceRequest(string Name, bool IsOptional);
