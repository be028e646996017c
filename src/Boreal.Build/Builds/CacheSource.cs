namespace Boreal.Build.Builds;

/// <summary>Where a cache comes from or goes to: registry, local, inline, ...</summary>
internal sealed record CacheSource(string Kind, IReadOnlyDictionary<string, string> Attributes);
