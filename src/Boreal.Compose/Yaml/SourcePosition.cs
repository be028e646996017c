namespace Boreal.Compose.Yaml;

/// <summary>Where a value is written; lines and columns count from 1.</summary>
internal readonly record struct SourcePosition(string File, int Line, int Column)
{
    /// <summary>Of what no file holds: defaults, and values from the command line.</summary>
    public static SourcePosition None { get; } = new("", 0, 0);

    public override string ToString() => Line > 0 ? $"{File}:{Line}:{Column}" : File;
}
