namespace Boreal.Tests.Functional.Distribution;

/// <summary>What a client asked.</summary>
internal sealed record SeenRequest(string Method, string Path, string Query, string? Authorization, string? Range, string Body)
{
    public override string ToString() => $"{Method} {Path}{Query}";
}
