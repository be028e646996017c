using Boreal.Build.Caching;
using Boreal.Build.Contexts;
using Boreal.Oci.Content;

namespace Boreal.Build.Solving;

/// <summary>What an operation came to. Closed: the records nested here are all there are.</summary>
internal abstract record SolvedTree
{
    private SolvedTree()
    {
    }

    /// <summary>Layers, bottom first, counted as used until the build ends.</summary>
    internal sealed record Layered(IReadOnlyList<SolvedLayer> Layers) : SolvedTree
    {
        public static readonly Layered Empty = new([]);

        public IReadOnlyList<Digest> Digests => field ??= [.. Layers.Select(layer => layer.DiffId)];

        /// <summary>The same for the same layers.</summary>
        public string Key => field ??= StepKey.OfLayers(Digests);
    }

    /// <summary>A client's folder, held until the build ends. Not to be changed.</summary>
    internal sealed record Received(ContextFolder Folder) : SolvedTree;
}
