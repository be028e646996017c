using Boreal.Build.Builds;

namespace Boreal.Build.Classic;

/// <summary>What a client asks of <c>POST /build</c>.</summary>
/// <param name="Build">In the frontend's terms.</param>
/// <param name="Names">For the image.</param>
/// <param name="IsQuiet">Only the image's id is wanted.</param>
internal sealed record ClassicRequest(BuildRequest Build, IReadOnlyList<string> Names, bool IsQuiet)
{
    /// <summary>Of the engine, for the steps that ask for none; null for the usual one.</summary>
    public string? Network { get; init; }
}
