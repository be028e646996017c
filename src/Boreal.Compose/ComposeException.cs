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
        : base(position.File.Length > 0 ? $"{position}: {message}" : message, inner) => (Position, Problem) = (position, message);

    /// <summary>Where in which file, if it is known.</summary>
    public SourcePosition? Position { get; }

    /// <summary>The files may be right: what was asked for isn't in them.</summary>
    public bool IsAboutArguments { get; init; }

    /// <summary>The message without its place.</summary>
    private string Problem { get; } = "";

    /// <summary>The same at a key that the thrower didn't know.</summary>
    public ComposeException At(string key) => Position is { } position ? new ComposeException(position, $"{key}: {Problem}", this) : this;
}
