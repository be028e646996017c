namespace Boreal.Api.Node;

/// <summary>The answer of <c>POST /auth</c>.</summary>
public sealed record AuthResponse
{
    /// <summary>To keep in the password's place; empty when the registry gives none.</summary>
    public string IdentityToken { get; init; } = "";

    public string Status { get; init; } = "";
}
