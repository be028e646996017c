namespace Boreal.Build.Graph;

/// <summary>A ulimit; -1 is no limit.</summary>
public sealed record ResourceLimit(string Name, long Soft, long Hard);
