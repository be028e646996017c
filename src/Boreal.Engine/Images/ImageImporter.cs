using System.Runtime.InteropServices;
using System.Text.Json;
using Boreal.Engine.Errors;
using Boreal.Engine.Layers;
using Boreal.Oci.Content;
using Boreal.Oci.Images;

namespace Boreal.Engine.Images;

/// <summary>Makes an image of one layer from a tar of a file tree, plain or compressed.</summary>
public sealed class ImageImporter
{
    /// <summary>Named in images we make, where Docker puts its version.</summary>
    internal const string EngineVersion = "26.1.5";

    private readonly ImageStore _images;
    private readonly LayerStore _layers;
    private readonly LayerSync _sync;
    private readonly TimeProvider _time;

    internal ImageImporter(ImageStore images, LayerStore layers, LayerSync sync, TimeProvider time) =>
        (_images, _layers, _sync, _time) = (images, layers, sync, time);

    public async Task<Image> ImportAsync(Stream archive, ImageImport import, CancellationToken cancellationToken)
    {
        var reference = import.Reference is null ? null : ImageStore.ParseReference(import.Reference).WithDefaultTag();
        var config = ConfigChanges.Apply(new RunConfig(), import.Changes);
        var platform = ParsePlatform(import.Platform);

        var layer = await ReceiveAsync(archive, cancellationToken);
        var now = _time.GetUtcNow();
        var comment = import.Message is { Length: > 0 } message ? message : "Imported from -";
        var document = new ImageConfig
        {
            Architecture = platform.Architecture,
            Variant = platform.Variant,
            Os = platform.Os,
            Comment = comment,
            Config = config,
            Created = now,
            DockerVersion = EngineVersion,
            History = [new HistoryEntry { Created = now, Comment = comment }],
            RootFs = new RootFs { DiffIds = [layer.DiffId] },
        };
        var image = _images.Add(JsonSerializer.SerializeToUtf8Bytes(document, OciJson.Plain.ImageConfig), parent: null);
        if (reference is not null)
            _images.Tag(image, reference);
        _images.Publish("import", image, image.Id.ToString());
        _sync.Request();
        return image;
    }

    /// <summary>This machine's architecture in Go's words.</summary>
    internal static string HostArchitecture => RuntimeInformation.OSArchitecture is Architecture.Arm64 ? "arm64" : "amd64";

    private async Task<LayerRecord> ReceiveAsync(Stream archive, CancellationToken cancellationToken)
    {
        var (compression, whole) = await PeekedStream.DetectAsync(archive, cancellationToken);
        using var draft = _layers.CreateDraft();
        using var intake = new LayerIntake(draft, compression);
        try
        {
            await intake.FillAsync(whole, cancellationToken);
        }
        catch (Exception exception)
        {
            intake.Abort(exception);
            await intake.EndedAsync();
            throw intake.Failure ?? exception;
        }

        return _layers.Keep(draft, await intake.CompleteAsync());
    }

    private static Platform ParsePlatform(string text)
    {
        if (text.Length == 0)
            return new Platform { Os = "linux", Architecture = HostArchitecture };
        var parts = text.Split('/');
        if (parts.Length > 3 || parts.Any(part => part.Length == 0))
            throw new EngineException(ErrorKind.Invalid, $"\"{text}\" is an invalid platform, write os/architecture");
        if (parts[0] != "linux")
            throw new EngineException(ErrorKind.Invalid, $"operating system is not supported: {parts[0]}");
        return new Platform { Os = parts[0], Architecture = parts.Length > 1 ? parts[1] : HostArchitecture, Variant = parts.Length > 2 ? parts[2] : null };
    }
}
