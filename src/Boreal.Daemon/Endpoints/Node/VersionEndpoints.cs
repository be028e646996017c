using System.Runtime.InteropServices;
using Boreal.Api.Node;
using Boreal.Daemon.Http;

namespace Boreal.Daemon.Endpoints.Node;

/// <summary>Which engine this is and what it is made of.</summary>
internal sealed class VersionEndpoints : IEndpoints
{
    public void Map(RouteTable routes) => routes.Get("/version", Get);

    private static Task Get(HttpContext context) =>
        context.AnswerJsonAsync(Describe(), NodeJsonContext.Default.VersionResponse);

    private static VersionResponse Describe() => new()
    {
        Platform = new VersionPlatform($"Boreal {ProductVersion.Own}"),
        Components = [new VersionComponent("Engine", ProductVersion.Engine, null)],
        Version = ProductVersion.Engine,
        ApiVersion = Http.ApiVersion.Maximum.ToString(),
        MinAPIVersion = Http.ApiVersion.Minimum.ToString(),
        Os = "linux",
        Arch = RuntimeInformation.OSArchitecture is Architecture.Arm64 ? "arm64" : "amd64",
    };
}
