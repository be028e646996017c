using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Boreal.Registry;
using Boreal.Registry.Access;
using Boreal.Registry.Access.Passwords;
using Boreal.Registry.Access.Users;
using Boreal.Registry.Hosting;
using Boreal.Registry.Proxying;
using Boreal.Tests.TestKit.Machine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Boreal.Tests.Functional.RegistryAccess;

/// <summary>A registry with some users, on a port of its own.</summary>
internal sealed class SiteFixture : IAsyncDisposable
{
    public const string Password = "s3cret";

    private readonly TemporaryDirectory _folder;
    private readonly WebApplication _server;
    private readonly RegistrySite _site;

    private SiteFixture(TemporaryDirectory folder, WebApplication server, RegistrySite site)
    {
        (_folder, _server, _site) = (folder, server, site);
        Client = new HttpClient { BaseAddress = new Uri(server.Urls.Single()) };
    }

    public HttpClient Client { get; }

    public string Authority => Client.BaseAddress?.Authority ?? "";

    public string Folder => _folder.Path;

    /// <summary>Users "NAME RIGHT..." with one password for all; none keeps no users.</summary>
    public static async Task<SiteFixture> StartAsync(AuthenticationScheme scheme, IReadOnlyList<string> users, params IReadOnlyList<string> anonymous)
    {
        var folder = new TemporaryDirectory();
        if (users.Count > 0)
            UserFile.Write(folder.File("users.json"), Document(users, anonymous));
        return await StartAsync(folder, scheme, null, context => Task.FromResult(false));
    }

    /// <summary>A cache of another registry, on a folder that may have been another's.</summary>
    public static Task<SiteFixture> StartCacheAsync(string upstream, TimeSpan tagAge, TemporaryDirectory? folder = null) =>
        StartAsync(folder ?? new TemporaryDirectory(), AuthenticationScheme.Basic, new ProxyOptions { Upstream = upstream, TagAge = tagAge }, context => Task.FromResult(false));

    /// <summary>Open to everybody; whoever starts it may answer requests in its place, by returning true.</summary>
    public static Task<SiteFixture> StartOpenAsync(Func<HttpContext, Task<bool>> answers) =>
        StartAsync(new TemporaryDirectory(), AuthenticationScheme.Basic, null, answers);

    private static async Task<SiteFixture> StartAsync(TemporaryDirectory folder, AuthenticationScheme scheme, ProxyOptions? proxy, Func<HttpContext, Task<bool>> answers)
    {
        var access = new AccessOptions
        {
            UserFile = folder.File("users.json"), KeyFolder = folder.File("keys"), Scheme = scheme, Services = ["own", "other"],
        };
        var site = new RegistrySite(
            new SiteOptions { Registry = new RegistryOptions { DataRoot = folder.File("data") }, Access = access, Proxy = proxy }, TimeProvider.System, NullLoggerFactory.Instance);
        site.Start();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = builder.Build();
        server.Run(async context =>
        {
            if (!await answers(context))
                await site.HandleAsync(context);
        });
        await server.StartAsync(TestContext.Current.CancellationToken);
        return new SiteFixture(folder, server, site);
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, AuthenticationHeaderValue? authorization = null, HttpContent? content = null) =>
        Client.SendAsync(
            new HttpRequestMessage(method, path) { Headers = { Authorization = authorization }, Content = content }, TestContext.Current.CancellationToken);

    public static AuthenticationHeaderValue Basic(string user, string password = Password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    public static UserDocument Document(IEnumerable<string> users, IReadOnlyList<string> anonymous)
    {
        var hash = PasswordHash.Create(Password);
        var document = new UserDocument { Anonymous = anonymous };
        foreach (var words in users.Select(user => user.Split(' ')))
            document.Users[words[0]] = new UserRecord { Password = hash, Rights = words[1..] };
        return document;
    }

    /// <summary>Stops it and leaves its folder to the next.</summary>
    public async Task<TemporaryDirectory> StopAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        await _site.DisposeAsync();
        return _folder;
    }

    public async ValueTask DisposeAsync() => (await StopAsync()).Dispose();
}
