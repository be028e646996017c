using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Oci.Content;
using Boreal.Oci.Images;

namespace Boreal.Engine.Transfers;

/// <summary>Platforms as people write them, and which manifest of an index runs on one.</summary>
public static class PlatformChoice
{
    private const string Unknown = "unknown";
    private static readonly string[] Systems = ["linux", "windows", "darwin", "freebsd", "netbsd", "openbsd", "solaris", "illumos", "aix", "android", "dragonfly", "ios", "js", "nacl", "plan9", "zos", "hurd"];
    private static readonly string[] Architectures = ["386", "amd64", "arm", "arm64", "loong64", "mips", "mipsle", "mips64", "mips64le", "ppc64", "ppc64le", "riscv", "riscv64", "s390x", "sparc", "sparc64", "wasm"];

    /// <summary>This machine.</summary>
    public static Platform Host => new() { Os = "linux", Architecture = ImageImporter.HostArchitecture };

    /// <summary><c>os[/architecture[/variant]]</c> or an architecture alone; failures in Docker's words.</summary>
    public static Platform Parse(string text)
    {
        var parts = text.ToLowerInvariant().Split('/');
        if (parts.Length > 3 || parts.Any(part => part.Length == 0 || !part.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-')))
            throw Invalid($"\"{text}\": cannot parse platform specifier");
        if (parts.Length > 1)
            return Normal(parts[0] == "macos" ? "darwin" : parts[0], parts[1], parts.Length > 2 ? parts[2] : "");
        if (Systems.Contains(parts[0]))
            return Normal(parts[0], Host.Architecture, "");
        var alone = Normal("linux", parts[0], "");
        return Architectures.Contains(alone.Architecture) ? alone : throw Invalid($"\"{text}\": unknown operating system or architecture");
    }

    public static string Format(Platform platform) =>
        string.Join('/', new[] { platform.Os, platform.Architecture, platform.Variant ?? "" }.Where(part => part.Length > 0));

    /// <summary>What is built for <paramref name="actual"/> runs on <paramref name="wanted"/>.</summary>
    public static bool Runs(Platform actual, Platform wanted) => Rank(actual, wanted) is not null;

    /// <summary>The entries that run on a platform, best first. One that names none may be anything, and comes last.</summary>
    public static IEnumerable<Descriptor> Select(IEnumerable<Descriptor> manifests, Platform wanted) =>
        manifests
            .Where(manifest => MediaTypes.IsManifest(manifest.MediaType) || MediaTypes.IsIndex(manifest.MediaType))
            .Select(manifest => (Manifest: manifest, Rank: manifest.Platform is null ? int.MaxValue : Rank(manifest.Platform, wanted)))
            .Where(candidate => candidate.Rank is not null)
            .OrderBy(candidate => candidate.Rank)
            .Select(candidate => candidate.Manifest);

    private static int? Rank(Platform actual, Platform wanted)
    {
        actual = Normal(actual.Os, actual.Architecture, actual.Variant ?? "");
        wanted = Normal(wanted.Os, wanted.Architecture, wanted.Variant ?? "");
        if (actual.Os == Unknown || actual.Os != wanted.Os)
            return null;
        // A 64-bit ARM runs what was built for its forerunners.
        if (wanted.Architecture == "arm64" && actual.Architecture == "arm")
            return 100 + (8 - Level(actual));
        if (actual.Architecture != wanted.Architecture)
            return null;
        return Level(wanted) - Level(actual) is >= 0 and var steps ? steps : null;
    }

    // Variants are numbered by what came later; the oldest needs no name.
    private static int Level(Platform platform) =>
        platform.Variant is ['v', var digit, ..] && char.IsAsciiDigit(digit) ? digit - '0' : platform.Architecture == "arm64" ? 8 : 1;

    private static Platform Normal(string os, string architecture, string variant)
    {
        (architecture, variant) = (architecture, variant) switch
        {
            ("i386" or "i486" or "i586" or "i686", _) => ("386", ""),
            ("x86_64" or "x86-64", _) => ("amd64", variant),
            ("aarch64", _) => ("arm64", variant),
            ("armhf", _) => ("arm", "v7"),
            ("armel", _) => ("arm", "v6"),
            _ => (architecture, variant),
        };
        if (variant.Length == 1 && char.IsAsciiDigit(variant[0]))
            variant = "v" + variant;
        variant = (architecture, variant) switch
        {
            ("arm64", "v8") or ("amd64", "v1") => "",
            ("arm", "") => "v7",
            _ => variant,
        };
        return new Platform { Os = os, Architecture = architecture, Variant = variant.Length == 0 ? null : variant };
    }

    private static EngineException Invalid(string message) => new(ErrorKind.Invalid, message + ": invalid argument");
}
