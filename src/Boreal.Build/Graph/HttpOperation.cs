namespace Boreal.Build.Graph;

/// <summary>One file from a URL.</summary>
public sealed class HttpOperation : Operation
{
    public required string Url { get; init; }

    /// <summary>The file's name in the tree.</summary>
    public required string FileName { get; init; }

    /// <summary><c>algorithm:hex</c> that the file must have; empty when anything goes.</summary>
    public string Checksum { get; init; } = "";

    public override IReadOnlyList<Operation> Inputs => [];

    private protected override string Kind => "http";

    private protected override void WriteForm(CanonicalWriter writer) => writer.Write(Url).Write(FileName).Write(Checksum);
}
