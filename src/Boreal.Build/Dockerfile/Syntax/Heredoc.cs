namespace Boreal.Build.Dockerfile.Syntax;

/// <summary>A document written into the Dockerfile below the instruction that uses it.</summary>
internal sealed record Heredoc
{
    /// <summary>The word that ends it, which is also the name of the file that it becomes.</summary>
    public required string Name { get; init; }

    public int FileDescriptor { get; init; }

    /// <summary>False when the name was quoted: variables in the content stay as they are.</summary>
    public bool Expands { get; init; }

    /// <summary><c>&lt;&lt;-</c>: tabs in front of lines go.</summary>
    public bool StripsTabs { get; init; }

    public string Content { get; init; } = "";

    /// <summary>The content without leading tabs when they are to go.</summary>
    public string Text => StripsTabs ? string.Join('\n', Content.Split('\n').Select(line => line.TrimStart('\t'))) : Content;
}
