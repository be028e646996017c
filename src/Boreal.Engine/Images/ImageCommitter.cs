using System.Text.Json;
using Boreal.Engine.Containers;
using Boreal.Engine.Layers;
using Boreal.Oci.Content;
using Boreal.Oci.Images;

namespace Boreal.Engine.Images;

/// <summary>Makes an image of a container: its image's layers and one more with what the container changed.</summary>
public sealed class ImageCommitter
{
    private readonly ImageStore _images;
    private readonly Snapshots _snapshots;
    private readonly LayerStore _layers;
    private readonly LayerSync _sync;
    private readonly TimeProvider _time;

    internal ImageCommitter(ImageStore images, Snapshots snapshots, LayerStore layers, LayerSync sync, TimeProvider time) =>
        (_images, _snapshots, _layers, _sync, _time) = (images, snapshots, layers, sync, time);

    /// <summary>The caller pauses the container when its files must hold still.</summary>
    public async Task<Image> CommitAsync(Container container, CommitRequest request, CancellationToken cancellationToken)
    {
        var reference = request.Reference is null ? null : ImageStore.ParseReference(request.Reference).WithDefaultTag();
        var own = ConfigOf(container);
        var config = Merge(ConfigChanges.Apply(request.Config ?? own, request.Changes), own);
        var parent = _images.TryFind(container.Spec.ImageId);

        var used = new List<Digest>();
        foreach (var diffId in _snapshots.LayersOf(container.Id))
        {
            if (_layers.TryUse(diffId) is not null)
                used.Add(diffId);
        }

        try
        {
            used.Add((await PackAsync(container.Id, cancellationToken)).DiffId);
        }
        catch
        {
            _layers.Release(used);
            throw;
        }

        var image = _images.Add(Document(container, request, config, own, parent, used), parent?.Id);
        if (reference is not null)
            _images.Tag(image, reference);
        _sync.Request();
        return image;
    }

    private byte[] Document(Container container, CommitRequest request, RunConfig config, RunConfig own, Image? parent, List<Digest> layers)
    {
        var now = _time.GetUtcNow();
        var step = new HistoryEntry
        {
            Created = now,
            Author = NullIfEmpty(request.Author),
            CreatedBy = NullIfEmpty(string.Join(' ', own.Cmd ?? [])),
            Comment = NullIfEmpty(request.Comment),
        };
        var document = new ImageConfig
        {
            Architecture = parent?.Config.Architecture ?? ImageImporter.HostArchitecture,
            Variant = parent?.Config.Variant,
            Os = parent?.Config.Os is { Length: > 0 } os ? os : "linux",
            OsFeatures = parent?.Config.OsFeatures,
            OsVersion = parent?.Config.OsVersion,
            Author = NullIfEmpty(request.Author),
            Comment = NullIfEmpty(request.Comment),
            Config = config,
            Container = container.Id.Value,
            ContainerConfig = own,
            Created = now,
            DockerVersion = ImageImporter.EngineVersion,
            History = [.. parent?.Config.History ?? [], step],
            RootFs = new RootFs { DiffIds = layers },
        };
        return JsonSerializer.SerializeToUtf8Bytes(document, OciJson.Plain.ImageConfig);
    }

    private async Task<LayerRecord> PackAsync(ContainerId id, CancellationToken cancellationToken)
    {
        using var draft = _layers.CreateDraft();
        using var intake = new LayerIntake(draft, Compression.None);
        try
        {
            await Task.Factory.StartNew(() => _snapshots.PackChanges(id, new IntakeStream(intake), cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch (Exception exception)
        {
            var failure = intake.Failure ?? exception;
            intake.Abort(failure);
            await intake.EndedAsync();
            throw failure;
        }

        return _layers.Keep(draft, await intake.CompleteAsync());
    }

    private static RunConfig ConfigOf(Container container)
    {
        var (spec, process) = (container.Spec, container.Spec.Process);
        return new RunConfig
        {
            Hostname = process.Hostname,
            Domainname = process.Domainname,
            User = process.User,
            AttachStdin = process.AttachStdin,
            AttachStdout = process.AttachStdout,
            AttachStderr = process.AttachStderr,
            Tty = process.Tty,
            OpenStdin = process.OpenStdin,
            StdinOnce = process.StdinOnce,
            Env = process.Environment,
            Cmd = process.Command,
            Entrypoint = process.Entrypoint,
            Image = spec.ImageName,
            WorkingDir = process.WorkingDirectory,
            ExposedPorts = PresentKeys(spec.Network.Exposed.Select(port => port.ToString())),
            Volumes = PresentKeys(spec.Storage.DeclaredVolumes),
            Labels = spec.Labels.Count == 0 ? null : spec.Labels,
            OnBuild = process.OnBuild,
            StopSignal = process.StopSignal,
            StopTimeout = process.StopTimeout,
            Shell = process.Shell,
            Healthcheck = spec.Health is null ? null : new HealthCheckConfig
            {
                Test = spec.Health.Test,
                Interval = spec.Health.Interval.Ticks * 100,
                Timeout = spec.Health.Timeout.Ticks * 100,
                StartPeriod = spec.Health.StartPeriod.Ticks * 100,
                StartInterval = spec.Health.StartInterval.Ticks * 100,
                Retries = spec.Health.Retries,
            },
        };
    }

    // What the request left open comes from the container.
    private static RunConfig Merge(RunConfig config, RunConfig own) => config with
    {
        User = string.IsNullOrEmpty(config.User) ? own.User : config.User,
        ExposedPorts = config.ExposedPorts is { Count: > 0 } ? config.ExposedPorts : own.ExposedPorts,
        Env = [.. config.Env ?? [], .. (own.Env ?? []).Where(entry => !(config.Env ?? []).Any(other => KeyOf(other) == KeyOf(entry)))],
        Labels = config.Labels is { Count: > 0 } ? config.Labels : own.Labels,
        Entrypoint = config.Entrypoint is { Count: > 0 } ? config.Entrypoint : own.Entrypoint,
        Cmd = config.Entrypoint is { Count: > 0 } || config.Cmd is { Count: > 0 } ? config.Cmd : own.Cmd,
        Healthcheck = config.Healthcheck ?? own.Healthcheck,
        WorkingDir = string.IsNullOrEmpty(config.WorkingDir) ? own.WorkingDir : config.WorkingDir,
        Volumes = config.Volumes is { Count: > 0 } ? config.Volumes : own.Volumes,
        StopSignal = string.IsNullOrEmpty(config.StopSignal) ? own.StopSignal : config.StopSignal,
    };

    private static string KeyOf(string entry) => entry.IndexOf('=') is >= 0 and var at ? entry[..at] : entry;

    private static Dictionary<string, JsonElement>? PresentKeys(IEnumerable<string>? keys) =>
        keys?.Distinct().ToDictionary(key => key, _ => ConfigChanges.Present) is { Count: > 0 } present ? present : null;

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
