using System.Globalization;
using Boreal.Build.Builds;
using Boreal.Build.Exporting;
using Boreal.Build.Packaging;
using Boreal.Build.Solving;
using Boreal.Engine.Images;
using Boreal.Engine.Transfers;
using Boreal.Oci.Images;

namespace Boreal.Build.Building;

/// <summary>Brings results to where their clients want them.</summary>
internal sealed class ResultExporter(ImageExporter images, FileExporter files, PackageExporter packages)
{
    public FileExporter Files => files;

    public ImageExporter Images => images;

    /// <summary>The configuration of an image of the tree.</summary>
    public byte[] ConfigOf(PlannedTree tree) => ImageAssembler.Document(images.ConfigOf(tree.Plan, tree.Tree));

    /// <summary>Clients hand platforms on in any order; what is written is to be the same every time.</summary>
    public static IReadOnlyList<PlannedTree> TreesOf(BuildResult result) =>
        [.. result.Platforms.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value).Append(result.Tree).OfType<PlannedTree>()];

    /// <exception cref="BuildException">There is no such export, or it does not go.</exception>
    public async Task<IReadOnlyDictionary<string, string>> ExportAsync(BuildResult result, ExportRequest request, BuildSurroundings surroundings, CancellationToken cancellationToken)
    {
        var trees = TreesOf(result);
        // An answer has no files.
        if (trees.Count == 0)
            return new Dictionary<string, string>();
        var hasIndex = result.Platforms.Count > 0;
        switch (request.Kind)
        {
            case "moby" or "image":
                return await ExportImageAsync(await DateAsync(trees, request, surroundings, cancellationToken), hasIndex, request, surroundings, cancellationToken);
            case "oci" or "docker":
                return await packages.SendAsync(await DateAsync(trees, request, surroundings, cancellationToken), hasIndex, request, surroundings, cancellationToken);
            case "local":
                await files.SendFolderAsync(Only(trees, request), request.Index, surroundings, cancellationToken);
                return new Dictionary<string, string>();
            case "tar":
                await files.SendArchiveAsync(Only(trees, request), request.Index, surroundings, cancellationToken);
                return new Dictionary<string, string>();
            default:
                throw new BuildException($"exporter \"{request.Kind}\" could not be found");
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> ExportImageAsync(IReadOnlyList<PlannedTree> trees, bool hasIndex, ExportRequest request, BuildSurroundings surroundings, CancellationToken cancellationToken)
    {
        var isPushed = PackageFormat.Flag(request.Attributes, "push");
        if (hasIndex && !isPushed)
            throw new BuildException("this engine keeps images of one platform: push an image of several (--push), or write it to a file (--output type=oci,dest=FILE)");
        // What goes out is here first, to be known by the digest that it has there; of several what runs here.
        var own = trees.FirstOrDefault(tree => tree.Platform is { } platform && PlatformChoice.Runs(new Platform { Os = platform.Os, Architecture = platform.Architecture }, PlatformChoice.Host)) ?? trees[0];
        var kept = await Task.Run(() => images.Export(own, request, surroundings.Progress), cancellationToken);
        return isPushed ? await packages.PushAsync(trees, hasIndex, request, surroundings, cancellationToken) : kept;
    }

    private async Task<IReadOnlyList<PlannedTree>> DateAsync(IReadOnlyList<PlannedTree> trees, ExportRequest request, BuildSurroundings surroundings, CancellationToken cancellationToken)
    {
        var dated = new List<PlannedTree>();
        foreach (var tree in trees)
            dated.Add(await images.DateAsync(tree, request, surroundings, cancellationToken));
        return dated;
    }

    private static PlannedTree Only(IReadOnlyList<PlannedTree> trees, ExportRequest request) => trees is [var only]
        ? only
        : throw new BuildException(string.Create(CultureInfo.InvariantCulture, $"exporter \"{request.Kind}\" takes one platform, not {trees.Count}"));
}
