using Boreal.Api.Node;
using Boreal.Daemon.Endpoints.Images;
using Boreal.Daemon.Http;
using Boreal.Engine.Transfers;
using Boreal.Oci.Distribution;

namespace Boreal.Daemon.Endpoints.Node;

/// <summary>Checks credentials with their registry. Nothing is kept: clients send them with each request.</summary>
internal sealed class AuthEndpoints(RegistryQueries registries) : IEndpoints
{
    public void Map(RouteTable routes) => routes.Post("/auth", Check);

    private async Task Check(HttpContext context)
    {
        var request = await context.ReadOptionalJsonAsync(NodeJsonContext.Default.AuthRequest) ?? new AuthRequest();
        var token = await registries.LogInAsync(request.ServerAddress, RegistryAuth.From(request) ?? new RegistryCredentials(), context.Gone());
        await context.AnswerJsonAsync(new AuthResponse { IdentityToken = token, Status = "Login Succeeded" }, NodeJsonContext.Default.AuthResponse);
    }
}
