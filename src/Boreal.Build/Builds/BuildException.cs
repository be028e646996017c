using Boreal.Build.Progress;

namespace Boreal.Build.Builds;

/// <summary>A build cannot go on, for a reason that its user can act on.</summary>
internal sealed class BuildException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The step that failed; null when it was none.</summary>
    public string? Step { get; init; }

    /// <summary>Of the program whose failure it was.</summary>
    public int? ExitCode { get; init; }

    /// <summary>A path of a source that is not there.</summary>
    public string? MissingPath { get; init; }

    /// <summary>Where in the file that was built from.</summary>
    public SourceExcerpt? Excerpt { get; init; }
}
