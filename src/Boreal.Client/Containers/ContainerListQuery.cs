namespace Boreal.Client.Containers;

/// <summary>Which containers a listing has.</summary>
public sealed record ContainerListQuery
{
    /// <summary>Also those that don't run.</summary>
    public bool All { get; init; }

    /// <summary>At most so many, newest first; 0: no limit.</summary>
    public int Limit { get; init; }

    /// <summary>Computes sizes, which takes time.</summary>
    public bool Size { get; init; }

    public FilterQuery Filters { get; init; } = FilterQuery.None;
}
