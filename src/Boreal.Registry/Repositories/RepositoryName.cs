using System.Text.RegularExpressions;
using Boreal.Registry.Errors;

namespace Boreal.Registry.Repositories;

/// <summary>A repository's name within its registry: lower-case components joined by slashes.</summary>
internal readonly partial record struct RepositoryName
{
    private const int Longest = 255;

    private readonly string? _value;

    private RepositoryName(string value) => _value = value;

    public string Value => _value ?? throw new InvalidOperationException("a RepositoryName must be parsed, not default");

    public static bool TryParse(string text, out RepositoryName name)
    {
        var valid = text.Length <= Longest && Grammar().IsMatch(text);
        name = valid ? new RepositoryName(text) : default;
        return valid;
    }

    /// <exception cref="RegistryException">The text is no repository name.</exception>
    public static RepositoryName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new RegistryException(RegistryErrorCode.NameInvalid, "invalid repository name") { Detail = text };

    public override string ToString() => _value ?? "";

    // No backtracking to exploit: each alternative begins with another character.
    [GeneratedRegex(@"\A[a-z0-9]+(?:(?:\.|__|_|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|__|_|-+)[a-z0-9]+)*)*\z")]
    private static partial Regex Grammar();
}
