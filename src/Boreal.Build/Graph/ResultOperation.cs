namespace Boreal.Build.Graph;

/// <summary>The file tree that another build came to.</summary>
public sealed class ResultOperation : Operation
{
    /// <summary>What the tree is known by: the same for the same files.</summary>
    public required string Key { get; init; }

    public override IReadOnlyList<Operation> Inputs => [];

    private protected override string Kind => "result";

    private protected override void WriteForm(CanonicalWriter writer) => writer.Write(Key);
}
