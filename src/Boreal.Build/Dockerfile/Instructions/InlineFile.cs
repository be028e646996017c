namespace Boreal.Build.Dockerfile.Instructions;

/// <summary>A heredoc as a file to copy.</summary>
internal sealed record InlineFile(string Name, string Content, bool Expands);
