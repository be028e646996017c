using Boreal.Oci.Content;

namespace Boreal.Build.Solving;

/// <summary>A layer of a result.</summary>
/// <param name="DiffId">The digest of its tar.</param>
/// <param name="CreatedAt">When a step made it; none for a layer of a base image.</param>
/// <param name="Record">The record of the step that made it; empty for a layer of a base image.</param>
internal sealed record SolvedLayer(Digest DiffId, DateTimeOffset? CreatedAt = null, string Record = "");
