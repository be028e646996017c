using Boreal.Compose.Yaml;
using Boreal.Notation;

namespace Boreal.Compose.Loading;

/// <summary>What the parts of a project must agree on: names that exist, settings given twice, circles.</summary>
internal sealed class Consistency(MappingNode model, MappingNode disabled)
{
    private const string ServicePrefix = "service:";
    private readonly MappingNode _services = model.Mapping("services") ?? new MappingNode(model.Position);

    public void Check()
    {
        foreach (var (name, node) in _services.Entries)
        {
            if (node is MappingNode service) Check(name, service);
        }

        foreach (var (name, node) in model.Mapping("secrets")?.Entries ?? [])
        {
            if (node is MappingNode secret && secret.TextOf("external") is not "true" && !secret.Has("file") && !secret.Has("environment"))
                throw new ComposeException(secret.Position, $"secrets.{name}: secret \"{name}\" must declare either `file` or `environment`: add one");
        }

        foreach (var name in _services.Keys) FindCircle(name, []);
    }

    private void Check(string name, MappingNode service)
    {
        var path = $"services.{name}";
        if (!service.Has("build") && service.TextOf("image") is not { Length: > 0 } && !service.Has("provider"))
            throw new ComposeException(_services.KeyPosition(name), $"{path}: service \"{name}\" has neither an image nor a build context specified: add the key image or build");
        if (service.Mapping("build") is { } build) CheckBuild(path, name, service, build);
        CheckNetworks(path, name, service);
        CheckHealth(path, service);
        CheckDependencies(path, name, service);
        CheckReferences(path, name, service);
        new DoubleSettings(path, service).Check();
    }

    private void CheckBuild(string path, string name, MappingNode service, MappingNode build)
    {
        if (build.Has("dockerfile") && build.Has("dockerfile_inline"))
            throw new ComposeException(build.KeyPosition("dockerfile_inline"), $"{path}.build: service \"{name}\" declares mutually exclusive dockerfile and dockerfile_inline: keep one");
        foreach (var (key, value) in build.Mapping("additional_contexts")?.Entries ?? [])
        {
            if (value.Text is not { } text || !text.StartsWith(ServicePrefix, StringComparison.Ordinal)) continue;
            var target = text[ServicePrefix.Length..];
            if (_services.Mapping(target) is not { } other) throw Unknown(value, $"{path}.build.additional_contexts.{key}: there is no service \"{target}\"", target, _services);
            if (!other.Has("build")) throw new ComposeException(value.Position, $"{path}.build.additional_contexts.{key}: service \"{target}\" has no build: name its image as docker-image://{other.TextOf("image")}");
        }

        if (build.List("platforms") is { Items.Count: > 0 } platforms && service.TextOf("platform") is { } platform && platforms.Items.All(item => item.Text != platform))
            throw new ComposeException(service.KeyPosition("platform"), $"{path}: service.build.platforms must include service.platform \"{platform}\": add it there");
        foreach (var secret in Mappings(build.List("secrets"))) MustExist(secret.Get("source") ?? secret, "secrets", $"{path}.build.secrets: service \"{name}\" refers to undefined build secret");
    }

    private void CheckNetworks(string path, string name, MappingNode service)
    {
        if (service.Has("network_mode") && service.Mapping("networks") is { Count: > 0 })
            throw new ComposeException(service.KeyPosition("networks"), $"{path}: service {name} declares mutually exclusive `network_mode` and `networks`: keep one");
        foreach (var network in service.Mapping("networks")?.Keys ?? [])
        {
            if (model.Mapping("networks")?.Has(network) is not true)
                throw Unknown(service.Mapping("networks")?.KeyPosition(network) ?? service.Position, $"{path}.networks: service \"{name}\" refers to undefined network {network}: declare it under the top-level key networks", network, model.Mapping("networks"));
        }

        if (service.Get("network_mode") is { Text: { } mode } node && mode.StartsWith(ServicePrefix, StringComparison.Ordinal) && !_services.Has(mode[ServicePrefix.Length..]))
            throw Unknown(node, $"{path}.network_mode: there is no service \"{mode[ServicePrefix.Length..]}\"", mode[ServicePrefix.Length..], _services);
    }

