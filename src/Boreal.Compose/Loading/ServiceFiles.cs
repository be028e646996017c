using Boreal.Compose.Yaml;

namespace Boreal.Compose.Loading;

/// <summary>Reads the files of variables and labels that services name, and puts their values below those of the service.</summary>
internal sealed class ServiceFiles(SourceFinder sources, IReadOnlyDictionary<string, string> environment)
{
    private readonly EnvironmentFiles _files = new(sources);

    public void Resolve(MappingNode services)
    {
        foreach (var (name, node) in services.Entries)
        {
            if (node is not MappingNode service) continue;
            ResolveVariables(name, service);
            ResolveLabels(name, service);
        }
    }

    /// <summary>Pairs in either form as a mapping; null stands for no value.</summary>
    public static MappingNode Pairs(Node? node)
    {
        if (node is MappingNode mapping) return mapping;
        var pairs = new MappingNode(node?.Position ?? SourcePosition.None);
        foreach (var item in (node as SequenceNode)?.Items ?? [])
        {
            var text = item.Text ?? "";
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            pairs.Set(equals < 0 ? text : text[..equals], equals < 0 ? ScalarNode.Null(item.Position) : ScalarNode.Of(text[(equals + 1)..], item.Position));
        }

        return pairs;
    }

    private void ResolveVariables(string name, MappingNode service)
    {
        var own = Pairs(service.Get("environment"));
        foreach (var (key, value) in own.Entries.ToList())
        {
            if (value.IsNull && environment.GetValueOrDefault(key) is { } found) own.Set(key, ScalarNode.Of(found, value.Position));
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in service.List("env_file")?.Items.OfType<MappingNode>() ?? [])
        {
            var path = Path.GetFullPath(file.TextOf("path") ?? "", sources.CurrentDirectory);
            if (!File.Exists(path))
            {
                if (file.TextOf("required") is "false") continue;
                throw new ComposeException(file.Position, $"services.{name}.env_file: env file {path} not found: create it, or write required: false");
            }

            var read = _files.ReadOne(path, file.TextOf("format") is "raw", key => values.GetValueOrDefault(key) ?? environment.GetValueOrDefault(key));
            foreach (var (key, value) in read) values[key] = value;
        }

        Put(service, "environment", own, values);
        service.Remove("env_file");
    }

    private void ResolveLabels(string name, MappingNode service)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in service.List("label_file")?.Items ?? [])
        {
            var path = Path.GetFullPath(file.Text ?? "", sources.CurrentDirectory);
            if (!File.Exists(path)) throw new ComposeException(file.Position, $"services.{name}.label_file: label file {path} not found: create it, or remove the key");
            foreach (var (key, value) in _files.ReadOne(path, isRaw: false, values.GetValueOrDefault)) values[key] = value;
        }

        if (values.Count > 0) Put(service, "labels", Pairs(service.Get("labels")), values);
        service.Remove("label_file");
    }

    private static void Put(MappingNode service, string key, MappingNode own, Dictionary<string, string> below)
    {
        foreach (var (name, value) in below) own.TryAdd(name, ScalarNode.Of(value));
        if (own.Count > 0) service.Set(key, own);
    }
}
