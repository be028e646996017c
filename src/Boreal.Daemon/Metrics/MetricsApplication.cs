using Boreal.Daemon.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using HttpContext = Microsoft.AspNetCore.Http.HttpContext;

namespace Boreal.Daemon.Metrics;

/// <summary>The metrics and nothing else, for an address that anybody may reach.</summary>
internal sealed partial class MetricsApplication(MetricsDocument document, ILogger<MetricsApplication> logger) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures)
    {
        var context = new DefaultHttpContext(contextFeatures);
        context.Connection().InRequest(isServed: true);
        return context;
    }

    public void DisposeContext(HttpContext context, Exception? exception) => context.Connection().InRequest(isServed: false);

    public async Task ProcessRequestAsync(HttpContext context)
    {
        if (context.Request.Path != "/metrics")
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "GET, HEAD";
            return;
        }
        try
        {
            await document.AnswerAsync(context);
        }
        catch (Exception exception) when (!context.Gone().IsCancellationRequested)
        {
            Log.Failed(logger, exception);
            throw;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(120, LogLevel.Error, "cannot tell the metrics")]
        internal static partial void Failed(ILogger logger, Exception exception);
    }
}
