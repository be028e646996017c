namespace Boreal.Api.Images;

/// <summary>The <c>aux</c> object at the end of a push.</summary>
public sealed record PushResult
{
    public string Tag { get; init; } = "";

    public string Digest { get; init; } = "";

    public long Size { get; init; }
}
