using Boreal.Compose.Canonical;
using Boreal.Compose.Loading;
using Boreal.Compose.Schema;
using Boreal.Compose.Yaml;
using Boreal.Notation;

namespace Boreal.Compose.Requests;

/// <summary>The values of a mapping as what they mean; what isn't there is empty, zero or null.</summary>
internal readonly struct Settings(MappingNode? node)
{
    public bool IsGiven => node is not null;

    public string Text(string key) => node?.TextOf(key) ?? "";

    public string? TextOrNull(string key) => node?.TextOf(key) is { Length: > 0 } text ? text : null;

    public long Whole(string key) => ValueText.TryWhole(Text(key), out var value) ? value : 0;

    public long? WholeOrNull(string key) => ValueText.TryWhole(Text(key), out var value) ? value : null;

    public double Fraction(string key) => ValueText.TryFraction(Text(key), out var value) ? value : 0;

    public bool Flag(string key) => ValueText.TryTruth(Text(key), out var value) && value;

    public bool? FlagOrNull(string key) => ValueText.TryTruth(Text(key), out var value) ? value : null;

    /// <summary>In bytes.</summary>
    public long Size(string key) => ValueText.TrySize(Text(key), out var value) ? value : 0;

    /// <summary>In nanoseconds.</summary>
    public long Time(string key) => GoDuration.TryParse(Text(key), out var value) ? value : 0;

    public long? TimeOrNull(string key) => GoDuration.TryParse(Text(key), out var value) ? value : null;

    public Settings Part(string key) => new(node?.Mapping(key));

    public IEnumerable<Settings> Parts(string key) => (node?.List(key)?.Items ?? []).OfType<MappingNode>().Select(item => new Settings(item));

    /// <summary>Null where there is none.</summary>
    public IReadOnlyList<string>? Texts(string key) => node?.Get(key) switch
    {
        SequenceNode { Items.Count: > 0 } list => [.. list.Items.Select(item => item.Text ?? "")],
        { Text: { } single } => [single],
        _ => null,
    };

    public IReadOnlyList<string>? Command(string key) => CommandLine.Words(node?.Get(key));

    /// <summary>Null where there are none; without a value they are empty.</summary>
    public IReadOnlyDictionary<string, string>? Pairs(string key) => node?.Get(key) is { IsNull: false } value && ServiceFiles.Pairs(value) is { Count: > 0 } pairs
        ? new SortedDictionary<string, string>(pairs.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Text ?? ""), StringComparer.Ordinal)
        : null;

    /// <summary><c>KEY=value</c>, or <c>KEY</c> for one without a value, sorted.</summary>
    public IReadOnlyList<string>? Variables(string key) => node?.Get(key) is { IsNull: false } value && ServiceFiles.Pairs(value) is { Count: > 0 } pairs
        ? [.. pairs.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Value.IsNull ? entry.Key : $"{entry.Key}={entry.Value.Text}")]
        : null;

    public IReadOnlyList<(string Host, string Address)> Hosts(string key) => HostList.Read(node?.Get(key));

    /// <summary>The entries of a mapping whose values are mappings or nothing.</summary>
    public IEnumerable<(string Name, Settings Value)> Entries(string key) =>
        (node?.Mapping(key)?.Entries ?? []).Select(entry => (entry.Key, new Settings(entry.Value as MappingNode)));

    public Node? Raw(string key) => node?.Get(key);

    public ComposeException Wrong(string key, string problem) => new(node?.KeyPosition(key) ?? SourcePosition.None, problem);
}
