using Boreal.Compose.Yaml;
using Boreal.Notation;

namespace Boreal.Compose.Loading;

/// <summary>Keeps the services of the enabled profiles, those asked for and what they depend on, and the resources they use.</summary>
internal sealed class Selection(MappingNode model)
{
    private readonly MappingNode _services = model.Mapping("services") ?? new MappingNode(model.Position);

    public MappingNode Disabled { get; } = new(SourcePosition.None);

    /// <summary>Disables services that have profiles, none of them enabled.</summary>
    public void ByProfiles(IReadOnlyCollection<string> profiles)
    {
        foreach (var (name, node) in _services.Entries.ToList())
        {
            if (node is MappingNode service && Profiles(service) is { Count: > 0 } own && !profiles.Contains("*") && !own.Exists(profiles.Contains)) Disable(name);
        }
    }

    /// <summary>The profiles of services that are disabled but asked for by name.</summary>
    public IEnumerable<string> ProfilesOf(IEnumerable<string> names) =>
        names.Select(Disabled.Mapping).OfType<MappingNode>().SelectMany(Profiles);

    public void Enable(IReadOnlyCollection<string> profiles)
    {
        foreach (var (name, node) in Disabled.Entries.ToList())
        {
            if (node is not MappingNode service || !Profiles(service).Exists(profiles.Contains)) continue;
            Disabled.Remove(name);
            _services.Set(name, service);
        }
    }

    /// <summary>Keeps the named services and everything they depend on.</summary>
    public void ByNames(IReadOnlyList<string> names)
    {
        if (names.Count is 0) return;
        var kept = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names) Keep(name, kept);
        foreach (var name in _services.Keys.ToList())
        {
            if (!kept.Contains(name)) Disable(name);
        }

        foreach (var (_, node) in _services.Entries)
        {
            var dependencies = (node as MappingNode)?.Mapping("depends_on");
            foreach (var gone in dependencies?.Keys.Where(key => !kept.Contains(key)).ToList() ?? []) dependencies?.Remove(gone);
        }
    }

    /// <summary>Removes the networks, volumes, secrets and configs that no service uses.</summary>
    public void DropUnused()
    {
        var services = _services.Entries.Select(entry => entry.Value).OfType<MappingNode>().ToList();
        Drop("networks", services.SelectMany(service => service.Mapping("networks")?.Keys ?? []));
        Drop("volumes", services.SelectMany(service => Mappings(service, "volumes")).Where(volume => volume.TextOf("type") is "volume").Select(volume => volume.TextOf("source")));
        Drop("configs", services.SelectMany(service => Mappings(service, "configs")).Select(config => config.TextOf("source")));
        Drop("secrets", services.SelectMany(service => Mappings(service, "secrets").Concat(Mappings(service.Mapping("build"), "secrets"))).Select(secret => secret.TextOf("source")));
    }

    private void Keep(string name, HashSet<string> kept)
    {
        if (_services.Get(name) is not MappingNode service)
            throw new ComposeException(Suggestion.Append($"no such service: {name}", Suggestion.For(name, _services.Keys.Concat(Disabled.Keys)))) { IsAboutArguments = true };
        if (!kept.Add(name)) return;
        foreach (var (other, _) in service.Mapping("depends_on")?.Entries ?? [])
        {
            if (_services.Has(other)) Keep(other, kept);
        }
    }

    private void Disable(string name)
    {
        if (_services.Get(name) is { } service) Disabled.Set(name, service);
        _services.Remove(name);
    }

    private void Drop(string section, IEnumerable<string?> used)
    {
        if (model.Mapping(section) is not { } resources) return;
        var names = used.ToHashSet();
        foreach (var name in resources.Keys.Where(name => !names.Contains(name)).ToList()) resources.Remove(name);
        if (resources.Count is 0) model.Remove(section);
    }

    private static IEnumerable<MappingNode> Mappings(MappingNode? owner, string key) => owner?.List(key)?.Items.OfType<MappingNode>() ?? [];

    private static List<string> Profiles(MappingNode service) => [.. service.List("profiles")?.Items.Select(item => item.Text).OfType<string>() ?? []];
}
