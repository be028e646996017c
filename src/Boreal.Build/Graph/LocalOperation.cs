namespace Boreal.Build.Graph;

/// <summary>A folder of the client, or the part of it that the plan uses.</summary>
public sealed class LocalOperation : Operation
{
    /// <summary>The name the client gave the folder: <c>context</c> for the main one.</summary>
    public required string Name { get; init; }

    /// <summary>Paths, wildcards allowed, that are all the plan needs, links in them followed; empty for everything.</summary>
    public IReadOnlyList<string> FollowedPaths { get; init; } = [];

    /// <summary>What the ignore file leaves out.</summary>
    public IReadOnlyList<string> ExcludedPatterns { get; init; } = [];

    /// <summary>Folders with the same key are sent as changes to what came before.</summary>
    public required string SharedKey { get; init; }

    public override IReadOnlyList<Operation> Inputs => [];

    private protected override string Kind => "local";

    private protected override void WriteForm(CanonicalWriter writer) =>
        writer.Write(Name).Write(FollowedPaths).Write(ExcludedPatterns).Write(SharedKey);
}
