using Boreal.Compose.Yaml;

namespace Boreal.Compose.Canonical;

/// <summary>Extra hosts in any of their forms.</summary>
internal static class HostList
{
    /// <summary>Sorted pairs of a name and an address; an address has no brackets.</summary>
    public static IReadOnlyList<(string Host, string Address)> Read(Node? node)
    {
        var pairs = new List<(string Host, string Address)>();
        if (node is MappingNode mapping)
        {
            foreach (var (host, value) in mapping.Entries)
            {
                if (value is SequenceNode addresses) pairs.AddRange(addresses.Items.Select(item => Pair(host, item.Text ?? "", item.Position)));
                else pairs.Add(Pair(host, value.Text ?? "", value.Position));
            }
        }

        foreach (var item in (node as SequenceNode)?.Items ?? []) pairs.AddRange(Parse(item.Text ?? "", item.Position));
        return [.. pairs.OrderBy(pair => $"{pair.Host}={pair.Address}", StringComparer.Ordinal)];
    }

    private static IEnumerable<(string Host, string Address)> Parse(string text, SourcePosition position)
    {
        var mark = text.IndexOf('=', StringComparison.Ordinal);
        if (mark < 0) mark = text.IndexOf(':', StringComparison.Ordinal);
        if (mark < 0) throw new ComposeException(position, $"invalid additional host, missing IP: {text}: write NAME=ADDRESS");
        return text[(mark + 1)..].Split(',').Select(address => Pair(text[..mark], address, position));
    }

    private static (string Host, string Address) Pair(string host, string address, SourcePosition position)
    {
        if (host.Length is 0 || host.AsSpan().ContainsAny(':', '=')) throw new ComposeException(position, $"bad host name '{host}': write NAME=ADDRESS");
        return (host, address is ['[', _, .., ']'] ? address[1..^1] : address);
    }
}
