namespace Boreal.Build.Dockerfile.Instructions;

/// <summary>One <c>--mount</c> with its variables expanded.</summary>
internal sealed record RunMount
{
    public RunMountKind Kind { get; init; }

    public string From { get; init; } = "";

    public string Source { get; init; } = "";

    public string Target { get; init; } = "";

    public bool? IsReadOnly { get; init; }

    public long Size { get; init; }

    /// <summary>The name of a cache, a secret or an agent.</summary>
    public string Id { get; init; } = "";

    /// <summary><c>shared</c>, <c>private</c>, <c>locked</c> or empty.</summary>
    public string Sharing { get; init; } = "";

    public bool IsRequired { get; init; }

    /// <summary>The variable that a secret goes to instead of a file; empty for one of the secret's name.</summary>
    public string? Variable { get; init; }

    public int? Mode { get; init; }

    public uint? UserId { get; init; }

    public uint? GroupId { get; init; }

    public string KindName => Kind.ToString().ToLowerInvariant();
}
