using System.Globalization;
using Boreal.Build.Graph;
using Boreal.Notation;

namespace Boreal.Build.Dockerfile.Attributes;

/// <summary>Reads options from the attributes that BuildKit's clients send with a build.</summary>
public static class FrontendAttributes
{
    private const string ArgumentPrefix = "build-arg:";

    /// <summary>The options of each platform asked for; of the build's own when none was.</summary>
    /// <param name="attributes">As sent.</param>
    /// <param name="buildPlatform">What builds run on here.</param>
    /// <exception cref="FormatException">A value is wrong; the message is BuildKit's.</exception>
    public static IReadOnlyList<FrontendOptions> Read(IReadOnlyDictionary<string, string> attributes, BuildPlatform buildPlatform)
    {
        var platforms = Text(attributes, "platform").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(text => Platform(text, buildPlatform)).ToList();
        var options = ReadShared(attributes, buildPlatform) with { IsMultiPlatform = IsMultiPlatform(attributes, platforms.Count > 1) };
        return platforms.Count == 0 ? [options] : [.. platforms.Select(platform => options with { TargetPlatform = platform })];
    }

    private static FrontendOptions ReadShared(IReadOnlyDictionary<string, string> attributes, BuildPlatform buildPlatform) => new()
    {
        BuildPlatform = buildPlatform,
        Target = Text(attributes, "target"),
        BuildArguments = WithPrefix(attributes, ArgumentPrefix),
        Labels = WithPrefix(attributes, "label:"),
        NamedContexts = WithPrefix(attributes, "context:"),
        SharedKeys = WithPrefix(attributes, "sharedkey:localdir:"),
        StagesWithoutCache = attributes.TryGetValue("no-cache", out var stages) ? stages.Split(',', StringSplitOptions.RemoveEmptyEntries) : null,
        Hosts = Hosts(Text(attributes, "add-hosts")),
        ShmSize = Number(Text(attributes, "shm-size"), "failed to parse shm size"),
        Limits = LimitReader.Read(attributes),
        Network = Network(Text(attributes, "force-network-mode")),
        HostName = Text(attributes, ArgumentPrefix + "BUILDKIT_SANDBOX_HOSTNAME") is { Length: > 0 } name ? name : Text(attributes, "hostname"),
        ResolveMode = ResolveMode(Text(attributes, "image-resolve-mode")),
        CacheNamespace = Text(attributes, ArgumentPrefix + "BUILDKIT_CACHE_MOUNT_NS"),
        Checks = attributes.GetValueOrDefault(ArgumentPrefix + "BUILDKIT_DOCKERFILE_CHECK"),
    };

    private static BuildPlatform Platform(string text, BuildPlatform here)
    {
        try
        {
            return PlatformReader.Read(text, here).Normalized;
        }
        catch (FormatException exception)
        {
            throw new FormatException($"failed to parse target platform {text}: {exception.Message}", exception);
        }
    }

    private static bool IsMultiPlatform(IReadOnlyDictionary<string, string> attributes, bool hasSeveral)
    {
        var text = Text(attributes, ArgumentPrefix + "BUILDKIT_MULTI_PLATFORM") is { Length: > 0 } argument ? argument : Text(attributes, "multi-platform");
        if (text.Length == 0) return hasSeveral;
        if (!GoNumbers.TryParseBoolean(text, out var asked)) throw new FormatException($"invalid boolean value for multi-platform: {text}");
        return asked || !hasSeveral ? asked : throw new FormatException("conflicting config: returning multiple target platforms is not allowed");
    }

    private static List<HostAddress> Hosts(string text)
    {
        var hosts = new List<HostAddress>();
        foreach (var field in text.Length == 0 ? [] : CsvFields.Split(text))
        {
            if (field.ToLowerInvariant().Split('=', 2) is not [var name, var address]) throw new FormatException($"failed to parse additional hosts: invalid key-value pair {field}");
            if (!IpText.TryParse(address, out var parsed)) throw new FormatException($"failed to parse additional hosts: failed to parse IP {address}");
            hosts.Add(new HostAddress(name, parsed.ToString()));
        }
        return hosts;
    }

    private static RunNetwork Network(string text) => text switch
    {
        "" or "sandbox" => RunNetwork.Default,
        "none" => RunNetwork.None,
        "host" => RunNetwork.Host,
        _ => throw new FormatException($"invalid netmode {text}"),
    };

    private static ImageResolveMode ResolveMode(string text) => text switch
    {
        "" or "default" => ImageResolveMode.Default,
        "pull" => ImageResolveMode.ForcePull,
        "local" => ImageResolveMode.PreferLocal,
        _ => throw new FormatException($"invalid image-resolve-mode: {text}"),
    };

    private static long Number(string text, string what)
    {
        if (text.Length == 0) return 0;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
            : throw new FormatException($"{what}: strconv.ParseInt: parsing {GoText.Quote(text)}: invalid syntax");
    }

    private static string Text(IReadOnlyDictionary<string, string> attributes, string name) => attributes.GetValueOrDefault(name, "");

    private static Dictionary<string, string> WithPrefix(IReadOnlyDictionary<string, string> attributes, string prefix) =>
        attributes
            .Where(attribute => attribute.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(attribute => attribute.Key[prefix.Length..], attribute => attribute.Value);
}
