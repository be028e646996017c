using System.Text.Json;
using Boreal.Api.Containers;
using Boreal.Api.Images;
using Boreal.Api.Json;
using Boreal.Daemon.Endpoints.Containers;
using Boreal.Daemon.Http;
using Boreal.Engine.Images;
using Boreal.Engine.Layers;
using Boreal.Oci.Images;

namespace Boreal.Daemon.Endpoints.Images;

/// <summary>From the engine's images to the API's.</summary>
internal static class ImageMapping
{
    private static readonly ApiVersion DropsVirtualSize = new(1, 44);
    private static readonly ApiVersion ShowsDanglingAsEmpty = new(1, 43);
    private static readonly ApiVersion DropsContainer = new(1, 45);

    public static ImageSummary Summary(Image image, ApiVersion version)
    {
        var dangling = image.RepoTags.Count == 0 && image.RepoDigests.Count == 0 && version < ShowsDanglingAsEmpty;
        return new ImageSummary
        {
            Created = image.Created.ToUnixTimeSeconds(),
            Id = image.Id.ToString(),
            Labels = image.Config.Config?.Labels,
            ParentId = image.Parent?.ToString() ?? "",
            RepoDigests = dangling ? ["<none>@<none>"] : image.RepoDigests,
            RepoTags = dangling ? ["<none>:<none>"] : image.RepoTags,
            Size = image.Size,
            VirtualSize = version < DropsVirtualSize ? image.Size : null,
        };
    }

    public static ImageInspect Inspect(Image image, LayerFolders folders, ApiVersion version)
    {
        var config = image.Config;
        return new ImageInspect
        {
            Id = image.Id.ToString(),
            RepoTags = image.RepoTags,
            RepoDigests = image.RepoDigests,
            Parent = image.Parent?.ToString() ?? "",
            Comment = Comment(config),
            Created = CreatedText(image),
            Container = version < DropsContainer ? config.Container ?? "" : null,
            ContainerConfig = version < DropsContainer ? Config(config.ContainerConfig ?? new RunConfig()) : null,
            DockerVersion = config.DockerVersion ?? "",
            Author = config.Author ?? "",
            Config = config.Config is null ? null : Config(config.Config),
            Architecture = config.Architecture,
            Variant = config.Variant,
            Os = config.Os.Length == 0 ? "linux" : config.Os,
            OsVersion = config.OsVersion,
            Size = image.Size,
            VirtualSize = version < DropsVirtualSize ? image.Size : null,
            GraphDriver = Driver(folders),
            RootFS = new ImageRootFs { Layers = image.LayerChain.Count == 0 ? null : [.. image.LayerChain.Select(diffId => diffId.Value)] },
            Metadata = new ImageMetadata { LastTagTime = GoTime.Format(image.LastTagged) },
        };
    }

    public static ImageHistoryItem HistoryItem(ImageHistory step) => new()
    {
        Comment = step.Comment,
        Created = step.Created.ToUnixTimeSeconds(),
        CreatedBy = step.CreatedBy,
        Id = step.Id,
        Size = step.Size,
        Tags = step.Tags,
    };

    public static ImageDeleteItem Deletion(ImageRemoval removal) => new() { Untagged = removal.Untagged, Deleted = removal.Deleted };

    /// <summary>A request's configuration as an image carries it.</summary>
    public static RunConfig RunConfig(ContainerConfig config) => new()
    {
        Hostname = config.Hostname,
        Domainname = config.Domainname,
        User = config.User,
        AttachStdin = config.AttachStdin,
        AttachStdout = config.AttachStdout,
        AttachStderr = config.AttachStderr,
        ExposedPorts = Present(config.ExposedPorts),
        Tty = config.Tty,
        OpenStdin = config.OpenStdin,
        StdinOnce = config.StdinOnce,
        Env = config.Env,
        Cmd = config.Cmd,
        Healthcheck = config.Healthcheck is not { } health ? null : new HealthCheckConfig
        {
            Test = health.Test,
            Interval = health.Interval,
            Timeout = health.Timeout,
            StartPeriod = health.StartPeriod,
            StartInterval = health.StartInterval,
            Retries = health.Retries,
        },
        Image = config.Image,
        Volumes = Present(config.Volumes),
        WorkingDir = config.WorkingDir,
        Entrypoint = config.Entrypoint,
        OnBuild = config.OnBuild,
        Labels = config.Labels,
        StopSignal = config.StopSignal,
        StopTimeout = config.StopTimeout,
        Shell = config.Shell,
    };

    private static ContainerConfig Config(RunConfig config) => new()
    {
        Hostname = config.Hostname ?? "",
        Domainname = config.Domainname ?? "",
        User = config.User ?? "",
        AttachStdin = config.AttachStdin,
        AttachStdout = config.AttachStdout,
        AttachStderr = config.AttachStderr,
        ExposedPorts = Empties(config.ExposedPorts?.Keys),
        Tty = config.Tty,
        OpenStdin = config.OpenStdin,
        StdinOnce = config.StdinOnce,
        Env = config.Env,
        Cmd = config.Cmd,
        Healthcheck = config.Healthcheck is not { } health ? null : new HealthConfig
        {
            Test = health.Test,
            Interval = health.Interval,
            Timeout = health.Timeout,
            StartPeriod = health.StartPeriod,
            StartInterval = health.StartInterval,
            Retries = health.Retries,
        },
        ArgsEscaped = config.ArgsEscaped ?? false,
        Image = config.Image ?? "",
        Volumes = Empties(config.Volumes?.Keys),
        WorkingDir = config.WorkingDir ?? "",
        Entrypoint = config.Entrypoint,
        NetworkDisabled = config.NetworkDisabled ?? false,
        OnBuild = config.OnBuild,
        Labels = config.Labels,
        StopSignal = config.StopSignal,
        StopTimeout = config.StopTimeout,
        Shell = config.Shell,
    };

    private static GraphDriver Driver(LayerFolders folders)
    {
        var data = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["MergedDir"] = folders.Merged,
            ["UpperDir"] = folders.Upper,
            ["WorkDir"] = folders.Work,
        };
        if (folders.Lower is { } lower)
            data["LowerDir"] = lower;
        return new GraphDriver { Name = "overlay2", Data = data };
    }

    // As the document has it: nanoseconds, which .NET's times drop.
    private static string CreatedText(Image image)
    {
        using var document = JsonDocument.Parse(image.ConfigBytes);
        return document.RootElement.TryGetProperty("created", out var created) && created.ValueKind is JsonValueKind.String ? created.GetString() ?? "" : "";
    }

    // Docker takes the last step's comment where the image has none of its own.
    private static string Comment(ImageConfig config) =>
        !string.IsNullOrEmpty(config.Comment) ? config.Comment : config.History is { Count: > 0 } history ? history[^1].Comment ?? "" : "";

    private static Dictionary<string, EmptyObject?>? Empties(IEnumerable<string>? keys) =>
        keys?.ToDictionary(key => key, EmptyObject? (_) => EmptyObject.Instance);

    private static IReadOnlyDictionary<string, JsonElement>? Present(IReadOnlyDictionary<string, EmptyObject?>? keys) =>
        keys is null ? null : ImageImport.Keys(keys.Keys);
}
