using Boreal.Oci.Content;
using Boreal.Registry.Repositories;

namespace Boreal.Registry.Collection;

/// <summary>Which manifests of a repository are needed: those with a tag, what they consist of, and what refers to any of these.</summary>
internal static class Untagged
{
    /// <param name="state">The repository.</param>
    /// <param name="links">What each manifest names; one that came since names nothing that is known, and counts as needed.</param>
    public static HashSet<Digest> Needed(RepositoryState state, Dictionary<Digest, IReadOnlyList<Digest>> links)
    {
        var needed = new HashSet<Digest>();
        var waiting = new Stack<Digest>(state.Tags.Values.Concat(state.Manifests.Keys.Where(digest => !links.ContainsKey(digest))));
        while (waiting.TryPop(out var digest))
        {
            if (!needed.Add(digest))
                continue;
            foreach (var part in links.GetValueOrDefault(digest) ?? [])
            {
                if (state.Manifests.ContainsKey(part))
                    waiting.Push(part);
            }
            foreach (var referrer in state.ReferrersOf(digest))
                waiting.Push(Digest.Parse(referrer));
        }
        return needed;
    }
}
