using System.Collections.Immutable;
using Boreal.Oci.Content;

namespace Boreal.Registry.Repositories;

/// <summary>A repository's manifests and tags at one moment. Readers hold one for as long as they like.</summary>
internal sealed record RepositoryState
{
    public static RepositoryState Empty { get; } = new();

    public ImmutableDictionary<Digest, ManifestEntry> Manifests { get; private init; } = ImmutableDictionary<Digest, ManifestEntry>.Empty;

    public ImmutableDictionary<string, Digest> Tags { get; private init; } = ImmutableDictionary<string, Digest>.Empty;

    /// <summary>The tags in the order they are listed.</summary>
    public ImmutableSortedSet<string> TagNames { get; private init; } = ImmutableSortedSet<string>.Empty.WithComparer(StringComparer.Ordinal);

    /// <summary>Manifests by the subject they name, whether or not that is there.</summary>
    public ImmutableDictionary<Digest, ImmutableSortedSet<string>> Referrers { get; private init; } =
        ImmutableDictionary<Digest, ImmutableSortedSet<string>>.Empty;

    /// <summary>The manifest with this tag or digest.</summary>
    public ManifestEntry? Find(ManifestReference reference) =>
        reference.Digest is { } digest ? Manifests.GetValueOrDefault(digest)
        : Tags.TryGetValue(reference.Tag, out var tagged) ? Manifests.GetValueOrDefault(tagged)
        : null;

    /// <summary>Whether nothing would change with this manifest and these tags.</summary>
    public bool Has(ManifestEntry entry, IEnumerable<string> tags) =>
        Manifests.ContainsKey(entry.Digest) && tags.All(tag => Tags.GetValueOrDefault(tag) == entry.Digest);

    public RepositoryState With(ManifestEntry entry, IEnumerable<string> tags)
    {
        var names = tags.ToList();
        var state = this with
        {
            Manifests = Manifests.SetItem(entry.Digest, entry),
            Tags = Tags.SetItems(names.Select(tag => KeyValuePair.Create(tag, entry.Digest))),
            TagNames = TagNames.Union(names),
        };
        return entry.Subject is not { } subject ? state : state with
        {
            Referrers = Referrers.SetItem(subject, ReferrersOf(subject).Add(entry.Digest.Value)),
        };
    }

    public RepositoryState WithoutTag(string tag) => this with { Tags = Tags.Remove(tag), TagNames = TagNames.Remove(tag) };

    /// <summary>Without a manifest and the tags it has.</summary>
    public RepositoryState Without(ManifestEntry entry)
    {
        var tags = Tags.Where(tag => tag.Value == entry.Digest).Select(tag => tag.Key).ToList();
        var state = this with { Manifests = Manifests.Remove(entry.Digest), Tags = Tags.RemoveRange(tags), TagNames = TagNames.Except(tags) };
        if (entry.Subject is not { } subject)
            return state;
        var rest = ReferrersOf(subject).Remove(entry.Digest.Value);
        return state with { Referrers = rest.IsEmpty ? Referrers.Remove(subject) : Referrers.SetItem(subject, rest) };
    }

    /// <summary>The digests of a manifest's referrers, in the order they are listed.</summary>
    public ImmutableSortedSet<string> ReferrersOf(Digest subject) =>
        Referrers.GetValueOrDefault(subject) ?? ImmutableSortedSet<string>.Empty.WithComparer(StringComparer.Ordinal);
}
