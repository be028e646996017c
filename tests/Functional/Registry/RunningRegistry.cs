using System.Net;
using Boreal.Registry;
using Boreal.Registry.Hosting;
using Boreal.Registry.Permissions;
using Boreal.Tests.TestKit.Machine;
using Microsoft.Extensions.Logging.Abstractions;

namespace Boreal.Tests.Functional.Registry;

/// <summary>A registry on a free port, with a data folder that outlives restarts.</summary>
internal sealed class RunningRegistry : IAsyncDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly Func<RegistryOptions, RegistryOptions> _configure;
    private readonly IAccess _access;
    private RegistryApplication _application;
    private RegistryServer _server;

    private RunningRegistry(Func<RegistryOptions, RegistryOptions> configure, IAccess access)
    {
        _configure = configure;
        _access = access;
        (_application, _server) = Build();
    }

    public string Data => _folder.File("data");

    public TestClock Clock { get; } = new();

    public HttpClient Client { get; private set; } = new();

    public int Port => Client.BaseAddress?.Port ?? 0;

    public static async Task<RunningRegistry> StartAsync(Func<RegistryOptions, RegistryOptions>? configure = null, IAccess? access = null)
    {
        var registry = new RunningRegistry(configure ?? (options => options), access ?? new OpenAccess());
        await registry.ServeAsync();
        return registry;
    }

    public async Task<RegistryAnswer> SendAsync(
        HttpMethod method, string path, ReadOnlyMemory<byte>? body = null, string? type = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is { } content)
            request.Content = new ReadOnlyMemoryContent(content);
        if (request.Content is not null && type is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content?.Headers.TryAddWithoutValidation(name, value);
        }
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await RegistryAnswer.ReadAsync(response);
    }

    public Task<RegistryAnswer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, null, headers);

    /// <summary>Another process's life on the same data; what is done in between is done to the folder.</summary>
    public async Task RestartAsync(Action? between = null)
    {
        await StopAsync();
        between?.Invoke();
        (_application, _server) = Build();
        await ServeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private (RegistryApplication Application, RegistryServer Server) Build()
    {
        var options = _configure(new RegistryOptions { DataRoot = Data });
        var application = new RegistryApplication(options, Clock, NullLogger<RegistryApplication>.Instance, _access);
        return (application, new RegistryServer(kestrel => kestrel.Listen(IPAddress.Loopback, 0), application.HandleAsync, NullLoggerFactory.Instance));
    }

    private async Task ServeAsync()
    {
        _application.Start();
        await _server.StartAsync(TestContext.Current.CancellationToken);
        Client = new HttpClient { BaseAddress = new Uri(_server.Addresses.Single()) };
    }

    private async Task StopAsync()
    {
        Client.Dispose();
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _server.StopAsync(atOnce.Token);
        _server.Dispose();
        await _application.DisposeAsync();
    }
}
