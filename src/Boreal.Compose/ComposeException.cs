using Boreal.Compose.Yaml;

namespace Boreal.Compose;

/// <summary>A compose file, or something it names, can't be used. The message says what, and what to do about it.</summary>
internal sealed class ComposeException : Exception
{
    public ComposeException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    public ComposeException(SourcePosition position, string message, Exception? inner = null)
        : base(position.File.Length > 0 ? $"{position}: {message}" : message, inner) => Position = position;

    /// <summary>Where in which file, if it is known.</summary>
    public SourcePosition? Position { get; }
}
