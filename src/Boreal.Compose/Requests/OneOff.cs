using Boreal.Api.Apps;
using Boreal.Api.Containers;
using Boreal.Compose.Canonical;
using Boreal.Compose.Loading;
using Boreal.Compose.Projects;
using Boreal.Compose.Yaml;

namespace Boreal.Compose.Requests;

/// <summary>The container of <c>run</c>: its service's, changed as the command line says.</summary>
internal sealed class OneOff(Project project, OneOffOptions options)
{
    /// <param name="service">A service of the project.</param>
    /// <param name="name">What the container is called.</param>
    /// <param name="slug">What makes it one of a kind.</param>
    public ContainerCreateRequest Make(string service, string name, string slug)
    {
        var node = (MappingNode)(project.Services.Mapping(service) ?? new MappingNode(SourcePosition.None)).Copy();
        Change(node);
        var spec = new ServiceRequests(project).Make(service, node);
        var request = SlotContainer.Of(spec, name, 1);
        var labels = new SortedDictionary<string, string>(request.Labels?.ToDictionary() ?? [], StringComparer.Ordinal) { [ComposeLabels.OneOff] = "True", [ComposeLabels.Slug] = slug };
        return request with
        {
            AttachStdin = options.IsInteractive,
            OpenStdin = options.IsInteractive,
            StdinOnce = options.IsInteractive,
            Labels = labels,
            HostConfig = (request.HostConfig ?? new HostConfig()) with { AutoRemove = options.RemovesItself },
            NetworkingConfig = options.KeepsAliases ? request.NetworkingConfig : WithName(request.NetworkingConfig, name),
        };
    }

    private void Change(MappingNode node)
    {
        foreach (var key in (ReadOnlySpan<string>)["restart", "container_name", "scale", "depends_on"]) node.Remove(key);
        node.Mapping("deploy")?.Remove("restart_policy");
        if (!options.KeepsPorts) node.Remove("ports");
        if (options.Entrypoint is { } entrypoint)
        {
            node.Set("entrypoint", ScalarNode.Of(entrypoint));
            if (options.Command.Count is 0) node.Remove("command");
        }

        if (options.Command.Count > 0) node.Set("command", ListOf(options.Command));
        if (options.User.Length > 0) node.Set("user", ScalarNode.Of(options.User));
        if (options.WorkingDirectory.Length > 0) node.Set("working_dir", ScalarNode.Of(options.WorkingDirectory));
        node.Set("tty", ScalarNode.Of(options.HasTerminal));
        Capabilities(node, "cap_add", options.AddedCapabilities, options.DroppedCapabilities);
        Capabilities(node, "cap_drop", options.DroppedCapabilities, options.AddedCapabilities);
        Pairs(node, "environment", options.Environment, project.Environment);
        Pairs(node, "labels", options.Labels, new Dictionary<string, string>());
        Append(node, "ports", (ShortPorts.Expand(ListOf(options.Ports)) as SequenceNode)?.Items ?? []);
        AddVolumes(node);
    }

    private static void Capabilities(MappingNode node, string key, IReadOnlyList<string> added, IReadOnlyList<string> taken)
    {
        if (added.Count + taken.Count is 0) return;
        var kept = (node.List(key)?.Items ?? []).Select(item => item.Text ?? "").Except(taken, StringComparer.Ordinal);
        node.Set(key, ListOf(kept.Union(added, StringComparer.Ordinal)));
    }

    private static void Pairs(MappingNode node, string key, IReadOnlyList<string> given, IReadOnlyDictionary<string, string> callers)
    {
        if (given.Count is 0) return;
        var pairs = ServiceFiles.Pairs(node.Get(key));
        foreach (var text in given)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals >= 0) pairs.Set(text[..equals], ScalarNode.Of(text[(equals + 1)..]));
            else if (callers.TryGetValue(text, out var value)) pairs.Set(text, ScalarNode.Of(value));
        }

        node.Set(key, pairs);
    }

    /// <summary>What is given here takes the place of what the service has there.</summary>
    private void AddVolumes(MappingNode node)
    {
        var given = options.Volumes.Select(text => ShortVolume.Parse(text, SourcePosition.None)).ToList();
        foreach (var volume in given.Where(volume => volume.TextOf("type") is "bind"))
            volume.Set("source", ScalarNode.Of(PathOf(volume.TextOf("source") ?? "")));
        var targets = given.Select(volume => volume.TextOf("target")).ToHashSet(StringComparer.Ordinal);
        node.List("volumes")?.Items.RemoveAll(volume => targets.Contains((volume as MappingNode)?.TextOf("target")));
        Append(node, "volumes", given);
    }

    private string PathOf(string source) =>
        source.StartsWith('~') ? (project.Environment.GetValueOrDefault("HOME") ?? "/") + source[1..] : Path.GetFullPath(source, project.WorkingDirectory);

    private static void Append(MappingNode node, string key, IEnumerable<Node> items)
    {
        var list = new SequenceNode(SourcePosition.None, [.. node.List(key)?.Items ?? [], .. items]);
        if (list.Items.Count > 0) node.Set(key, list);
    }

    private static SequenceNode ListOf(IEnumerable<string> texts) => new(SourcePosition.None, texts.Select(text => ScalarNode.Of(text)));

    private static NetworkingConfig? WithName(NetworkingConfig? networking, string name) =>
        networking?.EndpointsConfig is { } endpoints
            ? networking with { EndpointsConfig = endpoints.ToDictionary(pair => pair.Key, pair => (EndpointSettings?)((pair.Value ?? new EndpointSettings()) with { Aliases = [name] }), StringComparer.Ordinal) }
            : networking;
}
