namespace Boreal.Engine.Networks.Dns;

/// <summary>Whose names a sandbox sees, and where its other questions go.</summary>
internal sealed record ResolverSettings
{
    /// <summary>The networks the sandbox is on, in the order they are searched.</summary>
    public required IReadOnlyList<(string Id, string Name)> Networks { get; init; }

    /// <summary>In the order they are asked.</summary>
    public IReadOnlyList<UpstreamServer> Upstreams { get; init; } = [];

    /// <summary>The sandbox's own names for others (links): from alias to name.</summary>
    public IReadOnlyDictionary<string, string> Links { get; init; } = new Dictionary<string, string>();

    /// <summary>Questions are passed on; not on internal networks.</summary>
    public bool Forwards { get; init; } = true;

    /// <summary>The container asked for <c>ndots</c> above 0: names without a dot are not passed on, it will ask again with a search domain.</summary>
    public bool KeepsSingleLabels { get; init; }
}
