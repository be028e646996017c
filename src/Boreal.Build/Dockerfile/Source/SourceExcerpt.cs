using Boreal.BuildWire.Failures;

namespace Boreal.Build.Dockerfile.Source;

/// <summary>The lines around a place of a file, as clients print them below an error or a warning.</summary>
public static class SourceExcerpt
{
    /// <summary>Empty when no line of <paramref name="locations"/> is in the file.</summary>
    public static string Render(string fileName, string text, IReadOnlyList<LineRange> locations) =>
        ExcerptText.Render(fileName, text, [.. locations.Select(range => (range.Start, range.End))]);
}
