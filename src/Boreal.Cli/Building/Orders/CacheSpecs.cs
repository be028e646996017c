namespace Boreal.Cli.Building.Orders;

/// <summary>Reads <c>--cache-from</c> and <c>--cache-to</c>: a bare name is an image of a registry.</summary>
internal static class CacheSpecs
{
    private static readonly string[] Types = ["inline", "local", "registry", "gha", "s3", "azblob"];

    /// <exception cref="FormatException">A value cannot be understood.</exception>
    public static CacheOrder Parse(string text)
    {
        if (SpecFields.Split(text).TrueForAll(field => field.Value is null))
            return new CacheOrder("registry", new Dictionary<string, string> { ["ref"] = text });
        var fields = SpecFields.Map(text, "cache option");
        if (!fields.Remove("type", out var type)) throw new FormatException($"type required for cache option '{text}'");
        if (!Types.Contains(type, StringComparer.Ordinal)) throw new FormatException($"unknown cache type {type}: known are {string.Join(", ", Types)}");
        return new CacheOrder(type, fields);
    }
}
