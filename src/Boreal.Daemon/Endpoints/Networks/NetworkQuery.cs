using Boreal.Daemon.Endpoints.Containers.Listing;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Errors;
using Boreal.Engine.Networks;

namespace Boreal.Daemon.Endpoints.Networks;

/// <summary>The filters of a list of networks, read once: what is malformed is found before any network is looked at.</summary>
internal sealed class NetworkQuery
{
    private readonly FilterSet _filters;
    private readonly PatternSet _names;
    private readonly PatternSet _ids;
    private readonly bool? _dangling;

    public NetworkQuery(FilterSet filters)
    {
        _filters = filters.Validate("dangling", "driver", "id", "label", "name", "scope", "type");
        _names = new PatternSet(filters.Get("name"));
        _ids = new PatternSet(filters.Get("id"));
        if (filters.Get("type").FirstOrDefault(type => type is not ("custom" or "builtin")) is { } unknown)
            throw new EngineException(ErrorKind.Invalid, $"invalid filter: 'type'='{unknown}'");
        _dangling = ParseDangling(filters.Get("dangling"));
    }

    /// <param name="network">The network.</param>
    /// <param name="used">Names of networks that a container is on or will be on when it runs.</param>
    public bool Matches(Network network, Lazy<HashSet<string>> used)
    {
        var definition = network.Definition;
        return _filters.Matches("driver", definition.Driver)
            && (_names.IsEmpty || _names.Matches(definition.Name))
            && (_ids.IsEmpty || _ids.Matches(definition.Id))
            && _filters.MatchesLabels("label", definition.Labels)
            && _filters.Matches("scope", definition.Scope)
            && _filters.Matches("type", definition.IsPredefined ? "builtin" : "custom")
            && (_dangling is null || _dangling == (!definition.IsPredefined && !used.Value.Contains(definition.Name)));
    }

    public static Lazy<HashSet<string>> Used(ContainerRegistry containers) =>
        new(() => containers.List().SelectMany(container => container.Spec.Network.Networks).Select(endpoint => endpoint.Network).ToHashSet(StringComparer.Ordinal));

    private static bool? ParseDangling(IReadOnlyList<string> values) => values switch
    {
        [] => null,
        ["true" or "1"] => true,
        ["false" or "0"] => false,
        [_] => throw new EngineException(ErrorKind.Invalid, "invalid value for filter 'dangling', must be \"true\" (or \"1\"), or \"false\" (or \"0\")"),
        _ => throw new EngineException(ErrorKind.Invalid, "got more than one value for filter key \"dangling\""),
    };
}
