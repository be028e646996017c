namespace Boreal.Cli.Parsing;

/// <summary><c>-v</c>: a path alone is an anonymous volume, <c>source:target[:options]</c> a bind or a named volume.</summary>
internal static class VolumeSpecs
{
    /// <summary>The bind to send to the daemon, relative sources made absolute; null for an anonymous volume. The daemon checks the rest.</summary>
    public static string? Bind(string spec)
    {
        if (spec.Length is 0) throw new FormatException("invalid empty volume spec");
        var parts = spec.Split(':');
        if (parts.Length is 1) return null;
        var source = parts[0].StartsWith('.') ? Path.GetFullPath(parts[0]) : parts[0];
        return string.Join(':', parts.Skip(1).Prepend(source));
    }
}
