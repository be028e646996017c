using Boreal.Build.Builds;
using Boreal.Build.Caching;
using Boreal.Build.Graph;
using Boreal.Build.Progress;
using Boreal.Build.Solving;
using Boreal.Engine.Layers;
using Boreal.Oci.References;

namespace Boreal.Build.Sources;

/// <summary>
/// Brings trees from elsewhere. Whether they are still the same is asked in every build, for only the other side knows; what is the same is
/// not brought again.
/// </summary>
internal sealed class SourceStep(BuildLayers layers, StepCache cache, HttpFetch web, GitFetch repositories, LayoutImages layouts)
{
    /// <exception cref="BuildException">It cannot be had.</exception>
    public async Task<SolvedTree> LoadAsync(Operation operation, SolveScope scope, CancellationToken cancellationToken)
    {
        var step = scope.StepOf(operation);
        step.Start();
        if (operation is OciLayoutOperation layout)
        {
            var digest = ImageReference.Parse(layout.Reference).Digest ?? throw new BuildException($"{layout.Reference}: an image of a layout is named by its digest");
            var image = await layouts.FetchAsync(layout, digest, scope, cancellationToken);
            step.Complete();
            return image;
        }

        var (record, isKnown) = operation switch
        {
            GitOperation git => await CheckOutAsync(git, scope, step, cancellationToken),
            HttpOperation http => (await FetchAsync(http, scope, step, cancellationToken), false),
            _ => throw new BuildException($"{operation.Provenance.Name}: this kind of source is not supported yet"),
        };
        scope.HoldUsed([record.Layer]);
        if (isKnown)
            step.CompleteCached();
        else
            step.Complete();
        return new SolvedTree.Layered([new SolvedLayer(record.Layer, record.CreatedAt, record.Id)]);
    }

    private async Task<StepRecord> FetchAsync(HttpOperation operation, SolveScope scope, BuildStep step, CancellationToken cancellationToken)
    {
        using var tree = layers.CreateTree([]);
        var content = await AsKeyAsync(() => web.FetchAsync(operation, tree.Path, (scope.Client, step), cancellationToken));
        var found = $"sha256:{Convert.ToHexStringLower(content)}";
        if (operation.Checksum.Length > 0 && operation.Checksum != found)
            throw new BuildException($"digest mismatch {found}: {operation.Checksum}");
        var key = StepKey.Of(HttpFetch.Lasting(operation), [StepKey.OfContent(content)]);
        return cache.TryUse(key) ?? await KeepAsync(tree, key, operation, cancellationToken);
    }

    private async Task<(StepRecord Record, bool IsKnown)> CheckOutAsync(GitOperation operation, SolveScope scope, BuildStep step, CancellationToken cancellationToken)
    {
        var commit = await AsKeyAsync(() => repositories.ResolveAsync(operation, scope.Client, step, cancellationToken));
        var key = StepKey.Of(operation, [$"commit:{commit.Id}"]);
        if (!operation.IgnoresCache && cache.TryUse(key) is { } known)
            return (known, true);
        using var tree = layers.CreateTree([]);
        await repositories.CheckOutAsync(operation, commit, tree.Path, (scope.Client, step), cancellationToken);
        return (await KeepAsync(tree, key, operation, cancellationToken), false);
    }

    private static async Task<T> AsKeyAsync<T>(Func<Task<T>> load)
    {
        try
        {
            return await load();
        }
        catch (BuildException exception)
        {
            throw new BuildException($"failed to load cache key: {exception.Message}", exception);
        }
    }

    private Task<StepRecord> KeepAsync(WorkTree tree, string key, Operation operation, CancellationToken cancellationToken) =>
        Task.Run(() => cache.Keep(tree, [key], operation.Provenance.Name, [], cancellationToken), cancellationToken);
}
