namespace Boreal.Build.Dockerfile.Instructions;

/// <summary>What COPY and ADD share: files to a place.</summary>
internal abstract record TransferInstruction : Instruction
{
    public required IReadOnlyList<string> Sources { get; init; }

    public required IReadOnlyList<InlineFile> InlineFiles { get; init; }

    public required string Destination { get; init; }

    public string Owner { get; init; } = "";

    public string Mode { get; init; } = "";

    /// <summary>The files make a layer of their own, which no change below invalidates.</summary>
    public bool IsLinked { get; init; }

    public IReadOnlyList<string> Excludes { get; init; } = [];
}
