using Boreal.Oci.Distribution;
using Boreal.Registry.Errors;
using Boreal.Registry.Manifests;
using Boreal.Registry.Repositories;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Boreal.Registry.Proxying;

/// <summary>
/// Keeps manifests as the upstream has them: what is named by digest is fetched once, what a tag means is asked again when the
/// last answer is old, with HEAD, which counts against no limit.
/// </summary>
internal sealed partial class ManifestMirror(
    Upstream upstream, RepositoryStore repositories, ManifestStore manifests, RegistryOptions options, BlobSizes sizes, TagTimes times, ILogger logger)
{
    private readonly SharedWork<(RepositoryName, string)> _asking = new();

    /// <summary>(1) What is here and fresh is enough, (2) else the upstream is asked, once for all who wait, (3) and where it fails, what is here is better than nothing.</summary>
    /// <exception cref="RegistryException">Nothing is here, and the upstream gives nothing.</exception>
    public async Task RefreshAsync(HttpContext context, RepositoryName repository, ManifestReference reference, CancellationToken stopping)
    {
        var isHere = (await repositories.FindAsync(repository))?.State.Find(reference) is not null;
        if (isHere && (reference.Digest is not null || times.IsFresh(repository, reference.Tag)))                // (1)
            return;
        if (isHere && upstream.IsAway)
        {
            Warn(context, "it is not asked for a moment");
            return;
        }
        try
        {
            await _asking.DoAsync((repository, reference.Text), () => AskAsync(repository, reference, stopping), context.RequestAborted);    // (2)
        }
        catch (DistributionException e) when (isHere)                                                           // (3)
        {
            Warn(context, e.Message);
        }
        catch (DistributionException e)
        {
            throw upstream.Explain(e);
        }
    }

    public Task DrainAsync() => _asking.DrainAsync();

    private async Task AskAsync(RepositoryName repository, ManifestReference reference, CancellationToken cancellationToken)
    {
        var remote = upstream.Open(repository);
        try
        {
            if (reference.Digest is not null)
                await KeepAsync(repository, await remote.GetManifestAsync(reference.Text, cancellationToken), [], cancellationToken);
            else
                await AskTagAsync(remote, repository, reference, cancellationToken);
        }
        catch (DistributionException e) when (e.Kind is DistributionErrorKind.NotFound)
        {
            await ForgetAsync(repository, reference, cancellationToken);
        }
        catch (DistributionException e)
        {
            upstream.Note(e);
            Log.Failed(logger, upstream.Name, repository.Value, reference.Text, e.Message);
            throw;
        }
    }

    private async Task AskTagAsync(Boreal.Oci.Distribution.Repository remote, RepositoryName repository, ManifestReference reference, CancellationToken cancellationToken)
    {
        var state = (await repositories.FindAsync(repository))?.State;
        var now = state is null ? null : await remote.HeadManifestAsync(reference.Text, cancellationToken);
        if (state is not null && now is null)
            await ForgetAsync(repository, reference, cancellationToken);
        else if (now is not null && state?.Manifests.GetValueOrDefault(now.Digest) is { } entry)
            await TagAsync(repository, entry, reference.Tag, cancellationToken);
        else
            await KeepAsync(repository, await remote.GetManifestAsync(reference.Text, cancellationToken), [reference.Tag], cancellationToken);
        times.Set(repository, reference.Tag);
    }

    private async Task KeepAsync(RepositoryName repository, RemoteManifest manifest, IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        var document = ManifestDocument.Parse(manifest.Content, manifest.MediaType);
        if (document.Blobs.Count + document.Manifests.Count > options.MostReferences)
            throw RegistryException.ManifestInvalid($"it names more than {options.MostReferences} layers or manifests");
        var incoming = new IncomingManifest { Digest = manifest.Digest, Content = manifest.Content, Document = document, Tags = tags, ContentMayFollow = true };
        await manifests.PutAsync(repository, incoming, cancellationToken);
        sizes.Learn(repository, document.Blobs);
        Log.Kept(logger, repository.Value, manifest.Digest.Value);
    }

    private async Task TagAsync(RepositoryName repository, ManifestEntry entry, string tag, CancellationToken cancellationToken) =>
        await (await repositories.GetAsync(repository)).ChangeAsync(state => state.Has(entry, [tag]) ? state : state.With(entry, [tag]), cancellationToken);

    /// <summary>The tag is gone upstream; what it meant stays, by digest.</summary>
    private async Task ForgetAsync(RepositoryName repository, ManifestReference reference, CancellationToken cancellationToken)
    {
        if (reference.Digest is null && await repositories.FindAsync(repository) is { } found && found.State.Tags.ContainsKey(reference.Tag))
            await found.ChangeAsync(state => state.WithoutTag(reference.Tag), cancellationToken);
    }

    private void Warn(HttpContext context, string reason)
    {
        var text = new string([.. reason.Select(letter => letter is '"' or '\\' || char.IsControl(letter) || letter > '~' ? '\'' : letter)]);
        context.Response.Headers.Append("Warning", $"299 - \"from the cache, {upstream.Name} gave no answer: {text}\"");
    }

    private static partial class Log
    {
        [LoggerMessage(720, LogLevel.Warning, "{Upstream} gave no {Repository}:{Reference}: {Reason}")]
        internal static partial void Failed(ILogger logger, string upstream, string repository, string reference, string reason);

        [LoggerMessage(721, LogLevel.Debug, "{Repository}@{Digest} is kept")]
        internal static partial void Kept(ILogger logger, string repository, string digest);
    }
}
