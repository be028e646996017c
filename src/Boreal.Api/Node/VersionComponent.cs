namespace Boreal.Api.Node;

/// <summary>One part of the engine, with what it says about itself.</summary>
public sealed record VersionComponent(string Name, string Version, IReadOnlyDictionary<string, string>? Details);
