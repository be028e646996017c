namespace Boreal.Cli.Templates.Values;

/// <summary>An object with known fields in a fixed order.</summary>
internal sealed class StructValue(string typeName, IReadOnlyList<KeyValuePair<string, Value>> fields, string json) : Value
{
    public override bool IsTrue => true;

    public override string TypeName => typeName;

    public override Value? Field(string name)
    {
        foreach (var (key, value) in fields)
        {
            if (key == name) return value;
        }

        // Docker's own name for a field can be spelled otherwise than its JSON: ID and Id, DNS and Dns.
        foreach (var (key, value) in fields)
        {
            if (char.IsAsciiLetterUpper(name[0]) && key.Equals(name, StringComparison.OrdinalIgnoreCase)) return value;
        }

        return null;
    }

    public override string Print() => $"{{{string.Join(' ', fields.Select(field => field.Value.Print()))}}}";

    public override string Json() => json;
}
