namespace Boreal.Build.Graph;

/// <summary>The file tree of an image, pulled when it is not there.</summary>
public sealed class ImageOperation : Operation
{
    /// <summary>The full reference, with the digest when it was resolved.</summary>
    public required string Reference { get; init; }

    public required BuildPlatform Platform { get; init; }

    public ImageResolveMode ResolveMode { get; init; }

    public override IReadOnlyList<Operation> Inputs => [];

    private protected override string Kind => "image";

    private protected override void WriteForm(CanonicalWriter writer) => Platform.Write(writer.Write(Reference).Write((long)ResolveMode));
}
