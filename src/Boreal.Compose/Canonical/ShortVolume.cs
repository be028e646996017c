using Boreal.Compose.Yaml;

namespace Boreal.Compose.Canonical;

/// <summary>Volumes: <c>[source:]target[:options]</c>. A source that looks like a path is one of this machine.</summary>
internal static class ShortVolume
{
    private static readonly string[] Propagations = ["rprivate", "private", "rshared", "shared", "rslave", "slave"];

    public static MappingNode Parse(string text, SourcePosition position)
    {
        if (text.Length is 0) throw new ComposeException(position, "a volume is empty: write [SOURCE:]TARGET[:OPTIONS], or remove it");
        var volume = new MappingNode(position);
        var parts = text.Length <= 2 ? [text] : Split(text);
        if (parts.Contains("")) throw Wrong("empty section between colons");
        if (parts.Count > 3) throw Wrong("too many colons");
        var source = parts.Count > 1 ? parts[0] : "";
        var target = parts.Count > 1 ? parts[1] : parts[0];
        volume.Set("type", ScalarNode.Of(IsPath(source) ? "bind" : "volume", position));
        if (source.Length > 0) volume.Set("source", ScalarNode.Of(source, position));
        volume.Set("target", ScalarNode.Of(CleanPath.Of(target), position));
        var options = parts.Count > 2 ? parts[2].Split(',') : [];
        AddOptions(volume, options, IsPath(source), text.Length <= 2);
        return volume;

        ComposeException Wrong(string what) => new(position, $"volume \"{text}\": {what}: write [SOURCE:]TARGET[:OPTIONS]");
    }

    /// <summary>The target of a volume in either form.</summary>
    public static string? TargetOf(Node volume) => volume switch
    {
        MappingNode mapping => mapping.TextOf("target"),
        ScalarNode { Kind: ScalarKind.Text } text => Parse(text.Value, text.Position).TextOf("target"),
        _ => null,
    };

    private static void AddOptions(MappingNode volume, string[] options, bool isBind, bool isTiny)
    {
        var position = volume.Position;
        if (options.LastOrDefault(option => option is "ro" or "rw") is "ro") volume.Set("read_only", ScalarNode.Of(true, position));
        var bind = new MappingNode(position);
        foreach (var option in options)
        {
            if (Propagations.Contains(option)) bind.Set("propagation", ScalarNode.Of(option, position));
            else if (option is "z" or "Z") bind.Set("selinux", ScalarNode.Of(option, position));
        }

        if (isBind) bind.Set("create_host_path", ScalarNode.Of(true, position));
        if (bind.Count > 0) volume.Set("bind", bind);
        var named = new MappingNode(position);
        if (options.Contains("nocopy")) named.Set("nocopy", ScalarNode.Of(true, position));
        if (named.Count > 0 || !isBind && !isTiny) volume.Set("volume", named);
    }

    private static List<string> Split(string text)
    {
        var parts = new List<string>();
        var start = 0;
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && text[at] is not ':') continue;
            // C:\folder: one letter and a colon belong to what follows.
            if (at < text.Length && at - start is 1 && char.IsLetter(text[start])) continue;
            parts.Add(text[start..at]);
            start = at + 1;
        }

        return parts;
    }

    private static bool IsPath(string source) =>
        source.Length > 0 && (source[0] is '.' or '/' or '~' || source.StartsWith(@"\\", StringComparison.Ordinal) || source.Length > 1 && char.IsLetter(source[0]) && source[1] is ':');
}
