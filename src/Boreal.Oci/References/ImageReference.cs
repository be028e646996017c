using System.Text.RegularExpressions;
using Boreal.Oci.Content;

namespace Boreal.Oci.References;

/// <summary>
/// <c>[domain/]path[:tag][@digest]</c>. Short names are completed as Docker does (<c>busybox</c> is
/// <c>docker.io/library/busybox</c>) and shown shortened again.
/// </summary>
public sealed partial record ImageReference
{
    public const string DefaultDomain = "docker.io";
    public const string DefaultTag = "latest";

    private const string OfficialPrefix = "library/";
    private const int LongestRepository = 255;

    private ImageReference(string domain, string path, string? tag, Digest? digest)
    {
        Domain = domain;
        Path = path;
        Tag = tag;
        Digest = digest;
    }

    public string Domain { get; }

    /// <summary>The repository within its registry, for example <c>library/busybox</c>.</summary>
    public string Path { get; }

    public string? Tag { get; private init; }

    public Digest? Digest { get; private init; }

    /// <summary>Domain and path: the full repository name.</summary>
    public string Repository => $"{Domain}/{Path}";

    /// <summary>The repository as people write it.</summary>
    public string FamiliarName => Domain != DefaultDomain ? Repository
        : Path.StartsWith(OfficialPrefix, StringComparison.Ordinal) && Path.IndexOf('/', OfficialPrefix.Length) < 0 ? Path[OfficialPrefix.Length..]
        : Path;

    /// <summary>The whole reference as people write it.</summary>
    public string Familiar => FamiliarName + Suffix;

    private string Suffix => (Tag is null ? "" : ":" + Tag) + (Digest is { } digest ? "@" + digest.Value : "");

    /// <exception cref="FormatException">The text is no reference; the message is Docker's.</exception>
    public static ImageReference Parse(string text)
    {
        if (Identifier().IsMatch(text))
            throw new FormatException($"invalid repository name ({text}), cannot specify 64-byte hexadecimal strings");

        var (domain, remainder) = SplitDomain(text);
        var separator = remainder.IndexOf(':');
        var remoteName = separator < 0 ? remainder : remainder[..separator];
        if (remoteName.Any(char.IsAsciiLetterUpper))
            throw new FormatException($"invalid reference format: repository name ({remoteName}) must be lowercase");

        var match = Whole().Match($"{domain}/{remainder}");
        if (!match.Success)
            throw new FormatException("invalid reference format");
        if (match.Groups["path"].Length > LongestRepository)
            throw new FormatException("repository name must not be more than 255 characters");

        Digest? digest = null;
        if (match.Groups["digest"].Success)
            digest = Content.Digest.TryParse(match.Groups["digest"].Value, out var parsed) ? parsed : throw new FormatException("invalid reference format");

        var tag = match.Groups["tag"].Success ? match.Groups["tag"].Value : null;
        return new ImageReference(match.Groups["domain"].Value, match.Groups["path"].Value, tag, digest);
    }

    public static bool TryParse(string text, out ImageReference? reference)
    {
        try
        {
            reference = Parse(text);
            return true;
        }
        catch (FormatException)
        {
            reference = null;
            return false;
        }
    }

    public static bool IsTag(string text) => TagOnly().IsMatch(text);

    /// <summary>A bare repository name means its <c>latest</c>.</summary>
    public ImageReference WithDefaultTag() => Tag is null && Digest is null ? this with { Tag = DefaultTag } : this;

    /// <exception cref="FormatException">The tag has characters a tag can't have.</exception>
    public ImageReference WithTag(string tag) =>
        IsTag(tag) ? this with { Tag = tag } : throw new FormatException("invalid tag format");

    public ImageReference WithoutTag() => this with { Tag = null };

    public ImageReference WithoutDigest() => this with { Digest = null };

    public ImageReference WithDigest(Digest digest) => this with { Digest = digest };

    public override string ToString() => Repository + Suffix;

    private static (string Domain, string Remainder) SplitDomain(string name)
    {
        var slash = name.IndexOf('/');
        var first = slash < 0 ? "" : name[..slash];
        var isDomain = slash >= 0 && (first.AsSpan().ContainsAny('.', ':') || first == "localhost" || first.Any(char.IsAsciiLetterUpper));
        var domain = isDomain ? first : DefaultDomain;
        var remainder = isDomain ? name[(slash + 1)..] : name;

        if (domain == "index.docker.io")
            domain = DefaultDomain;
        if (domain == DefaultDomain && !remainder.Contains('/'))
            remainder = OfficialPrefix + remainder;
        return (domain, remainder);
    }

    [GeneratedRegex(@"\A[a-f0-9]{64}\z")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\z")]
    private static partial Regex TagOnly();

    // The grammar of distribution's reference package: domain, path components joined by one separator, tag, digest.
    [GeneratedRegex(
        @"\A(?<domain>(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?)" +
        @"/(?<path>[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*)" +
        @"(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?" +
        @"(?:@(?<digest>[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Whole();
}
