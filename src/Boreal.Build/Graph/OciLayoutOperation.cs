namespace Boreal.Build.Graph;

/// <summary>The file tree of an image that the client has as an OCI layout.</summary>
public sealed class OciLayoutOperation : Operation
{
    /// <summary>The client's name of the layout.</summary>
    public required string Store { get; init; }

    /// <summary>A reference with a digest.</summary>
    public required string Reference { get; init; }

    public required BuildPlatform Platform { get; init; }

    public override IReadOnlyList<Operation> Inputs => [];

    private protected override string Kind => "oci-layout";

    private protected override void WriteForm(CanonicalWriter writer) => Platform.Write(writer.Write(Store).Write(Reference));
}
