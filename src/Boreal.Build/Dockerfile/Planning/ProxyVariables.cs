namespace Boreal.Build.Dockerfile.Planning;

/// <summary>The proxy variables that programs get without an ARG, in both spellings.</summary>
internal static class ProxyVariables
{
    private static readonly string[] Names = ["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY"];

    public static IReadOnlyList<string> From(IReadOnlyDictionary<string, string> arguments)
    {
        var variables = new List<string>();
        foreach (var name in Names)
        {
            // Both spellings given: the one in small letters counts.
            var given = arguments
                .Where(argument => argument.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
                .OrderBy(argument => argument.Key, StringComparer.Ordinal)
                .LastOrDefault();
            if (string.IsNullOrEmpty(given.Value)) continue;
            variables.Add($"{name}={given.Value}");
            variables.Add($"{name.ToLowerInvariant()}={given.Value}");
        }
        return variables;
    }
}
