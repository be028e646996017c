using System.Net.Sockets;
using Boreal.Registry.Errors;
using Boreal.Registry.Http;
using Boreal.Registry.Origins;
using Boreal.Registry.Permissions;
using Boreal.Registry.Repositories;
using Boreal.Registry.Routing;
using Boreal.Registry.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Boreal.Registry;

/// <summary>
/// A registry by the OCI distribution specification. Its owner starts it, hands it the requests below <c>/v2</c> of any
/// server, and disposes it when the server has stopped.
/// </summary>
public sealed partial class RegistryApplication : IAsyncDisposable
{
    private readonly RegistryOptions _options;
    private readonly RegistryParts _parts;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private DataLock? _lock;
    private Task _housekeeping = Task.CompletedTask;

    /// <summary>A registry that everybody may use.</summary>
    public RegistryApplication(RegistryOptions options, TimeProvider clock, ILogger<RegistryApplication> logger)
        : this(options, clock, logger, new OpenAccess())
    {
    }

    internal RegistryApplication(RegistryOptions options, TimeProvider clock, ILogger<RegistryApplication> logger, IAccess access, Func<RegistryParts, IOrigin>? origin = null)
    {
        _options = options;
        _logger = logger;
        _parts = new RegistryParts(options, clock, logger, access, origin);
    }

    /// <summary>Reads what is on disk, removes what a killed process left half done, and begins to keep house.</summary>
    /// <exception cref="IOException">The data folder cannot be used, or another registry uses it.</exception>
    public void Start()
    {
        _lock = new DataLock(_options.DataRoot);
        _parts.Repositories.Scan();
        _parts.Uploads.Scan();
        _parts.Rescue.Run();
        _housekeeping = _parts.Housekeeping.RunAsync(_stopping.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _housekeeping;
        await _parts.Syncs.FinishAsync();
        _stopping.Dispose();
        _lock?.Dispose();
    }

    /// <summary>Answers one request.</summary>
    public Task HandleAsync(HttpContext context) => GuardAsync(context, RouteAsync);

    internal int RepositoryCount => _parts.Repositories.Names.Count;

    internal int UploadCount => _parts.Uploads.Count;

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
        catch (IOException e) when (DiskFull.IsCauseOf(e))
        {
            Log.Failed(_logger, e, context.Request.Method, context.Request.Path);
            await RefuseAsync(context, new RegistryException(
                RegistryErrorCode.Unknown, "no space left on the registry's disk", StatusCodes.Status507InsufficientStorage));
        }
        catch (BadHttpRequestException e)
        {
            await RefuseAsync(context, new RegistryException(RegistryErrorCode.SizeInvalid, e.Message, e.StatusCode));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException { InnerException: SocketException })
        {
            // The client is gone, or another of its requests has taken over.
            context.Abort();
        }
        catch (Exception e)
        {
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
            RouteKind.Catalog => _parts.Lists.CatalogAsync(context),
            RouteKind.Discovery when route.Name.Length == 0 => _parts.Extensions.HandleAsync(context, AccessQuestion.Ping),
            RouteKind.Collection => _parts.Collection.HandleAsync(context),
            _ => RouteAsync(context, route.Kind, RepositoryName.Parse(route.Name), route.Reference),
        };
    }

    private Task RouteAsync(HttpContext context, RouteKind kind, RepositoryName repository, string reference) => kind switch
    {
        RouteKind.Discovery => _parts.Extensions.HandleAsync(context, AccessQuestion.Of(repository, RepositoryActions.Pull)),
        RouteKind.Tags => _parts.Lists.TagsAsync(context, repository),
        RouteKind.Manifest => _parts.Manifests.HandleAsync(context, repository, reference),
        RouteKind.Blob => _parts.Blobs.HandleAsync(context, repository, reference),
        RouteKind.Uploads => _parts.UploadRequests.BeginAsync(context, repository),
        RouteKind.Upload => _parts.UploadRequests.HandleAsync(context, repository, reference),
        RouteKind.Referrers => _parts.Referrers.HandleAsync(context, repository, reference),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a repository's route"),
    };

    private async Task PingAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            throw RegistryException.Unsupported("the version check is a GET");
        await _parts.Access.RequireAsync(context, AccessQuestion.Ping);
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
