using Boreal.Api.Apps;
using Boreal.Orchestrator.Routes;

namespace Boreal.Orchestrator.Balancing;

/// <summary>Everything a balancer needs to know of one service at one revision.</summary>
public sealed record ServiceEndpoints
{
    /// <summary><c>app/service</c>: the service's identity.</summary>
    public required string Service { get; init; }

    public string App { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>Of these endpoints; grows with each change.</summary>
    public required long Revision { get; init; }

    public IReadOnlyList<EndpointPort> Ports { get; init; } = [];

    public IReadOnlyList<EndpointNetwork> Networks { get; init; } = [];

    public IReadOnlyList<EndpointBackend> Backends { get; init; } = [];

    public IReadOnlyList<HttpRoute> Routes { get; init; } = [];

    /// <summary>How requests are treated that come by <see cref="Routes"/> and by ports of HTTP.</summary>
    public HttpSettings Http { get; init; } = new();
}
