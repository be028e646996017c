using Boreal.Api.Node;
using Boreal.Daemon.Http;

namespace Boreal.Daemon.Endpoints.Node;

/// <summary>Which engine this is and what it is made of.</summary>
internal sealed class VersionEndpoints(Machine machine, RuntimeVersions runtimes) : IEndpoints
{
    public void Map(RouteTable routes) => routes.Get("/version", Get);

    private Task Get(HttpContext context) =>
        context.AnswerJsonAsync(Describe(), NodeJsonContext.Default.VersionResponse);

    private VersionResponse Describe() => new()
    {
        Platform = new VersionPlatform($"Boreal {ProductVersion.Own}"),
        Components =
        [
            new VersionComponent("Engine", ProductVersion.Engine, EngineDetails()),
            .. runtimes.Known.Select(runtime => new VersionComponent(runtime.Name, runtime.Version, new Dictionary<string, string> { ["GitCommit"] = runtime.Commit })),
        ],
        Version = ProductVersion.Engine,
        ApiVersion = Http.ApiVersion.Maximum.ToString(),
        MinAPIVersion = Http.ApiVersion.Minimum.ToString(),
        GoVersion = ProductVersion.Runtime,
        GitCommit = ProductVersion.Own,
        Os = "linux",
        Arch = machine.GoArchitecture,
        KernelVersion = machine.Kernel,
        BuildTime = ProductVersion.BuildTime,
    };

    /// <summary>The stock CLI shows these, not the fields beside <c>Components</c>.</summary>
    private Dictionary<string, string> EngineDetails() => new()
    {
        ["ApiVersion"] = Http.ApiVersion.Maximum.ToString(),
        ["Arch"] = machine.GoArchitecture,
        ["BuildTime"] = ProductVersion.BuildTime,
        ["Experimental"] = "false",
        ["GitCommit"] = ProductVersion.Own,
        ["GoVersion"] = ProductVersion.Runtime,
        ["KernelVersion"] = machine.Kernel,
        ["MinAPIVersion"] = Http.ApiVersion.Minimum.ToString(),
        ["Os"] = "linux",
    };
}
