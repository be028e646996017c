namespace Boreal.Build.Graph;

/// <summary>A line of the hosts file.</summary>
public sealed record HostAddress(string Name, string Address);
