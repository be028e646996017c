namespace Boreal.Compose.Schema;

/// <summary>A single value: what may be written, and what it becomes.</summary>
internal sealed record ScalarRule(Accepts Accepts, Form Form = Form.Text)
{
    /// <summary>The only words allowed; null for any.</summary>
    public IReadOnlyList<string>? Words { get; init; }

    public long Least { get; init; } = long.MinValue;

    public long Most { get; init; } = long.MaxValue;
}
