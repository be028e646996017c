using System.Collections.Immutable;
using System.Text.Json;
using Boreal.Build.Dockerfile.Expansion;
using Boreal.Build.Graph;
using Boreal.Oci.Images;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>An image's configuration while instructions change it. Immutable: a stage built on another starts from its draft.</summary>
internal sealed record ImageDraft
{
    private const string Comment = "buildkit.dockerfile.v0";
    private static readonly JsonElement EmptyObject = JsonDocument.Parse("{}").RootElement;

    public required BuildPlatform Platform { get; init; }

    public IReadOnlyList<string>? SystemFeatures { get; init; }

    public string? Author { get; init; }

    public ImmutableList<string> Environment { get; init; } = [];

    public IReadOnlyList<string>? Cmd { get; init; }

    public IReadOnlyList<string>? Entrypoint { get; init; }

    public bool ArgumentsEscaped { get; init; }

    public string User { get; init; } = "";

    public string WorkingDirectory { get; init; } = "";

    public string? StopSignal { get; init; }

    public IReadOnlyList<string>? Shell { get; init; }

    public HealthCheckConfig? HealthCheck { get; init; }

    public ImmutableSortedDictionary<string, string>? Labels { get; init; }

    public ImmutableSortedSet<string>? Ports { get; init; }

    public ImmutableSortedSet<string>? Volumes { get; init; }

    public ImmutableList<string> Triggers { get; init; } = [];

    public ImmutableList<HistoryEntry> History { get; init; } = [];

    public RootFs Layers { get; init; } = new();

    public static ImageDraft Empty(BuildPlatform platform) => new()
    {
        Platform = platform,
        WorkingDirectory = "/",
        Environment = [DefaultPath],
    };

    public static string DefaultPath => "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>What an image on top of this one inherits; anything else in its configuration ends here.</summary>
    public static ImageDraft From(ImageConfig image)
    {
        var config = image.Config ?? new RunConfig();
        return new ImageDraft
        {
            Platform = new BuildPlatform(image.Os, image.Architecture, image.Variant ?? "", image.OsVersion ?? ""),
            SystemFeatures = image.OsFeatures,
            Author = image.Author,
            Environment = [.. config.Env ?? []],
            Cmd = config.Cmd,
            Entrypoint = config.Entrypoint,
            ArgumentsEscaped = config.ArgsEscaped ?? false,
            User = config.User ?? "",
            WorkingDirectory = config.WorkingDir ?? "",
            StopSignal = config.StopSignal,
            Shell = config.Shell,
            HealthCheck = config.Healthcheck,
            Labels = config.Labels?.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Ports = config.ExposedPorts?.Keys.ToImmutableSortedSet(StringComparer.Ordinal),
            Volumes = config.Volumes?.Keys.ToImmutableSortedSet(StringComparer.Ordinal),
            Triggers = [.. config.OnBuild ?? []],
            History = [.. image.History ?? []],
            Layers = image.RootFs ?? new RootFs(),
        };
    }

    /// <summary>A variable that is there keeps its place.</summary>
    public ImageDraft WithVariable(string name, string value)
    {
        var index = Environment.FindIndex(assignment => Variables.IsOf(assignment, name));
        var assignment = $"{name}={value}";
        return this with { Environment = index < 0 ? Environment.Add(assignment) : Environment.SetItem(index, assignment) };
    }

    public ImageDraft WithLabel(string name, string value) =>
        this with { Labels = (Labels ?? ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)).SetItem(name, value) };

    public ImageDraft WithHistory(string createdBy, DateTimeOffset? created, bool makesLayer = false)
    {
        var entry = new HistoryEntry { CreatedBy = createdBy, Comment = Comment, Created = created, EmptyLayer = makesLayer ? null : true };
        return this with { History = History.Add(entry) };
    }

    public ImageConfig ToConfig() => new()
    {
        Architecture = Platform.Architecture,
        Os = Platform.Os,
        Variant = NullIfEmpty(Platform.Variant),
        OsVersion = NullIfEmpty(Platform.OsVersion),
        OsFeatures = SystemFeatures,
        Author = Author,
        RootFs = Layers,
        History = History,
        Config = new RunConfig
        {
            User = NullIfEmpty(User),
            ExposedPorts = Ports?.ToDictionary(port => port, _ => EmptyObject),
            Env = Environment.IsEmpty ? null : Environment,
            Entrypoint = NullIfEmpty(Entrypoint),
            Cmd = NullIfEmpty(Cmd),
            Volumes = Volumes?.ToDictionary(volume => volume, _ => EmptyObject),
            WorkingDir = NullIfEmpty(WorkingDirectory),
            Labels = Labels,
            StopSignal = StopSignal,
            ArgsEscaped = ArgumentsEscaped ? true : null,
            Healthcheck = HealthCheck,
            OnBuild = Triggers.IsEmpty ? null : Triggers,
            Shell = Shell,
        },
    };

    private static IReadOnlyList<string>? NullIfEmpty(IReadOnlyList<string>? items) => items is { Count: > 0 } ? items : null;

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
