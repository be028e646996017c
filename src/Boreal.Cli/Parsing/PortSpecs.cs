using Boreal.Api.Containers;
using Boreal.Notation;

namespace Boreal.Cli.Parsing;

/// <summary><c>-p</c> and <c>--expose</c>, gathered.</summary>
internal sealed class PortSpecs
{
    private readonly SortedDictionary<string, List<PortBinding>> _bindings = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _exposed = new(StringComparer.Ordinal);

    /// <summary>Ports as <c>80/tcp</c>.</summary>
    public IReadOnlyCollection<string> Exposed => _exposed;

    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding>?> Bindings =>
        _bindings.ToDictionary(entry => entry.Key, entry => (IReadOnlyList<PortBinding>?)entry.Value, StringComparer.Ordinal);

    public void Publish(string spec)
    {
        if (spec.Contains('=', StringComparison.Ordinal)) spec = FromNamedParts(spec);
        foreach (var mapping in PortSpec.Parse(spec))
        {
            _exposed.Add(mapping.Key);
            if (!_bindings.TryGetValue(mapping.Key, out var bindings)) _bindings[mapping.Key] = bindings = [];
            bindings.Add(new PortBinding { HostIp = mapping.HostIp, HostPort = mapping.HostPort });
        }
    }

    public void Expose(string spec) => _exposed.UnionWith(PortSpec.ParseExposed(spec));

    private static string FromNamedParts(string spec)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal) { ["protocol"] = "tcp" };
        foreach (var part in spec.Split(','))
        {
            var equals = part.IndexOf('=');
            if (equals <= 0) throw new FormatException($"invalid publish opts format (should be name=value but got '{part}')");
            parts[part[..equals]] = part[(equals + 1)..];
        }

        return $"{parts.GetValueOrDefault("published")}:{parts.GetValueOrDefault("target")}/{parts["protocol"]}";
    }
}
