using System.Text.Json;
using Boreal.Engine.Errors;

namespace Boreal.Daemon.Http;

/// <summary>
/// The <c>filters</c> of a list: for each key the values wanted. Clients send <c>{"key":{"value":true}}</c>, old ones
/// <c>{"key":["value"]}</c>.
/// </summary>
internal sealed class FilterSet
{
    private readonly Dictionary<string, List<string>> _values = [];

    public static FilterSet None { get; } = new();

    public IEnumerable<string> Keys => _values.Keys;

    public bool IsEmpty => _values.Count == 0;

    public static FilterSet Parse(string json)
    {
        if (json.Length == 0)
            return None;
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement) ?? throw Invalid("invalid filter");
        }
        catch (JsonException e)
        {
            throw new EngineException(ErrorKind.Invalid, "invalid filter", e);
        }
    }

    /// <summary>400 for a key that the list does not know.</summary>
    public FilterSet Validate(params ReadOnlySpan<string> known)
    {
        foreach (var key in _values.Keys)
        {
            if (known.IndexOf(key) < 0)
                throw Invalid($"invalid filter '{key}'");
        }
        return this;
    }

    public bool Has(string key) => _values.ContainsKey(key);

    /// <summary>The values of a key; empty when it is not filtered by.</summary>
    public IReadOnlyList<string> Get(string key) => _values.TryGetValue(key, out var values) ? values : [];

    /// <summary>Whether the key is not filtered by, or one of its values is exactly this one.</summary>
    public bool Matches(string key, string candidate) =>
        !_values.TryGetValue(key, out var values) || values.Contains(candidate);

    /// <summary>Whether the key is not filtered by, or one of its values passes.</summary>
    public bool MatchesAny(string key, Predicate<string> passes) =>
        !_values.TryGetValue(key, out var values) || values.Exists(passes);

    /// <summary>Whether every <c>label</c> filter (name or name=value) is met.</summary>
    public bool MatchesLabels(string key, IReadOnlyDictionary<string, string> labels) =>
        !_values.TryGetValue(key, out var values) || values.TrueForAll(wanted => IsLabelled(wanted, labels));

    /// <summary>A filter with the values true/1 or false/0; <paramref name="whenMissing"/> without one, 400 for anything else.</summary>
    public bool GetBool(string key, bool whenMissing)
    {
        if (!_values.TryGetValue(key, out var values))
            return whenMissing;
        var isTrue = values.Exists(value => value is "1" or "true");
        var isFalse = values.Exists(value => value is "0" or "false");
        return isTrue != isFalse ? isTrue : throw Invalid($"invalid filter '{key}=[{string.Join(' ', values)}]'");
    }

    /// <summary>400 in Docker's words, for a value that a key cannot have.</summary>
    public static EngineException InvalidValue(string key, string value) => Invalid($"invalid filter '{key}={value}'");

    private static bool IsLabelled(string wanted, IReadOnlyDictionary<string, string> labels)
    {
        var equals = wanted.IndexOf('=');
        return labels.TryGetValue(equals < 0 ? wanted : wanted[..equals], out var value)
            && (equals < 0 || value == wanted[(equals + 1)..]);
    }

    private static FilterSet? Read(JsonElement root)
    {
        if (root.ValueKind is JsonValueKind.Null)
            return None;
        if (root.ValueKind is not JsonValueKind.Object)
            return null;
        var filters = new FilterSet();
        foreach (var property in root.EnumerateObject())
        {
            var values = new List<string>();
            if (property.Value.ValueKind is JsonValueKind.Array)
                values.AddRange(property.Value.EnumerateArray().Select(value => value.GetString() ?? ""));
            else if (property.Value.ValueKind is JsonValueKind.Object)
                values.AddRange(property.Value.EnumerateObject().Select(value => value.Name));
            else
                return null;
            filters._values[property.Name] = values;
        }
        return filters;
    }

    private static EngineException Invalid(string message) => new(ErrorKind.Invalid, message);
}
