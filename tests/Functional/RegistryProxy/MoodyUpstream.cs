using System.Collections.Concurrent;
using Boreal.Tests.Functional.RegistryAccess;
using Microsoft.AspNetCore.Http;

namespace Boreal.Tests.Functional.RegistryProxy;

/// <summary>A registry that can be told to misbehave, and that counts what it is asked.</summary>
internal sealed class MoodyUpstream : IAsyncDisposable
{
    private readonly ConcurrentBag<string> _asked = [];
    private SiteFixture? _site;

    private MoodyUpstream()
    {
    }

    public Mood Mood { get; set; }

    /// <summary>Held back while the mood is <see cref="Mood.Slow"/>.</summary>
    public TaskCompletionSource Held { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SiteFixture Site => _site ?? throw new InvalidOperationException("not started");

    public static async Task<MoodyUpstream> StartAsync()
    {
        var upstream = new MoodyUpstream();
        upstream._site = await SiteFixture.StartOpenAsync(upstream.AnswerAsync);
        return upstream;
    }

    public int Count(string method, string pathEnd) => _asked.Count(request => request.StartsWith(method, StringComparison.Ordinal) && request.EndsWith(pathEnd, StringComparison.Ordinal));

    public ValueTask DisposeAsync() => Site.DisposeAsync();

    private async Task<bool> AnswerAsync(HttpContext context)
    {
        _asked.Add($"{context.Request.Method} {context.Request.Path}");
        var isBlobRead = HttpMethods.IsGet(context.Request.Method) && context.Request.Path.Value?.Contains("/blobs/sha", StringComparison.Ordinal) is true;
        switch (Mood)
        {
            case Mood.Down:
                context.Abort();
                return true;
            case Mood.Limiting when context.Request.Path != "/v2/":
                context.Response.StatusCode = 429;
                context.Response.Headers.RetryAfter = "90";
                await context.Response.WriteAsync("""{"errors":[{"code":"TOOMANYREQUESTS","message":"enough"}]}""");
                return true;
            case Mood.Slow when isBlobRead:
                await SendHalfAsync(context);
                return true;
            case Mood.Lying when isBlobRead:
                await context.Response.Body.WriteAsync(new byte[await LengthAsync(context)]);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Content by the test: a blob of a million bytes, each 7.</summary>
    private async Task SendHalfAsync(HttpContext context)
    {
        context.Response.ContentLength = 1_000_000;
        var half = Enumerable.Repeat((byte)7, 500_000).ToArray();
        await context.Response.Body.WriteAsync(half);
        await context.Response.Body.FlushAsync();
        await Held.Task;
        await context.Response.Body.WriteAsync(half);
    }

    private async Task<long> LengthAsync(HttpContext context)
    {
        using var response = await Site.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, context.Request.Path.Value));
        return response.Content.Headers.ContentLength ?? 0;
    }
}
