using Boreal.Compose.Canonical;
using Boreal.Compose.Yaml;

namespace Boreal.Compose.Loading;

/// <summary>Writes out what a file implies: the default network, dependencies through namespaces, names of resources.</summary>
internal sealed class Normalizer(string projectName, IReadOnlyDictionary<string, string> environment)
{
    private const string ServicePrefix = "service:";
    private static readonly string[] Namespaces = ["network_mode", "ipc", "pid", "uts", "cgroup"];
    private static readonly string[] Resources = ["networks", "volumes", "configs", "secrets"];

    public void Apply(MappingNode model)
    {
        model.Set("name", ScalarNode.Of(projectName));
        var usesDefault = false;
        foreach (var (name, node) in model.Mapping("services")?.Entries ?? [])
        {
            if (node is not MappingNode service) continue;
            usesDefault |= JoinsDefault(service);
            Normalize(name, service);
        }

        AddDefaultNetwork(model, usesDefault);
        foreach (var resource in Resources.Select(model.Mapping)) NameAll(resource);
    }

    private static bool JoinsDefault(MappingNode service)
    {
        if (service.Has("network_mode")) return false;
        if (service.Mapping("networks") is not { Count: > 0 } networks)
        {
            networks = new MappingNode(service.Position);
            networks.Set("default", ScalarNode.Null(service.Position));
            service.Set("networks", networks);
        }

        return networks.Has("default");
    }

    private static void AddDefaultNetwork(MappingNode model, bool isUsed)
    {
        if (!isUsed) return;
        var networks = model.Mapping("networks") ?? new MappingNode(model.Position);
        networks.TryAdd("default", ScalarNode.Null(model.Position));
        model.Set("networks", networks);
    }

    private void Normalize(string name, MappingNode service)
    {
        if (service.TextOf("pull_policy") is "if_not_present") service.Set("pull_policy", ScalarNode.Of("missing"));
        if (service.Mapping("build") is { } build)
        {
            build.TryAdd("context", ScalarNode.Of("."));
            if (!build.Has("dockerfile_inline")) build.TryAdd("dockerfile", ScalarNode.Of("Dockerfile"));
            if (build.Get("args") is { } args) build.Set("args", LookUp(args, keepsUnset: false));
        }

        if (service.Get("environment") is { } variables) service.Set("environment", LookUp(variables, keepsUnset: true));
        AddDependencies(service);
        foreach (var volume in service.List("volumes")?.Items.OfType<MappingNode>() ?? [])
        {
            if (volume.Get("target") is ScalarNode { Kind: ScalarKind.Text } target) volume.Set("target", ScalarNode.Of(CleanPath.Of(target.Value), target.Position));
            else throw new ComposeException(volume.Position, $"services.{name}.volumes: a volume needs the key target: add the path in the container");
        }
    }

    private static void AddDependencies(MappingNode service)
    {
        var dependencies = service.Mapping("depends_on") ?? new MappingNode(service.Position);
        foreach (var link in service.List("links")?.Items ?? [])
        {
            var parts = (link.Text ?? "").Split(':');
            Add(parts.Length is 2 ? parts[0] : link.Text ?? "", restarts: true, link.Position);
        }

        foreach (var key in Namespaces)
        {
            if (service.Get(key) is { Text: { } mode } node && mode.StartsWith(ServicePrefix, StringComparison.Ordinal)) Add(mode[ServicePrefix.Length..], restarts: true, node.Position);
        }

        foreach (var source in service.List("volumes_from")?.Items ?? [])
        {
            if (source.Text is { } text && !text.StartsWith("container:", StringComparison.Ordinal)) Add(text.Split(':')[0], restarts: false, source.Position);
        }

        if (dependencies.Count > 0) service.Set("depends_on", dependencies);

        void Add(string name, bool restarts, SourcePosition position)
        {
            if (dependencies.Has(name)) return;
            var dependency = ShortKeys.Dependency(position);
            dependency.Set("restart", ScalarNode.Of(restarts, position));
            dependencies.Set(name, dependency, position);
        }
    }

    private Node LookUp(Node variables, bool keepsUnset)
    {
        if (variables is SequenceNode list)
            return new SequenceNode(list.Position, list.Items.Select(item => LookUpItem(item, keepsUnset)).OfType<Node>());
        if (variables is not MappingNode mapping) return variables;
        var resolved = new MappingNode(mapping.Position);
        foreach (var (key, value) in mapping.Entries)
        {
            if (!value.IsNull) resolved.Set(key, value, mapping.KeyPosition(key));
            else if (environment.GetValueOrDefault(key) is { } found) resolved.Set(key, ScalarNode.Of(found, value.Position));
            else if (keepsUnset) resolved.Set(key, value);
        }

        return resolved;
    }

    private Node? LookUpItem(Node item, bool keepsUnset)
    {
        if (item.Text is not { } text || text.Contains('=', StringComparison.Ordinal)) return item;
        if (environment.GetValueOrDefault(text) is { } found) return ScalarNode.Of($"{text}={found}", item.Position);
        return keepsUnset ? item : null;
    }

    private void NameAll(MappingNode? resources)
    {
        foreach (var (key, node) in resources?.Entries.ToList() ?? [])
        {
            var resource = node as MappingNode ?? new MappingNode(node.Position);
            if (resource.Get("name") is null or { IsNull: true })
                resource.Set("name", ScalarNode.Of(resource.TextOf("external") is "true" ? key : $"{projectName}_{key}"));
            resources?.Set(key, resource);
        }
    }
}
