using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Boreal.Client;

/// <summary>Filters of a listing: several values for a key mean any of them.</summary>
public sealed class FilterQuery
{
    public static readonly FilterQuery None = new();

    private readonly SortedDictionary<string, SortedSet<string>> _values = new(StringComparer.Ordinal);

    public bool Has(string key) => _values.ContainsKey(key);

    public FilterQuery Add(string key, string value)
    {
        if (!_values.TryGetValue(key, out var values)) _values[key] = values = new SortedSet<string>(StringComparer.Ordinal);
        values.Add(value);
        return this;
    }

    /// <summary>The <c>filters</c> parameter; null without filters.</summary>
    public string? ToJson()
    {
        if (_values.Count is 0) return null;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (key, values) in _values)
            {
                writer.WriteStartObject(key);
                foreach (var value in values) writer.WriteBoolean(value, true);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
