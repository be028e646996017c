namespace Boreal.Build.Dockerfile.Instructions;

/// <summary><c>COPY</c></summary>
internal sealed record CopyInstruction : TransferInstruction
{
    /// <summary>A stage, an image or a named context; empty for the main context.</summary>
    public string From { get; init; } = "";

    /// <summary>Folders above the sources are made too.</summary>
    public bool KeepsParents { get; init; }
}
