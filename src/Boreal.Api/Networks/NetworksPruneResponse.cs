namespace Boreal.Api.Networks;

/// <summary>Answer of <c>POST /networks/prune</c>: names.</summary>
public sealed record NetworksPruneResponse
{
    public IReadOnlyList<string>? NetworksDeleted { get; set; }
}
