namespace Boreal.Orchestrator.Routes;

/// <summary>One way for a rule to fit.</summary>
internal sealed record RuleTerm
{
    /// <summary>One of them; empty for every host.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Empty for every path.</summary>
    public string PathPrefix { get; init; } = "";

    /// <summary>What fits both; null when that cannot be said as one term.</summary>
    public RuleTerm? And(RuleTerm other)
    {
        if ((Hosts.Count > 0 && other.Hosts.Count > 0) || (PathPrefix.Length > 0 && other.PathPrefix.Length > 0)) return null;
        return new RuleTerm { Hosts = Hosts.Count > 0 ? Hosts : other.Hosts, PathPrefix = PathPrefix.Length > 0 ? PathPrefix : other.PathPrefix };
    }
}
