using System.Text.Json;
using Boreal.Engine.Errors;

namespace Boreal.Engine.Images;

/// <summary>What to make of an imported tree.</summary>
public sealed record ImageImport
{
    /// <summary>The name for the new image, full or short; null for none.</summary>
    public string? Reference { get; init; }

    public string Message { get; init; } = "";

    /// <summary>Dockerfile lines applied to the configuration.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary><c>os/arch[/variant]</c>; empty for this machine's.</summary>
    public string Platform { get; init; } = "";

    /// <summary>A Go duration such as <c>1h30m</c>.</summary>
    public static bool TryParseDuration(string text, out TimeSpan duration)
    {
        try
        {
            duration = TimeSpan.FromTicks(ConfigChanges.Duration(text) / 100);
            return text.Length > 0;
        }
        catch (EngineException)
        {
            duration = default;
            return false;
        }
    }

    /// <summary>Keys as the image spec writes sets: each with an empty object.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Keys(IEnumerable<string> keys) => ConfigChanges.Merge(null, keys);
}
