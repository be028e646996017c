namespace Boreal.Api.Node;

/// <summary>The product an engine belongs to.</summary>
public sealed record VersionPlatform(string Name);
