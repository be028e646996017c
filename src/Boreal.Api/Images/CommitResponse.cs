namespace Boreal.Api.Images;

/// <summary>The answer of <c>POST /commit</c>.</summary>
public sealed record CommitResponse(string Id);
