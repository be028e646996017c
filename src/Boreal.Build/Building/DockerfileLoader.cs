using Boreal.Build.Builds;
using Boreal.Build.Contexts;
using Boreal.Build.Dockerfile;
using Boreal.Build.Exporting;
using Boreal.Build.Progress;
using Boreal.BuildWire.Ignore;
using Boreal.BuildWire.Paths;
using Boreal.Linux.Files;

namespace Boreal.Build.Building;

/// <summary>Brings a Dockerfile and the ignore file that goes with it from the client.</summary>
internal sealed class DockerfileLoader(BuildSurroundings surroundings)
{
    private const string IgnoreName = ".dockerignore";
    private const int LargestFile = 4 << 20;

    /// <summary>Warnings about the Dockerfile belong to this step.</summary>
    public string StepId { get; } = ImageExporter.NewId();

    /// <param name="attributes">filename, dockerfilekey and contextkey count here.</param>
    /// <param name="cancellationToken">Stops the transfer.</param>
    /// <exception cref="BuildException">There is no such file.</exception>
    public async Task<BuildDefinition> LoadAsync(IReadOnlyDictionary<string, string> attributes, CancellationToken cancellationToken)
    {
        var (file, own) = await LoadFileAsync(attributes, cancellationToken);
        var ignored = own ?? await ReadIgnoredAsync(attributes.GetValueOrDefault("contextkey", "context"), cancellationToken);
        return new BuildDefinition(file, ignored is null ? [] : IgnoreFile.Read(ignored), MainContext: null);
    }

    /// <summary>The Dockerfile from the client, for a context that is not the client's; and the text of the ignore file of its own.</summary>
    public async Task<(DockerfileText File, string? Ignored)> LoadFileAsync(IReadOnlyDictionary<string, string> attributes, CancellationToken cancellationToken)
    {
        var name = attributes.GetValueOrDefault("filename", "Dockerfile");
        var own = name + IgnoreName;
        var folder = attributes.GetValueOrDefault("dockerfilekey", "dockerfile");
        var step = surroundings.Progress.Start(StepId, $"[internal] load build definition from {SlashPath.Base(name)}");
        var found = await ReadAsync(step, "transferring dockerfile:", new ContextFilter(folder) { Purpose = "dockerfile", Follow = [name, own, name.ToLowerInvariant()] }, cancellationToken);
        if ((found.GetValueOrDefault(name) ?? found.GetValueOrDefault(name.ToLowerInvariant())) is not { } text)
        {
            var message = $"failed to read dockerfile: open {name}: no such file or directory";
            step.Fail(message);
            throw new BuildException(message) { MissingPath = name };
        }

        step.Complete();
        return (new DockerfileText(SlashPath.Base(name), text), found.GetValueOrDefault(own));
    }

    /// <summary>The ignore file of a folder of the client; null when it has none.</summary>
    public async Task<string?> ReadIgnoredAsync(string folder, CancellationToken cancellationToken)
    {
        var step = surroundings.Progress.Start(ImageExporter.NewId(), $"[internal] load {IgnoreName}");
        var found = await ReadAsync(step, "transferring context:", new ContextFilter(folder) { Purpose = IgnoreName, Follow = [IgnoreName] }, cancellationToken);
        step.Complete();
        return found.GetValueOrDefault(IgnoreName);
    }

    private async Task<Dictionary<string, string>> ReadAsync(BuildStep step, string part, ContextFilter filter, CancellationToken cancellationToken)
    {
        var transfer = step.Begin(part);
        using var folder = await surroundings.Client.OpenFolderAsync(filter, transfer, cancellationToken);
        transfer.Complete();
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in filter.Follow)
        {
            if (RootedFile.TryReadText(folder.Path, name, LargestFile) is { } text)
                texts[name] = text;
        }

        return texts;
    }
}
