using Boreal.Compose.Canonical;
using Boreal.Compose.Schema;
using Boreal.Compose.Yaml;

namespace Boreal.Compose.Loading;

/// <summary>Makes the paths in a tree absolute.</summary>
/// <param name="folder">What relative ones start from; may itself be relative.</param>
/// <param name="home">What <c>~</c> stands for; null when there is no home.</param>
internal sealed class PathResolver(string folder, string? home)
{
    private static readonly string[] Remote = ["https://", "http://", "git://", "ssh://", "github.com/", "git@", "service:"];

    public void Apply(MappingNode mapping, Shape shape)
    {
        foreach (var field in shape.Fields ?? [])
        {
            if (mapping.Get(field.Name) is not { } value) continue;
            if (field.Path is PathRule.VolumeDevice) ResolveDevice(mapping, value);
            else if (field.Path is not PathRule.None) mapping.Set(field.Name, Resolve(value, field.Path));
            Descend(value, field.Shape);
        }
    }

    public string Absolute(string path)
    {
        if (path.StartsWith('~') && home is not null) return CleanPath.Join(home, path[1..]);
        if (path.Length is 0 || path[0] is '/' || IsWindows(path)) return path;
        return CleanPath.Join(folder, path);
    }

    private void Descend(Node value, Shape shape)
    {
        switch (value)
        {
            case MappingNode mapping when shape.Fields is not null: Apply(mapping, shape); break;
            case MappingNode mapping when shape.Values is { } values:
                foreach (var (_, inner) in mapping.Entries.ToList()) Descend(inner, values);
                break;
            case SequenceNode list when shape.Items is { } items:
                foreach (var item in list.Items) Descend(item, items);
                break;
        }
    }

    private Node Resolve(Node value, PathRule rule)
    {
        switch (value)
        {
            case ScalarNode { Kind: ScalarKind.Text } text: return ScalarNode.Of(Resolve(text.Value, rule), text.Position);
            case SequenceNode list when rule is PathRule.BindSource:
                foreach (var mount in list.Items.OfType<MappingNode>()) ResolveBind(mount);
                return list;
            case SequenceNode list:
                for (var at = 0; at < list.Items.Count; at++) list.Items[at] = Resolve(list.Items[at], rule);
                return list;
            case MappingNode mapping:
                foreach (var (key, inner) in mapping.Entries.ToList()) mapping.Set(key, Resolve(inner, rule));
                return mapping;
            default: return value;
        }
    }

    private string Resolve(string path, PathRule rule) => rule switch
    {
        PathRule.Context when path.Contains("://", StringComparison.Ordinal) || Remote.Any(prefix => path.StartsWith(prefix, StringComparison.Ordinal)) => path,
        PathRule.Resolved => WithoutLinks(Absolute(path)),
        _ => Absolute(path),
    };

    private void ResolveBind(MappingNode mount)
    {
        if (mount.TextOf("type") is not "bind") return;
        if (mount.Get("source") is not { } source) throw new ComposeException(mount.Position, "services: a volume of type bind needs the key source: add the path on this machine");
        mount.Set("source", Resolve(source, PathRule.Local));
    }

    private void ResolveDevice(MappingNode volume, Node options)
    {
        if (volume.TextOf("driver") is not "local" || options is not MappingNode mapping || mapping.TextOf("o") is not "bind") return;
        if (mapping.Get("device") is { } device) mapping.Set("device", Resolve(device, PathRule.Local));
    }

    private static string WithoutLinks(string path)
    {
        var resolved = "/";
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(resolved, part);
            // What isn't there can't be a link.
            resolved = (Path.Exists(next) ? Directory.ResolveLinkTarget(next, returnFinalTarget: true)?.FullName : null) ?? next;
        }

        return resolved;
    }

    private static bool IsWindows(string path) => path.Length > 2 && char.IsAsciiLetter(path[0]) && path[1] is ':' && path[2] is '\\' or '/';
}
