namespace Boreal.Build.Dockerfile.Source;

/// <summary>The Dockerfile, or what was asked of it, is wrong. The message is the one BuildKit's clients know.</summary>
public sealed class DockerfileException : Exception
{
    public DockerfileException(string message)
        : this(message, [])
    {
    }

    public DockerfileException(string message, LineRange location)
        : this(message, [location])
    {
    }

    public DockerfileException(string message, IReadOnlyList<LineRange> locations, Exception? cause = null)
        : base(message, cause) => Locations = locations;

    /// <summary>Where it is wrong: usually one instruction; a circle of stages has several.</summary>
    public IReadOnlyList<LineRange> Locations { get; }

    /// <summary>The same error, also told by the instruction that it happened in.</summary>
    internal DockerfileException At(LineRange location) => new(Message, [.. Locations, location], this);

    /// <summary>The same error, of which only <paramref name="location"/> is in the file that was given.</summary>
    internal DockerfileException OnlyAt(LineRange location) => new(Message, [location], this);

    internal DockerfileException WithContext(string context) => new($"{context}: {Message}", Locations, this);
}
