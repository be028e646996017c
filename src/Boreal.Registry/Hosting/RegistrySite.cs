using System.Text;
using Boreal.Registry.Access;
using Boreal.Registry.Access.Callers;
using Boreal.Registry.Metrics;
using Boreal.Registry.Origins;
using Boreal.Registry.Permissions;
using Boreal.Registry.Proxying;
using Boreal.Registry.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Boreal.Registry.Hosting;

/// <summary>
/// All that is served at a registry's address: <c>/v2</c>, the token endpoint, <c>/healthz</c> and <c>/metrics</c>.
/// </summary>
public sealed class RegistrySite : IAsyncDisposable
{
    private const string HealthPath = "/healthz";
    private const string MetricsPath = "/metrics";

    private readonly SiteOptions _options;
    private readonly TimeProvider _clock;
    private readonly AccessControl _access;
    private readonly RegistryApplication _application;
    private PullThroughOrigin? _origin;
    private readonly RequestMetrics _requests = new();
    private readonly SiteReport _report;

    /// <exception cref="InvalidDataException">A file of users or keys is not what it should be.</exception>
    public RegistrySite(SiteOptions options, TimeProvider clock, ILoggerFactory loggers)
    {
        _options = options;
        _clock = clock;
        _access = new AccessControl(options.Access, clock, loggers.CreateLogger<RegistrySite>());
        _application = new RegistryApplication(options.Registry, clock, loggers.CreateLogger<RegistryApplication>(), _access.Access, OriginOf(options, clock, loggers));
        _report = new SiteReport(options.Registry, _application, _requests, clock);
    }

    /// <summary>Whoever reaches the registry may do everything.</summary>
    public bool IsOpen => _access.IsOpen;

    public void Start() => _application.Start();

    /// <summary>Answers a request at the registry's own address.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var (started, path) = (_clock.GetTimestamp(), context.Request.Path.Value ?? "");
        var received = new ReceivedBytes();
        context.Features.Set(received);
        _requests.Begin();
        try
        {
            await RouteAsync(context, path);
        }
        finally
        {
            _requests.Moved(received.Count, HttpMethods.IsGet(context.Request.Method) ? context.Response.ContentLength ?? 0 : 0);
            _requests.End(context.Request.Method, RegistryRoute.Match(path)?.Kind, context.Response.StatusCode, _clock.GetElapsedTime(started));
        }
    }

    /// <summary>Answers a request at the address that is for metrics only.</summary>
    public Task HandleMetricsAsync(HttpContext context) => context.Request.Path.Value switch
    {
        MetricsPath => MetricsAsync(context),
        HealthPath => HealthAsync(context),
        _ => NotFoundAsync(context),
    };

    public async ValueTask DisposeAsync()
    {
        if (_origin is not null)
            await _origin.DisposeAsync();
        await _application.DisposeAsync();
        _access.Dispose();
    }

    private Func<RegistryParts, IOrigin>? OriginOf(SiteOptions options, TimeProvider clock, ILoggerFactory loggers) => options.Proxy is not { } proxy
        ? null
        : parts => _origin = new PullThroughOrigin(proxy, options.Registry, parts, clock, loggers.CreateLogger<PullThroughOrigin>());

    private Task RouteAsync(HttpContext context, string path) => path switch
    {
        Challenge.TokenPath => _application.GuardAsync(context, _access.Tokens.HandleAsync),
        HealthPath => HealthAsync(context),
        MetricsPath when !_options.MetricsElsewhere => _application.GuardAsync(context, GuardedMetricsAsync),
        _ => _application.HandleAsync(context),
    };

    /// <summary>Where strangers come by, figures are for administrators.</summary>
    private async Task GuardedMetricsAsync(HttpContext context)
    {
        await _access.Access.RequireAsync(context, AccessQuestion.Administration);
        await MetricsAsync(context);
    }

    private Task MetricsAsync(HttpContext context) => AnswerAsync(context, StatusCodes.Status200OK, MetricsText.ContentType, _report.Metrics());

    private Task HealthAsync(HttpContext context)
    {
        var problem = _report.Problem();
        return AnswerAsync(context, problem is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, "text/plain", (problem ?? "ok") + "\n");
    }

    private static Task NotFoundAsync(HttpContext context) => AnswerAsync(context, StatusCodes.Status404NotFound, "text/plain", "no such page\n");

    private static Task AnswerAsync(HttpContext context, int status, string type, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }
}
