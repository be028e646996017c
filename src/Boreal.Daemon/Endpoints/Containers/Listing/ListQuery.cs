using System.Globalization;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;

namespace Boreal.Daemon.Endpoints.Containers.Listing;

/// <summary>The filters of a list, read once: what is malformed is found before any container is looked at.</summary>
internal sealed class ListQuery
{
    private static readonly string[] States = ["paused", "restarting", "running", "dead", "created", "exited", "removing"];
    private static readonly string[] HealthStates = ["starting", "healthy", "unhealthy", "none"];

    private readonly FilterSet _filters;
    private readonly PatternSet _names;
    private readonly HashSet<int> _exitCodes = [];
    private readonly HashSet<PortSpec> _published;
    private readonly HashSet<PortSpec> _exposed;

    public ListQuery(FilterSet filters)
    {
        _filters = filters.Validate(
            "ancestor", "before", "exited", "expose", "health", "id", "is-task", "isolation", "label", "name", "network", "publish", "since", "status", "volume");
        _names = new PatternSet(filters.Get("name"));
        foreach (var code in filters.Get("exited"))
            _exitCodes.Add(ParseCode(code));
        if (filters.Get("status").FirstOrDefault(state => !States.Contains(state)) is { } unknown)
            throw FilterSet.InvalidValue("status", unknown);
        if (filters.Get("health").FirstOrDefault(health => !HealthStates.Contains(health)) is { } unrecognized)
            throw new EngineException(ErrorKind.Invalid, $"unrecognized filter value for health: {unrecognized}");
        WantsTasks = filters.GetBool("is-task", whenMissing: false);
        _published = ParsePorts("publish");
        _exposed = ParsePorts("expose");
    }

    /// <summary>Asking for a state means asking for containers in it, running or not.</summary>
    public bool ImpliesAll => _filters.Has("status");

    /// <summary>Tasks belong to a cluster: a node alone has none.</summary>
    public bool WantsTasks { get; }

    public IReadOnlyList<string> Before => _filters.Get("before");

    public IReadOnlyList<string> Since => _filters.Get("since");

    public IReadOnlyList<string> Ancestors => _filters.Get("ancestor");

    public bool Matches(Container container, ISet<string>? ancestorImages)
    {
        var spec = container.Spec;
        var status = container.Status;
        return (_names.IsEmpty || _names.Matches("/" + spec.Name) || _names.Matches(spec.Name))
            && _filters.MatchesAny("id", prefix => spec.Id.Value.StartsWith(prefix, StringComparison.Ordinal))
            && _filters.MatchesLabels("label", spec.Labels)
            && (_exitCodes.Count == 0 || (_exitCodes.Contains(status.ExitCode) && !status.IsRunning && status.StartedAt is not null))
            && _filters.Matches("status", StatusText.StateOf(status))
            && _filters.Matches("health", status.Health is { } health ? StatusText.HealthOf(health) : "none")
            && (ancestorImages is null || ancestorImages.Contains(spec.ImageId))
            && _filters.MatchesAny("network", wanted => IsOn(container, wanted))
            && _filters.MatchesAny("volume", wanted => HasMount(spec.Storage, wanted))
            && MatchesPorts(container);
    }

    private static bool IsOn(Container container, string wanted) =>
        container.Spec.Network.Networks.Any(endpoint => endpoint.Network == wanted)
        || (wanted.Length > 0 && container.Status.Network?.On(wanted) is not null);

    private static bool HasMount(StorageSpec storage, string wanted) =>
        storage.MountPoints.Any(point => point.Destination == wanted || point.Name == wanted || (point.Name.Length == 0 && point.Source == wanted));

    private bool MatchesPorts(Container container)
    {
        if (_published.Count == 0 && _exposed.Count == 0)
            return true;
        return Inspecting.NetworkView.PortList(container).Any(port =>
            _published.Contains(new PortSpec(port.PublicPort, port.Type)) || _exposed.Contains(new PortSpec(port.PrivatePort, port.Type)));
    }

    private HashSet<PortSpec> ParsePorts(string key)
    {
        var ports = new HashSet<PortSpec>();
        foreach (var value in _filters.Get(key))
        {
            try
            {
                ports.UnionWith(Create.PortNotation.ParseExposed(value));
            }
            catch (EngineException)
            {
                throw new EngineException(ErrorKind.Invalid, $"error while looking up for {key} {value}: strconv.ParseUint: parsing \"{value}\": invalid syntax");
            }
        }
        return ports;
    }

    private static int ParseCode(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code)
            ? code
            : throw new EngineException(ErrorKind.Invalid, $"invalid filter 'exited={text}': strconv.Atoi: parsing \"{text}\": invalid syntax");
}