    private static void CheckHealth(string path, MappingNode service)
    {
        if (service.Mapping("healthcheck")?.List("test") is { Items: [{ Text: { } first } item, ..] } && first is not ("CMD" or "CMD-SHELL" or "NONE"))
            throw new ComposeException(item.Position, $"{path}.healthcheck.test: must start either by \"CMD\", \"CMD-SHELL\" or \"NONE\", not \"{first}\": put one in front, or write the command as one string");
        foreach (var watch in Mappings(service.Mapping("develop")?.List("watch")))
        {
            if (watch.TextOf("target") is not { Length: > 0 } && watch.TextOf("action") is not ("rebuild" or "restart"))
                throw new ComposeException(watch.Position, $"{path}.develop.watch: target is required for non-rebuild actions: add the path in the container");
        }
    }

    private void CheckDependencies(string path, string name, MappingNode service)
    {
        foreach (var (other, node) in service.Mapping("depends_on")?.Entries ?? [])
        {
            if (_services.Has(other)) continue;
            var isRequired = (node as MappingNode)?.TextOf("required") is not "false";
            if (disabled.Has(other) && !isRequired) continue;
            var position = service.Mapping("depends_on")?.KeyPosition(other) ?? service.Position;
            if (disabled.Mapping(other) is { } off)
            {
                var profiles = string.Join(", ", off.List("profiles")?.Items.Select(item => item.Text) ?? []);
                throw new ComposeException(position, $"{path}.depends_on: service \"{name}\" depends on \"{other}\", which is disabled: enable it with --profile {profiles}, or write required: false");
            }

            throw Unknown(position, $"{path}.depends_on: service \"{name}\" depends on undefined service \"{other}\"", other, _services);
        }
    }

    private void CheckReferences(string path, string name, MappingNode service)
    {
        foreach (var volume in Mappings(service.List("volumes")))
        {
            if (volume.TextOf("type") is "volume" && volume.Get("source") is { Text.Length: > 0 } source)
                MustExist(source, "volumes", $"{path}.volumes: service \"{name}\" refers to undefined volume");
        }

        foreach (var config in Mappings(service.List("configs"))) MustExist(config.Get("source") ?? config, "configs", $"{path}.configs: service \"{name}\" refers to undefined config");
        foreach (var secret in Mappings(service.List("secrets"))) MustExist(secret.Get("source") ?? secret, "secrets", $"{path}.secrets: service \"{name}\" refers to undefined secret");
    }

    private void MustExist(Node source, string section, string problem)
    {
        var key = source.Text ?? "";
        if (model.Mapping(section)?.Has(key) is true) return;
        throw Unknown(source, $"{problem} {key}: declare it under the top-level key {section}", key, model.Mapping(section));
    }

    private void FindCircle(string name, List<string> path)
    {
        var at = path.IndexOf(name);
        if (at >= 0)
        {
            var steps = path.Skip(at).Append(name);
            throw new ComposeException(_services.Mapping(path[^1])?.KeyPosition("depends_on") ?? model.Position, $"services.{path[^1]}.depends_on: dependency cycle detected: {string.Join(" -> ", steps)}: remove one of these dependencies");
        }

        path.Add(name);
        foreach (var other in _services.Mapping(name)?.Mapping("depends_on")?.Keys.Where(_services.Has) ?? []) FindCircle(other, path);
        path.RemoveAt(path.Count - 1);
    }

    private static ComposeException Unknown(Node node, string problem, string name, MappingNode? known) => Unknown(node.Position, problem, name, known);

    private static ComposeException Unknown(SourcePosition position, string problem, string name, MappingNode? known) =>
        new(position, Suggestion.For(name, known?.Keys ?? []) is { } near ? $"{problem} (did you mean {near}?)"
            : problem.Contains(": declare", StringComparison.Ordinal) || known is null ? problem : $"{problem}: add it, or correct the name");

    private static IEnumerable<MappingNode> Mappings(SequenceNode? list) => list?.Items.OfType<MappingNode>() ?? [];
}
