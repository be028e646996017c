using Boreal.Build.Sources;

namespace Boreal.Build.Graph;

/// <summary>A checkout of a git repository.</summary>
public sealed class GitOperation : Operation
{
    public required GitReference Repository { get; init; }

    /// <summary><c>.git</c> stays in the tree.</summary>
    public bool KeepsGitFolder { get; init; }

    /// <summary>The commit it must be; empty when anything goes.</summary>
    public string Checksum { get; init; } = "";

    public override IReadOnlyList<Operation> Inputs => [];

    private protected override string Kind => "git";

    private protected override void WriteForm(CanonicalWriter writer) => writer
        .Write(Repository.Remote)
        .Write(Repository.Ref)
        .Write(Repository.Folder)
        .Write(Repository.Submodules)
        .Write(Repository.FetchesByCommit)
        .Write(KeepsGitFolder)
        .Write(Checksum);
}
