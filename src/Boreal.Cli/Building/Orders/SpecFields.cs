using Boreal.Notation;

namespace Boreal.Cli.Building.Orders;

/// <summary>The fields of an option's value: <c>type=local,dest=out</c>.</summary>
internal static class SpecFields
{
    /// <summary>Names in lower case; a field without a value has null.</summary>
    public static List<(string Name, string? Value)> Split(string text) =>
    [
        .. CsvFields.Split(text).Select(field =>
        {
            var equals = field.IndexOf('=');
            return equals < 0 ? (field, (string?)null) : (field[..equals].Trim().ToLowerInvariant(), field[(equals + 1)..]);
        }),
    ];

    /// <exception cref="FormatException">A field has no value.</exception>
    public static Dictionary<string, string> Map(string text, string what)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Split(text))
            map[name] = value ?? throw new FormatException($"invalid {what} '{text}': '{name}' must be a key=value pair");
        return map;
    }
}
