using Boreal.Oci.Content;
using Boreal.Registry.Errors;
using Boreal.Registry.Origins;
using Boreal.Registry.Repositories;
using Boreal.Registry.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Boreal.Registry.Proxying;

/// <summary>Makes a registry a cache of another one, which it asks for what it lacks and outlives when that one is down.</summary>
internal sealed class PullThroughOrigin : IOrigin, IAsyncDisposable
{
    private readonly Upstream _upstream;
    private readonly BlobFills _fills;
    private readonly BlobRelay _blobs;
    private readonly ManifestMirror _manifests;
    private readonly ListRelay _lists;
    private readonly CancellationTokenSource _stopping = new();

    public PullThroughOrigin(ProxyOptions options, RegistryOptions registry, RegistryParts parts, TimeProvider clock, ILogger logger)
    {
        var sizes = new BlobSizes();
        _upstream = new Upstream(options, clock);
        _fills = new BlobFills(_upstream, parts.Content, new DataPaths(registry.DataRoot), logger);
        _blobs = new BlobRelay(_upstream, _fills, parts.Content, sizes);
        _manifests = new ManifestMirror(_upstream, parts.Repositories, parts.ManifestContent, registry, sizes, new TagTimes(options.TagAge, clock), logger);
        _lists = new ListRelay(_upstream);
    }

    public Task RefreshAsync(HttpContext context, RepositoryName repository, ManifestReference reference)
    {
        CheckNamespace(context);
        return _manifests.RefreshAsync(context, repository, reference, _stopping.Token);
    }

    public Task<bool> TryAnswerAsync(HttpContext context, RepositoryName repository, Digest digest)
    {
        CheckNamespace(context);
        return _blobs.TryAnswerAsync(context, repository, digest);
    }

    public async Task<bool> TryListAsync(HttpContext context, RepositoryName? repository)
    {
        CheckNamespace(context);
        return repository is { } name && await _lists.TryAnswerAsync(context, name);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _manifests.DrainAsync();
        await _fills.DisposeAsync();
        _upstream.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Clients that use one mirror for several registries say which they mean.</summary>
    private void CheckNamespace(HttpContext context)
    {
        var asked = (string?)context.Request.Query["ns"];
        if (string.IsNullOrEmpty(asked))
            return;
        context.Response.Headers["OCI-Namespace"] = _upstream.Name;
        if (!string.Equals(asked, _upstream.Name, StringComparison.OrdinalIgnoreCase))
            throw new RegistryException(RegistryErrorCode.NameUnknown, $"this is a cache of {_upstream.Name}") { Detail = asked };
    }
}
