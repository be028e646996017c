using Boreal.Oci.Distribution;

namespace Boreal.Engine.Transfers;

/// <summary>One piece of news of a pull or push, in Docker's words.</summary>
public sealed record TransferNotice
{
    public required string Status { get; init; }

    /// <summary>The layer, by its first 12 digits; a tag where a pull begins.</summary>
    public string? Id { get; init; }

    /// <summary>About a layer, whose line on a terminal it replaces.</summary>
    public bool IsLayer { get; init; }

    /// <summary>Bytes done, null where the news is no number.</summary>
    public long? Current { get; init; }

    public long Total { get; init; }

    /// <summary>A push's last news.</summary>
    public PushedManifest? Pushed { get; init; }

    internal static TransferNotice Line(string status, string? id = null) => new() { Status = status, Id = id };

    /// <summary>What the registry wants people to read.</summary>
    internal static void Warn(Repository repository, Action<TransferNotice> notify)
    {
        foreach (var warning in repository.Warnings)
            notify(Line($"Warning: {warning}"));
    }

    internal static TransferNotice Layer(string id, string status) => new() { Status = status, Id = id, IsLayer = true };

    internal static TransferNotice Progress(string id, string status, long current, long total) =>
        new() { Status = status, Id = id, IsLayer = true, Current = current, Total = total };
}
