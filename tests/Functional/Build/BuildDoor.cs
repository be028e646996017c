using Boreal.Build.Builds;
using Boreal.Build.Caching;
using Boreal.Build.Contexts;
using Boreal.Build.Gateway;
using Boreal.Build.Session;
using Boreal.BuildWire.Protocol.Control;
using Boreal.BuildWire.Protocol.Gateway;
using Boreal.Daemon.Endpoints.Builds;
using Boreal.Daemon.Rpc;
using Boreal.Engine.State;
using Boreal.Tests.Functional.Door;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Boreal.Tests.Functional.Build;

/// <summary>The real protocols on a unix socket, a builder of the test's behind them, and what stock clients ask besides.</summary>
internal sealed class BuildDoor : IAsyncDisposable
{
    private const string Version = """{"Version":"26.1.5","ApiVersion":"1.45","MinAPIVersion":"1.24","Os":"linux","Arch":"amd64","Components":[]}""";
    private const string Node = """{"ID":"x","Driver":"overlay2","DriverStatus":[],"OSType":"linux","Architecture":"x86_64","ServerVersion":"26.1.5","CgroupDriver":"cgroupfs","CgroupVersion":"1","SecurityOptions":[],"RegistryConfig":{},"Swarm":{"LocalNodeState":"inactive"}}""";

    private readonly TemporaryDirectory _directory;
    private readonly Database _database;
    private readonly RpcServer _server;
    private readonly OpenDoor _door;

    private BuildDoor(TemporaryDirectory directory, Database database, RpcServer server, OpenDoor door)
    {
        _directory = directory;
        _database = database;
        _server = server;
        _door = door;
        var plugins = Directory.CreateDirectory(Path.Combine(directory.File("config"), "cli-plugins")).FullName;
        foreach (var plugin in new[] { "docker-buildx", "docker-compose" })
            File.CreateSymbolicLink(Path.Combine(plugins, plugin), Requirements.DockerPlugin(plugin));
        ClientConfig = directory.File("config");
        Docker = new DockerCli($"unix://{door.SocketPath}", directory.File("config"));
    }

    public string SocketPath => _door.SocketPath;

    /// <summary>The client's own configuration.</summary>
    public string ClientConfig { get; }

    public DockerCli Docker { get; }

    /// <summary>Where received folders are kept.</summary>
    public string Contexts => _directory.File("contexts");

    public static async Task<BuildDoor> OpenAsync(IBuilder builder)
    {
        var directory = new TemporaryDirectory();
        var sessions = new SessionRegistry(TimeProvider.System, NullLogger<SessionRegistry>.Instance);
        var builds = new BuildTable(TimeProvider.System);
        var database = Database.Open(directory.File("door.db"));
        var contexts = new ContextStore(directory.File("contexts"), new FolderLedger(database, TimeProvider.System));
        var control = new ControlService(builder, builds, new BuildHistory(TimeProvider.System), sessions, contexts, TimeProvider.System);
        var methods = new MethodTable();
        Control.BindService(methods, control);
        LLBBridge.BindService(methods, new GatewayService(builder, builds));
        var server = new RpcServer(() => new RpcApplication(methods, TimeProvider.System, NullLogger<RpcApplication>.Instance), NullLoggerFactory.Instance);
        var door = await OpenDoor.OpenAsync(routes =>
        {
            routes.Get("/_ping", Ping);
            routes.Head("/_ping", Ping);
            routes.Get("/version", context => Answer(context, Version));
            routes.Get("/info", context => Answer(context, Node));
            new BuildConnectionEndpoints(server, sessions).Map(routes);
        }, server);
        return new BuildDoor(directory, database, server, door);
    }

    public async ValueTask DisposeAsync()
    {
        await _door.DisposeAsync();
        await _server.DisposeAsync();
        _database.Dispose();
        _directory.Dispose();
    }

    private static Task Ping(HttpContext context)
    {
        context.Response.Headers["Builder-Version"] = "2";
        return Task.CompletedTask;
    }

    private static Task Answer(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }
}
