namespace Boreal.Api.Containers;

/// <summary>One entry of <c>GET /containers/{id}/changes</c>.</summary>
public sealed record FilesystemChange
{
    /// <summary>0 modified, 1 added, 2 deleted.</summary>
    public int Kind { get; set; }

    public string Path { get; set; } = "";
}
