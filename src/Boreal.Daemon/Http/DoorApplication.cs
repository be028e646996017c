using Boreal.Daemon.Tracing;
using Boreal.Engine.Errors;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using HttpContext = Microsoft.AspNetCore.Http.HttpContext;

namespace Boreal.Daemon.Http;

/// <summary>Every request: headers, route, version, endpoint, and the wall where failures become answers.</summary>
internal sealed partial class DoorApplication(RouteTable routes, RequestTally tally, ILogger<DoorApplication> logger) : IHttpApplication<HttpContext>
{
    private static readonly string MaximumVersion = ApiVersion.Maximum.ToString();

    public HttpContext CreateContext(IFeatureCollection contextFeatures)
    {
        var context = new DefaultHttpContext(contextFeatures);
        contextFeatures.Set(tally.Begin());
        context.Connection().InRequest(isServed: true);
        return context;
    }

    public void DisposeContext(HttpContext context, Exception? exception)
    {
        tally.End(context);
        context.Connection().InRequest(isServed: false);
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var request = context.Request;
        using var span = RequestSpan.Begin(context);
        Log.Called(logger, request.Method, request.Path, request.QueryString);
        AddHeaders(context.Response.Headers);
        try
        {
            await RouteAsync(context, Normalise(request.Path.Value));
        }
        catch (EngineException e)
        {
            if (e.Kind is ErrorKind.Internal)
                Log.Failed(logger, e, request.Method, request.Path);
            await AnswerFailureAsync(context, ErrorMapping.StatusOf(e.Kind), e.Message);
        }
        catch (OperationCanceledException) when (context.Connection().Gone.IsCancellationRequested)
        {
            // Nobody is left to be answered.
            context.Abort();
        }
        catch (BadHttpRequestException e)
        {
            await AnswerFailureAsync(context, e.StatusCode, e.Message);
        }
        catch (Exception e)
        {
            Log.Failed(logger, e, request.Method, request.Path);
            await AnswerFailureAsync(context, StatusCodes.Status500InternalServerError, e.Message);
        }
        finally
        {
            RequestSpan.Describe(span, context);
        }
    }

    private async Task RouteAsync(HttpContext context, string path)
    {
        var method = context.Request.Method;
        if (HttpMethods.IsOptions(method))
            return;
        if (path.Contains("//", StringComparison.Ordinal))
        {
            // As Docker: the client is sent to the clean path.
            context.Response.StatusCode = StatusCodes.Status301MovedPermanently;
            context.Response.Headers.Location = string.Join('/', ["", .. path.Split('/', StringSplitOptions.RemoveEmptyEntries)]) + context.Request.QueryString;
            return;
        }
        var version = SplitVersion(ref path);
        if (routes.Find(method, path) is not var (route, values))
        {
            await context.AnswerErrorAsync(StatusCodes.Status404NotFound, "page not found");
            return;
        }
        Check(version);
        context.Features.Set(new RoutedRequest(version, route, values));
        await route.Handler(context);
    }

    private static void AddHeaders(IHeaderDictionary headers)
    {
        headers["Api-Version"] = MaximumVersion;
        headers["Docker-Experimental"] = "false";
        headers["Ostype"] = "linux";
        headers.Server = ProductVersion.Server;
    }

    /// <summary>An image name's slashes may come escaped; the server has left only those as they were.</summary>
    private static string Normalise(string? path) =>
        string.IsNullOrEmpty(path) ? "/" : path.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes <c>/v1.45</c> off the front.</summary>
    private static ApiVersion SplitVersion(ref string path)
    {
        var end = path.IndexOf('/', 1);
        if (end > 2 && path[1] == 'v' && ApiVersion.TryParse(path.AsSpan(2, end - 2), out var version))
        {
            path = path[end..];
            return version;
        }
        return ApiVersion.Maximum;
    }

    private static void Check(ApiVersion version)
    {
        if (version > ApiVersion.Maximum)
            throw new EngineException(ErrorKind.Invalid, $"client version {version} is too new. Maximum supported API version is {ApiVersion.Maximum}");
        if (version < ApiVersion.Minimum)
            throw new EngineException(ErrorKind.Invalid, $"client version {version} is too old. Minimum supported API version is {ApiVersion.Minimum}, please upgrade your client to a newer version");
    }

    private static async Task AnswerFailureAsync(HttpContext context, int status, string message)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentLength = null;
            await context.AnswerErrorAsync(status, message);
        }
        else
        {
            // Cut the stream short, or the client would take it for whole.
            context.Abort();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(100, LogLevel.Debug, "calling {Method} {Path}{Query}")]
        internal static partial void Called(ILogger logger, string method, PathString path, QueryString query);

        [LoggerMessage(101, LogLevel.Error, "request {Method} {Path} failed")]
        internal static partial void Failed(ILogger logger, Exception exception, string method, PathString path);
    }
}
