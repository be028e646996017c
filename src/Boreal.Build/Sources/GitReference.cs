namespace Boreal.Build.Sources;

/// <summary>What of which git repository.</summary>
public sealed record GitReference
{
    /// <summary>As git takes it, without fragment and query.</summary>
    public required string Remote { get; init; }

    /// <summary>A branch, tag or commit; empty for the repository's default.</summary>
    public string Ref { get; init; } = "";

    /// <summary>A folder of the repository; empty for all of it.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The commit that it must be; empty when anything goes.</summary>
    public string Checksum { get; init; } = "";

    public bool? KeepsGitFolder { get; init; }

    public bool? Submodules { get; init; }

    /// <summary>The commit is fetched as such, whatever the ref says now.</summary>
    public bool FetchesByCommit { get; init; }

    /// <summary><c>github.com/...</c> without a scheme, which may as well be a path.</summary>
    public bool MayBeLocal { get; init; }
}
