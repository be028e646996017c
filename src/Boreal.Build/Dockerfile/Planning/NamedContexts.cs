using Boreal.Build.Graph;
using Boreal.Build.Sources;
using Boreal.BuildWire.Ignore;
using Boreal.Notation;
using Boreal.Oci.Content;
using Boreal.Oci.References;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>Finds named contexts and makes operations of them.</summary>
internal sealed class NamedContexts(FrontendOptions options, IPlanSources sources)
{
    private const string DefaultTag = ":" + ImageReference.DefaultTag;

    /// <exception cref="FormatException">The name can't be one of a context.</exception>
    public NamedContext? Find(string name, BuildPlatform? platform, UsedPaths paths)
    {
        if (options.NamedContexts.Count == 0 || name.Equals("scratch", StringComparison.OrdinalIgnoreCase) || name.Equals("context", StringComparison.OrdinalIgnoreCase)) return null;
        if (!ImageReference.TryParse(name, out var reference) || reference is null) throw new FormatException($"invalid context name {name}: invalid reference format");
        var familiar = reference.Familiar;
        if (familiar.EndsWith(DefaultTag, StringComparison.Ordinal)) familiar = familiar[..^DefaultTag.Length];
        var wanted = platform ?? options.TargetPlatform ?? options.BuildPlatform;
        var specific = $"{familiar}::{wanted.Normalized.ToFullString()}";
        foreach (var key in new[] { specific, familiar })
        {
            if (options.NamedContexts.TryGetValue(key, out var specifier)) return new NamedContext(specifier, familiar, key, wanted, paths);
        }
        return null;
    }

    /// <exception cref="FormatException">The context is of no known kind or its parts are wrong.</exception>
    /// <exception cref="SourceUnavailableException">What it stands for can't be had.</exception>
    public async Task<PlannedInput> LoadAsync(NamedContext context, CancellationToken cancellationToken)
    {
        var colon = context.Specifier.IndexOf(':');
        if (colon < 0) throw new FormatException($"invalid context specifier {context.Specifier} for {context.Key}");
        var (kind, value) = (context.Specifier[..colon], context.Specifier[(colon + 1)..]);
        switch (kind.StartsWith("git@", StringComparison.Ordinal) ? "git" : kind)
        {
            case "docker-image":
                return await LoadImageAsync(context, WithoutSlashes(value), cancellationToken);
            case "git":
                return new PlannedInput(GitSource(context) ?? throw new FormatException($"invalid git context {context.Specifier}"), null);
            case "http" or "https":
                return new PlannedInput((Operation?)GitSource(context) ?? HttpSource(context), null);
            case "oci-layout":
                return await LoadLayoutAsync(context, WithoutSlashes(value), cancellationToken);
            case "local":
                return new PlannedInput(await LocalSourceAsync(context, value, cancellationToken), null);
            case "input":
                return options.Inputs.TryGetValue(value, out var input) ? input : throw new FormatException($"invalid input {value} for {context.Key}");
            default:
                throw new FormatException($"unsupported context source {kind} for {context.Key}");
        }
    }

    private async Task<PlannedInput> LoadImageAsync(NamedContext context, string name, CancellationToken cancellationToken)
    {
        if (name == "scratch") return new PlannedInput(null, null);
        var reference = ImageReference.Parse(name).WithDefaultTag();
        var request = new ImageRequest(reference.ToString(), context.Platform, options.ResolveMode, null, $"[context {context.Key}] load metadata for {name}");
        var image = await sources.ResolveImageAsync(request, cancellationToken);
        var source = new ImageOperation
        {
            Reference = image.Reference,
            Platform = context.Platform,
            Provenance = new Provenance($"[context {context.Key}] {image.Reference}"),
        };
        return new PlannedInput(source, image.Config);
    }

    private async Task<PlannedInput> LoadLayoutAsync(NamedContext context, string name, CancellationToken cancellationToken)
    {
        var at = name.IndexOf('@');
        if (at <= 0 || !Digest.TryParse(name[(at + 1)..], out var digest)) throw new FormatException($"oci-layout reference {GoText.Quote(name)} has no digest");
        var tag = name.IndexOf(':', name.LastIndexOf('/', at) + 1);
        var store = tag >= 0 && tag < at ? name[..tag] : name[..at];
        var reference = ImageReference.Parse(context.Name).WithDigest(digest).ToString();
        var request = new ImageRequest(reference, context.Platform, options.ResolveMode, store, $"[context {context.Key}] load metadata for {reference}");
        var image = await sources.ResolveImageAsync(request, cancellationToken);
        var source = new OciLayoutOperation
        {
            Store = store,
            Reference = reference,
            Platform = context.Platform,
            Provenance = new Provenance($"[context {context.Key}] OCI load from client"),
        };
        return new PlannedInput(source, image.Config);
    }

    private async Task<LocalOperation> LocalSourceAsync(NamedContext context, string name, CancellationToken cancellationToken)
    {
        var ignored = await sources.ReadIgnoreFileAsync(name, cancellationToken);
        return new LocalOperation
        {
            Name = name,
            FollowedPaths = context.Paths.Followed,
            ExcludedPatterns = ignored is null ? [] : IgnoreFile.Read(ignored),
            SharedKey = $"context:{context.Key}-{options.SharedKeys.GetValueOrDefault(context.Key, "")}",
            Provenance = new Provenance($"[context {context.Key}] load from client"),
        };
    }

    private static GitOperation? GitSource(NamedContext context)
    {
        if (GitReferenceReader.Read(context.Specifier) is not { } repository) return null;
        return new GitOperation
        {
            Repository = repository,
            KeepsGitFolder = repository.KeepsGitFolder ?? false,
            Checksum = repository.Checksum,
            Provenance = new Provenance($"[internal] load git source {context.Specifier}"),
        };
    }

    private static HttpOperation HttpSource(NamedContext context) => new()
    {
        Url = context.Specifier,
        FileName = "context",
        Provenance = new Provenance($"[context {context.Key}] {context.Specifier}"),
    };

    private static string WithoutSlashes(string value) => value.StartsWith("//", StringComparison.Ordinal) ? value[2..] : value;
}
