using System.Text.RegularExpressions;
using Boreal.Notation;

namespace Boreal.Build.Graph;

/// <summary>Reads <c>os/architecture[/variant]</c>; one part alone is whichever of the first two it can be.</summary>
internal static partial class PlatformReader
{
    private const string Component = "^[A-Za-z0-9_.-]+$";
    private const string SystemComponent = @"^([A-Za-z0-9_-]+)(?:\(([A-Za-z0-9_.%-]*)((?:\+[A-Za-z0-9_.%-]+)*)\))?$";

    /// <param name="text">The platform as written.</param>
    /// <param name="here">Gives what the text leaves out.</param>
    /// <exception cref="FormatException">The text names no platform.</exception>
    public static BuildPlatform Read(string text, BuildPlatform here)
    {
        if (text.Contains('*')) throw new FormatException($"{GoText.Quote(text)}: wildcards not yet supported: invalid argument");
        var parts = text.Split('/', 4);
        var system = System().Match(parts[0]);
        if (!system.Success)
        {
            throw new FormatException(
                $"{GoText.Quote(parts[0])} is an invalid OS component of {GoText.Quote(text)}: " +
                $"OSAndVersion specifier component must match {GoText.Quote(SystemComponent)}: invalid argument");
        }
        foreach (var part in parts.Skip(1).Where(part => !Part().IsMatch(part)))
        {
            throw new FormatException(
                $"{GoText.Quote(part)} is an invalid component of {GoText.Quote(text)}: platform specifier component must match {GoText.Quote(Component)}: invalid argument");
        }

        var os = PlatformNames.NormalizeSystem(system.Groups["name"].Value);
        var version = system.Groups["version"].Value;
        return parts switch
        {
            [_] => ReadAlone(text, os, version, here),
            [_, var architecture] => Known(os, architecture, "", version),
            [_, var architecture, var variant] => Full(os, architecture, variant, version),
            _ => throw new FormatException($"{GoText.Quote(text)}: cannot parse platform specifier: invalid argument"),
        };
    }

    private static BuildPlatform ReadAlone(string text, string os, string version, BuildPlatform here)
    {
        if (PlatformNames.IsSystem(os)) return new BuildPlatform(os, here.Architecture, "", version);
        var platform = Known(here.Os, text, "", "");
        return PlatformNames.IsArchitecture(platform.Architecture) ? platform
            : throw new FormatException($"{GoText.Quote(text)}: unknown operating system or architecture: invalid argument");
    }

    private static BuildPlatform Known(string os, string architecture, string variant, string version)
    {
        var (name, normalized) = PlatformNames.Normalize(architecture.ToLowerInvariant(), variant);
        return new BuildPlatform(os, name, name == "arm" && normalized == "v7" ? "" : normalized, version);
    }

    private static BuildPlatform Full(string os, string architecture, string variant, string version)
    {
        var (name, normalized) = PlatformNames.Normalize(architecture.ToLowerInvariant(), variant.ToLowerInvariant());
        return new BuildPlatform(os, name, name == "arm64" && normalized.Length == 0 ? "v8" : normalized, version);
    }

    [GeneratedRegex(@"\A(?<name>[A-Za-z0-9_-]+)(?:\((?<version>[A-Za-z0-9_.%-]*)(?:\+[A-Za-z0-9_.%-]+)*\))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex System();

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]+\z")]
    private static partial Regex Part();
}
