using Boreal.Compose.Canonical;
using Boreal.Compose.Yaml;

namespace Boreal.Compose.Loading;

/// <summary>Keys that exclude or need each other, whatever else the project holds.</summary>
internal static class Checks
{
    private static readonly string[] ConfigSources = ["file", "environment", "content"];
    private static readonly string[] SecretSources = ["file", "environment"];

    /// <param name="model">A canonical tree.</param>
    /// <param name="readsValues">Whether its variables are filled in.</param>
    public static void Apply(MappingNode model, bool readsValues)
    {
        foreach (var (name, volume) in model.Mapping("volumes")?.Entries ?? []) CheckExternal($"volumes.{name}", volume);
        foreach (var (name, network) in model.Mapping("networks")?.Entries ?? []) CheckExternal($"networks.{name}", network);
        foreach (var (name, config) in model.Mapping("configs")?.Entries ?? []) CheckSource($"configs.{name}", config, ConfigSources);
        foreach (var (name, secret) in model.Mapping("secrets")?.Entries ?? []) CheckSource($"secrets.{name}", secret, SecretSources);
        foreach (var (name, node) in model.Mapping("services")?.Entries ?? [])
        {
            if (node is not MappingNode service) continue;
            CheckService($"services.{name}", service);
            if (readsValues) CheckTexts($"services.{name}", service);
        }
    }

    private static void CheckExternal(string path, Node node)
    {
        if (node is not MappingNode resource || resource.TextOf("external") is not "true") return;
        foreach (var key in resource.Keys.Where(key => key is not ("name" or "external") && !key.StartsWith("x-", StringComparison.Ordinal)))
            throw new ComposeException(resource.KeyPosition(key), $"{path}: conflicting parameters \"external\" and \"{key}\" specified: what is external is made elsewhere, remove {key}");
    }

    private static void CheckSource(string path, Node node, string[] keys)
    {
        if (node is not MappingNode file) return;
        var given = keys.Where(file.Has).ToList();
        if (given.Count > 1) throw new ComposeException(file.KeyPosition(given[1]), $"{path}: {string.Join('|', keys)} attributes are mutually exclusive: keep one");
        if (given.Count is 0 && !file.Has("driver") && !file.Has("external"))
            throw new ComposeException(file.Position, $"{path}: one of {string.Join('|', keys)} must be set: add where it comes from");
    }

    private static void CheckService(string path, MappingNode service)
    {
        foreach (var watch in Mappings(service.Mapping("develop")?.List("watch")))
        {
            if (watch.TextOf("path") is "") throw new ComposeException(watch.KeyPosition("path"), $"{path}.develop.watch.path: value can't be blank: name a folder or file");
        }

        var reserved = service.Mapping("deploy")?.Mapping("resources")?.Mapping("reservations")?.List("devices");
        foreach (var request in Mappings(reserved).Concat(Mappings(service.List("gpus"))))
        {
            if (request.Has("count") && request.Has("device_ids"))
                throw new ComposeException(request.KeyPosition("device_ids"), $"{path}: \"count\" and \"device_ids\" attributes are exclusive: keep one");
        }
    }

    /// <summary>Texts with a grammar of their own.</summary>
    private static void CheckTexts(string path, MappingNode service)
    {
        Readable($"{path}.command", () => CommandLine.Words(service.Get("command")));
        Readable($"{path}.entrypoint", () => CommandLine.Words(service.Get("entrypoint")));
        Readable($"{path}.extra_hosts", () => HostList.Read(service.Get("extra_hosts")));
        Readable($"{path}.build.extra_hosts", () => HostList.Read(service.Mapping("build")?.Get("extra_hosts")));
    }

    private static void Readable(string path, Func<object?> read)
    {
        try
        {
            read();
        }
        catch (ComposeException problem)
        {
            throw problem.At(path);
        }
    }

    private static IEnumerable<MappingNode> Mappings(SequenceNode? list) => list?.Items.OfType<MappingNode>() ?? [];
}
