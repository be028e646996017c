using Boreal.Build.Graph;
using Boreal.BuildWire.Paths;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>Makes the copies of files out of a context or stage.</summary>
internal sealed class CopySources(CopyAction template, Operation? tree)
{
    private const string Pivot = "/./";

    /// <summary>With <paramref name="keepsParents"/> what is behind <c>/./</c> is the path that is kept.</summary>
    public CopyAction Make(string source, bool keepsParents, bool unpacks)
    {
        var copy = template with { Source = tree, FollowsLinks = true, AllowsWildcards = true, Unpacks = unpacks };
        if (!keepsParents) return copy with { SourcePath = Rooted(source) };

        var at = source.IndexOf(Pivot, StringComparison.Ordinal);
        var parent = at < 0 ? "/" : source[..at];
        var kept = ImagePath.Resolve("/", at < 0 ? source : source[(at + Pivot.Length)..]);
        return copy with
        {
            SourcePath = Rooted(parent),
            IncludedPatterns = [kept.StartsWith('/') ? kept[1..] : kept],
            RequiredPaths = HasWildcards(parent) || HasWildcards(kept) ? [] : [ImagePath.Resolve("/", SlashPath.Join(parent, kept))],
        };
    }

    private static string Rooted(string source) => SlashPath.Clean(ImagePath.Resolve("/", source));

    private static bool HasWildcards(string path)
    {
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] is '*' or '?' or '[') return true;
            if (path[i] == '\\') i++;
        }
        return false;
    }
}
