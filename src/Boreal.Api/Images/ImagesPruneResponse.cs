namespace Boreal.Api.Images;

/// <summary>The answer of <c>POST /images/prune</c>.</summary>
public sealed record ImagesPruneResponse
{
    public IReadOnlyList<ImageDeleteItem>? ImagesDeleted { get; init; }

    public long SpaceReclaimed { get; init; }
}
