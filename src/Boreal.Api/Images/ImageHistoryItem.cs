namespace Boreal.Api.Images;

/// <summary>One step of <c>GET /images/{name}/history</c>, newest first.</summary>
public sealed record ImageHistoryItem
{
    public string Comment { get; init; } = "";

    /// <summary>Unix seconds.</summary>
    public long Created { get; init; }

    public string CreatedBy { get; init; } = "";

    public string Id { get; init; } = "";

    public long Size { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }
}
