namespace Boreal.Oci.Distribution.Tokens;

/// <summary>A question to a token server, and the key its answer is kept by. Scopes are joined by spaces, in a fixed order.</summary>
internal sealed record TokenRequest(string Realm, string Service, string Scopes, RegistryCredentials Credentials)
{
    public static TokenRequest For(Challenge challenge, IEnumerable<string> scopes, RegistryCredentials? credentials) =>
        new(challenge["realm"], challenge["service"], string.Join(' ', scopes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)), credentials ?? new RegistryCredentials());

    public IReadOnlyList<string> ScopeList => Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    // Credentials are never printed.
    public override string ToString() => $"{Realm} {Service} {Scopes}";
}
