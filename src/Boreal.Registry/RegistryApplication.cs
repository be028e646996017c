using Boreal.Registry.Blobs;
using Boreal.Registry.Errors;
using Boreal.Registry.Http;
using Boreal.Registry.Listing;
using Boreal.Registry.Manifests;
using Boreal.Registry.Permissions;
using Boreal.Registry.Repositories;
using Boreal.Registry.Routing;
using Boreal.Registry.Storage;
using Boreal.Registry.Uploads;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Boreal.Registry;

/// <summary>
/// A registry by the OCI distribution specification. Its owner starts it, hands it the requests below <c>/v2</c> of any
/// server, and disposes it.
/// </summary>
public sealed partial class RegistryApplication
{
    private readonly IAccess _access;
    private readonly ILogger _logger;
    private readonly RepositoryStore _repositories;
    private readonly UploadStore _uploads;
    private readonly BlobEndpoints _blobEndpoints;
    private readonly UploadEndpoints _uploadEndpoints;
    private readonly ManifestEndpoints _manifestEndpoints;
    private readonly ListEndpoints _listEndpoints;

    /// <summary>A registry that everybody may use.</summary>
    public RegistryApplication(RegistryOptions options, TimeProvider clock, ILogger<RegistryApplication> logger)
        : this(options, clock, logger, new OpenAccess())
    {
    }

    internal RegistryApplication(RegistryOptions options, TimeProvider clock, ILogger<RegistryApplication> logger, IAccess access)
    {
        var paths = new DataPaths(options.DataRoot);
        var blobs = new BlobStore(paths, options, clock);
        _access = access;
        _logger = logger;
        _repositories = new RepositoryStore(paths, blobs, options);
        _uploads = new UploadStore(paths, options);
        _blobEndpoints = new BlobEndpoints(blobs, _repositories, access, options);
        _uploadEndpoints = new UploadEndpoints(
            _uploads, new UploadReceiver(_uploads, blobs, options), new BlobMounts(blobs, _repositories, access), access);
        _manifestEndpoints = new ManifestEndpoints(
            _repositories, blobs, new ManifestReceiver(_repositories, blobs, paths, options), access, options);
        _listEndpoints = new ListEndpoints(_repositories, access);
    }

    /// <summary>Reads what is on disk and removes what a killed process left half done.</summary>
    public void Start()
    {
        _repositories.Scan();
        _uploads.Scan();
    }

    /// <summary>Answers one request.</summary>
    public Task HandleAsync(HttpContext context) => GuardAsync(context, RouteAsync);

    internal int RepositoryCount => _repositories.Names.Count;

    internal int UploadCount => _uploads.Count;

    /// <summary>The wall where failures become answers.</summary>
    internal async Task GuardAsync(HttpContext context, Func<HttpContext, Task> handle)
    {
        Protocol.AddHeaders(context.Response.Headers);
        try
        {
            await handle(context);
        }
        catch (RegistryException e)
        {
            await RefuseAsync(context, e);
        }
        catch (BadHttpRequestException e)
        {
            await RefuseAsync(context, new RegistryException(RegistryErrorCode.SizeInvalid, e.Message, e.StatusCode));
        }
        catch (OperationCanceledException)
        {
            // The client is gone, or another of its requests has taken over.
            context.Abort();
        }
        catch (Exception e)
        {
            if (context.RequestAborted.IsCancellationRequested)
            {
                context.Abort();
                return;
            }
            Log.Failed(_logger, e, context.Request.Method, context.Request.Path);
            await RefuseAsync(context, new RegistryException(RegistryErrorCode.Unknown, "the registry failed, its log says why"));
        }
    }

    private Task RouteAsync(HttpContext context)
    {
        if (RegistryRoute.Match(context.Request.Path.Value ?? "") is not { } route)
            throw new RegistryException(RegistryErrorCode.Unsupported, "no such page", StatusCodes.Status404NotFound);
        return route.Kind switch
        {
            RouteKind.Ping => PingAsync(context),
            RouteKind.Catalog => _listEndpoints.CatalogAsync(context),
            RouteKind.Tags => _listEndpoints.TagsAsync(context, RepositoryName.Parse(route.Name)),
            RouteKind.Manifest => _manifestEndpoints.HandleAsync(context, RepositoryName.Parse(route.Name), route.Reference),
            RouteKind.Blob => _blobEndpoints.HandleAsync(context, RepositoryName.Parse(route.Name), route.Reference),
            RouteKind.Uploads => _uploadEndpoints.BeginAsync(context, RepositoryName.Parse(route.Name)),
            RouteKind.Upload => _uploadEndpoints.HandleAsync(context, RepositoryName.Parse(route.Name), route.Reference),
            _ => throw new RegistryException(RegistryErrorCode.Unsupported, "no such page", StatusCodes.Status404NotFound),
        };
    }

    private async Task PingAsync(HttpContext context)
    {
        await _access.RequireAsync(context, AccessQuestion.Ping);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = 2;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.WriteAsync("{}", context.RequestAborted);
    }

    private static async Task RefuseAsync(HttpContext context, RegistryException refusal)
    {
        if (context.Response.HasStarted)
            context.Abort();
        else
            await context.AnswerErrorAsync(refusal);
    }

    private static partial class Log
    {
        [LoggerMessage(600, LogLevel.Error, "request {Method} {Path} failed")]
        internal static partial void Failed(ILogger logger, Exception exception, string method, string path);
    }
}
