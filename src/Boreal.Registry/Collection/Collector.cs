using System.Diagnostics.CodeAnalysis;
using Boreal.Oci.Content;
using Boreal.Registry.Manifests;
using Boreal.Registry.Repositories;
using Boreal.Registry.Storage;
using Boreal.Registry.Uploads;
using Microsoft.Extensions.Logging;

namespace Boreal.Registry.Collection;

/// <summary>
/// Takes away what nothing names, while the registry serves: (1) uploads that rest too long, (2) manifests without a tag, if
/// asked, (3) in each repository, blobs no manifest of it names, (4) repositories that are empty, (5) files with no
/// repository's name. What is young is left alone; (3) looks again at what has changed while no change can be made.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "a SemaphoreSlim whose wait handle is never asked for owns nothing")]
internal sealed partial class Collector(
    RepositoryStore repositories, BlobSweeper sweeper, UploadStore uploads, ManifestStore manifests, DataPaths paths, ILogger logger)
{
    private readonly SemaphoreSlim _one = new(1);

    public async Task<CollectionReport> RunAsync(CollectionRequest request, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var tally = new CollectionTally(request.DryRun);
            tally.CountUploads(await uploads.ExpireAsync(request.DryRun, cancellationToken));               // (1)
            foreach (var name in repositories.NamesOnDisk())
            {
                cancellationToken.ThrowIfCancellationRequested();
                await CollectAsync(await repositories.GetAsync(name), request, tally, cancellationToken);
            }
            sweeper.SweepShared(tally, cancellationToken);                                                    // (5)
            var report = tally.ToReport();
            Log.Collected(logger, report.DryRun, report.Blobs, report.Files, report.Bytes);
            return report;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task CollectAsync(Repository repository, CollectionRequest request, CollectionTally tally, CancellationToken cancellationToken)
    {
        tally.CountRepository();
        var links = new Dictionary<Digest, IReadOnlyList<Digest>>();
        await ReadLinksAsync(repository, repository.State, links);
        var removed = new HashSet<Digest>();
        if (request.DeleteUntagged)
            removed = await RemoveUntaggedAsync(repository, links, tally, cancellationToken);               // (2)

        await repository.HoldAsync(
            async state =>
            {
                if (!await ReadLinksAsync(repository, state, links))
                    return;
                var named = state.Manifests.Keys.Where(digest => !removed.Contains(digest)).SelectMany(digest => links[digest].Prepend(digest)).ToHashSet();
                sweeper.Sweep(repository.Name, named, tally);                                                 // (3)
                if (!tally.DryRun && state.Manifests.IsEmpty && RepositoryFolder.TryRemove(paths, repository.Name))
                    repositories.Forget(repository.Name);                                                   // (4)
            },
            cancellationToken);
    }

    /// <returns>False when a manifest can't be read: nobody knows then what it needs.</returns>
    private async Task<bool> ReadLinksAsync(Repository repository, RepositoryState state, Dictionary<Digest, IReadOnlyList<Digest>> links)
    {
        var isWhole = true;
        foreach (var entry in state.Manifests.Values.Where(entry => !links.ContainsKey(entry.Digest)))
        {
            if (await manifests.TryReadAsync(repository.Name, entry.Digest, entry.Size) is not { } content)
            {
                isWhole = false;
                continue;
            }
            var document = ManifestDocument.Parse(content, entry.MediaType);
            links[entry.Digest] = [.. document.Blobs.Concat(document.Manifests).Select(link => link.Digest)];
        }
        return isWhole;
    }

    /// <returns>What is removed, or would be.</returns>
    private async Task<HashSet<Digest>> RemoveUntaggedAsync(
        Repository repository, Dictionary<Digest, IReadOnlyList<Digest>> links, CollectionTally tally, CancellationToken cancellationToken)
    {
        var removed = new HashSet<Digest>();
        await repository.ChangeAsync(
            state =>
            {
                var needed = Untagged.Needed(state, links);
                foreach (var entry in state.Manifests.Values.Where(entry => !needed.Contains(entry.Digest) && sweeper.IsOld(repository.Name, entry.Digest)))
                {
                    tally.CountManifest();
                    removed.Add(entry.Digest);
                }
                return tally.DryRun ? state : removed.Aggregate(state, (current, digest) => current.Without(current.Manifests[digest]));
            },
            cancellationToken);
        return removed;
    }

    private static partial class Log
    {
        [LoggerMessage(610, LogLevel.Information, "garbage collected (dry run: {DryRun}): {Blobs} blobs taken from repositories, {Files} files removed with {Bytes} bytes")]
        internal static partial void Collected(ILogger logger, bool dryRun, int blobs, int files, long bytes);
    }
}
