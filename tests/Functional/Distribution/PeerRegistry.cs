using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Boreal.Oci.Content;
using Boreal.Oci.Distribution;
using Boreal.Oci.Distribution.Hosts;
using Boreal.Oci.References;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Boreal.Tests.Functional.Distribution;

/// <summary>A small registry in memory that misbehaves where a test says so.</summary>
internal sealed class PeerRegistry : IAsyncDisposable
{
    private readonly WebApplication _application;

    private PeerRegistry(X509Certificate2? certificate, bool asksForClientCertificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, listener =>
            {
                listener.Protocols = HttpProtocols.Http1;
                if (certificate is not null)
                    listener.UseHttps(new HttpsConnectionAdapterOptions
                    {
                        ServerCertificate = certificate,
                        ClientCertificateMode = asksForClientCertificate ? ClientCertificateMode.AllowCertificate : ClientCertificateMode.NoCertificate,
                        ClientCertificateValidation = (_, _, _) => true,
                    });
            });
        });
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    public ConcurrentDictionary<string, byte[]> Blobs { get; } = new();

    /// <summary>By repository and tag or digest.</summary>
    public ConcurrentDictionary<(string Repository, string Name), (string Type, byte[] Content)> Manifests { get; } = new();

    public ConcurrentQueue<SeenRequest> Requests { get; } = new();

    public PeerUploads Uploads { get; } = new();

    /// <summary>Answers instead of the registry where it returns true.</summary>
    public Func<HttpContext, Task<bool>> Intercept { get; set; } = _ => Task.FromResult(false);

    public int Port { get; private set; }

    public string Host => $"127.0.0.1:{Port}";

    public IEnumerable<string> Asked => Requests.Select(request => request.ToString());

    public static async Task<PeerRegistry> StartAsync(X509Certificate2? certificate = null, bool asksForClientCertificate = false)
    {
        var registry = new PeerRegistry(certificate, asksForClientCertificate);
        await registry._application.StartAsync(TestContext.Current.CancellationToken);
        var addresses = registry._application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>() ?? throw new InvalidOperationException("the server has no addresses");
        registry.Port = new Uri(addresses.Addresses.First()).Port;
        return registry;
    }

    /// <summary>Quick to retry, quick to lose patience.</summary>
    public static RegistryClient Client(RegistryHostsOptions? hosts = null, RegistryClientOptions? options = null) =>
        new(new RegistryHosts(hosts ?? new RegistryHostsOptions()), options ?? Impatient, TimeProvider.System);

    public static RegistryClientOptions Impatient => new() { RetryDelay = TimeSpan.FromMilliseconds(1), StallTimeout = TimeSpan.FromSeconds(5), AnswerTimeout = TimeSpan.FromSeconds(5), Proxy = null };

    public ImageReference Reference(string repository) => ImageReference.Parse($"{Host}/{repository}");

    public Descriptor AddBlob(byte[] content)
    {
        var digest = Digest.OfSha256(content);
        Blobs[digest.Value] = content;
        return new Descriptor { MediaType = MediaTypes.OciLayerGzip, Digest = digest, Size = content.Length };
    }

    public Digest AddManifest(string repository, string tag, byte[] content, string type = MediaTypes.OciManifest)
    {
        var digest = Digest.OfSha256(content);
        Manifests[(repository, tag)] = Manifests[(repository, digest.Value)] = (type, content);
        return digest;
    }

    public async ValueTask DisposeAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(1), TimeProvider.System);
        await _application.StopAsync(deadline.Token);
        await _application.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        var body = "";
        if (request.HasFormContentType)
        {
            request.EnableBuffering();
            using var reader = new StreamReader(request.Body, leaveOpen: true);
            body = await reader.ReadToEndAsync(context.RequestAborted);
            request.Body.Position = 0;
        }
        Requests.Enqueue(new SeenRequest(request.Method, request.Path, request.QueryString.Value ?? "", request.Headers.Authorization, request.Headers.Range, body));
        if (await Intercept(context))
            return;

        var path = request.Path.Value ?? "";
        if (path == "/v2/")
            return;
        var parts = path["/v2/".Length..].Split('/');
        var repository = string.Join('/', parts[..^2]);
        switch (parts[^2])
        {
            case "manifests":
                await AnswerManifestAsync(context, repository, parts[^1]);
                break;
            case "blobs" when parts[^1] != "uploads":
                await AnswerBlobAsync(context, parts[^1]);
                break;
            default:
                await Uploads.AnswerAsync(context, Blobs);
                break;
        }
    }

    private async Task AnswerManifestAsync(HttpContext context, string repository, string name)
    {
        if (context.Request.Method == "PUT")
        {
            using var content = new MemoryStream();
            await context.Request.Body.CopyToAsync(content, context.RequestAborted);
            context.Response.StatusCode = StatusCodes.Status201Created;
            context.Response.Headers["Docker-Content-Digest"] = AddManifest(repository, name, content.ToArray(), context.Request.ContentType ?? "").Value;
        }
        else if (Manifests.TryGetValue((repository, name), out var manifest))
        {
            context.Response.ContentType = manifest.Type;
            context.Response.Headers["Docker-Content-Digest"] = Digest.OfSha256(manifest.Content).Value;
            await WriteAsync(context, manifest.Content);
        }
        else
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, """{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown","detail":{"Tag":"t"}}]}""");
        }
    }

    private async Task AnswerBlobAsync(HttpContext context, string digest)
    {
        if (!Blobs.TryGetValue(digest, out var content))
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, """{"errors":[{"code":"BLOB_UNKNOWN","message":"blob unknown to registry"}]}""");
            return;
        }
        var from = 0;
        if (context.Request.GetTypedHeaders().Range is { } range)
        {
            from = (int)(range.Ranges.First().From ?? 0);
            context.Response.StatusCode = StatusCodes.Status206PartialContent;
            context.Response.Headers.ContentRange = $"bytes {from}-{content.Length - 1}/{content.Length}";
        }
        await WriteAsync(context, content[from..]);
    }

    public static async Task RefuseAsync(HttpContext context, int status, string json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await WriteAsync(context, System.Text.Encoding.UTF8.GetBytes(json));
    }

    public static async Task WriteAsync(HttpContext context, byte[] content)
    {
        context.Response.ContentLength = content.Length;
        if (context.Request.Method != "HEAD")
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }
}
