using System.Globalization;
using Boreal.BuildWire.Rpc;
using Boreal.Engine.Errors;
using Grpc.Core;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Boreal.Daemon.Rpc;

/// <summary>gRPC on HTTP/2: finds the method, and turns how it ended into the trailers a client reads.</summary>
internal sealed partial class RpcApplication(MethodTable methods, TimeProvider clock, ILogger logger) : IHttpApplication<HttpContext>
{
    private const string ContentType = "application/grpc";

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        Log.Called(logger, path);
        if (context.Request.ContentType?.StartsWith(ContentType, StringComparison.Ordinal) is not true)
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }
        context.Response.ContentType = ContentType;
        if (!methods.TryFind(path, out var method))
        {
            await EndAsync(context, new Status(StatusCode.Unimplemented, $"unknown method {path}"), null);
            return;
        }
        using var limit = Deadline(context.Request.Headers["grpc-timeout"].ToString());
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, limit?.Token ?? CancellationToken.None);
        var call = new RpcCall(context, cancelled.Token);
        var (status, details) = await RunAsync(method, call, limit);
        if (!context.RequestAborted.IsCancellationRequested)
            await EndAsync(context, status, details);
    }

    private async Task<(Status Status, byte[]? Details)> RunAsync(Func<RpcCall, Task> method, RpcCall call, CancellationTokenSource? limit)
    {
        try
        {
            await method(call);
            return (call.Status, null);
        }
        catch (RpcException e)
        {
            return (e.Status, e.Trailers.FirstOrDefault(trailer => trailer.Key == RpcStream.DetailsTrailer)?.ValueBytes);
        }
        catch (EngineException e)
        {
            return (new Status(RpcErrorMapping.CodeOf(e.Kind), e.Message), null);
        }
        catch (OperationCanceledException) when (limit?.IsCancellationRequested is true)
        {
            return (new Status(StatusCode.DeadlineExceeded, "context deadline exceeded"), null);
        }
        catch (OperationCanceledException)
        {
            return (new Status(StatusCode.Cancelled, "context canceled"), null);
        }
        catch (Exception e)
        {
            if (!call.Http.RequestAborted.IsCancellationRequested)
                Log.Failed(logger, e, call.Method);
            return (new Status(StatusCode.Unknown, e.Message), null);
        }
    }

    private static async Task EndAsync(HttpContext context, Status status, byte[]? details)
    {
        var response = context.Response;
        if (!response.HasStarted)
            await response.StartAsync();
        response.AppendTrailer("grpc-status", ((int)status.StatusCode).ToString(CultureInfo.InvariantCulture));
        if (status.Detail.Length > 0)
            response.AppendTrailer("grpc-message", StatusText.Escape(status.Detail));
        if (details is not null)
            response.AppendTrailer(RpcStream.DetailsTrailer, Convert.ToBase64String(details).TrimEnd('='));
    }

    private CancellationTokenSource? Deadline(string timeout)
    {
        if (timeout.Length < 2 || !long.TryParse(timeout.AsSpan(0, timeout.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return null;
        var unit = timeout[^1] switch
        {
            'H' => TimeSpan.FromHours(1),
            'M' => TimeSpan.FromMinutes(1),
            'S' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMilliseconds(1),
            'u' => TimeSpan.FromMicroseconds(1),
            _ => TimeSpan.FromTicks(1),
        };
        var limit = unit * count;
        return limit > TimeSpan.FromDays(1) ? null : new CancellationTokenSource(limit, clock);
    }

    private static partial class Log
    {
        [LoggerMessage(170, LogLevel.Debug, "rpc {Method}")]
        internal static partial void Called(ILogger logger, string method);

        [LoggerMessage(171, LogLevel.Error, "rpc {Method} failed")]
        internal static partial void Failed(ILogger logger, Exception exception, string method);
    }
}
