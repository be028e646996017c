namespace Boreal.Registry.Collection;

/// <summary>What a collection is to do.</summary>
/// <param name="DryRun">Only say what would be taken.</param>
/// <param name="DeleteUntagged">Take manifests without a tag too, that nothing with a tag needs.</param>
internal sealed record CollectionRequest(bool DryRun, bool DeleteUntagged);
