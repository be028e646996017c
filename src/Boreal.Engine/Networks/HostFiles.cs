namespace Boreal.Engine.Networks;

/// <summary>The host's own files about names.</summary>
public sealed record HostFiles(string Hosts, string Resolver);
