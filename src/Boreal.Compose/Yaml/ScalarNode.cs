using System.Globalization;

namespace Boreal.Compose.Yaml;

/// <summary>A single value. <see cref="Value"/> is its text as Docker's programs print it: numbers in decimal, <c>true</c>, empty for null.</summary>
internal sealed class ScalarNode(string value, ScalarKind kind, SourcePosition position) : Node(position)
{
    public string Value { get; } = value;

    public ScalarKind Kind { get; } = kind;

    public override string What => Kind switch
    {
        ScalarKind.Null => "null",
        ScalarKind.Boolean => "a boolean",
        ScalarKind.Integer or ScalarKind.Float => "a number",
        _ => "a string",
    };

    public static ScalarNode Null(SourcePosition position) => new("", ScalarKind.Null, position);

    public static ScalarNode Of(string text, SourcePosition position = default) => new(text, ScalarKind.Text, position);

    public static ScalarNode Of(bool value, SourcePosition position = default) => new(value ? "true" : "false", ScalarKind.Boolean, position);

    public static ScalarNode Of(long value, SourcePosition position = default) =>
        new(value.ToString(CultureInfo.InvariantCulture), ScalarKind.Integer, position);

    /// <summary>Never changes, so it is its own copy.</summary>
    public override Node Copy() => this;
}
