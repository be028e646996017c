using Boreal.Build.Session;
using Boreal.Daemon.Http;
using Boreal.Daemon.Rpc;
using Boreal.Engine.Errors;

namespace Boreal.Daemon.Endpoints.Builds;

/// <summary>The two connections of a build: one on which the client asks, and one on which it is asked.</summary>
internal sealed class BuildConnectionEndpoints(RpcServer server, SessionRegistry sessions) : IEndpoints
{
    private const string Protocol = "h2c";
    private const string Accepted = "HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";

    public void Map(RouteTable routes)
    {
        routes.Post("/grpc", AskAsync);
        routes.Post("/session", AnswerAsync);
    }

    private async Task AskAsync(HttpContext context)
    {
        RequireUpgrade(context);
        var client = await Hijack.TakeOverAsync(context, Accepted);
        await server.ServeAsync(new StreamPipe(client.Stream), client.Gone);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        RequireUpgrade(context);
        var headers = context.Request.Headers.SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value ?? "")));
        var offer = SessionOffer.Parse(headers) ?? throw new EngineException(ErrorKind.Invalid, "a session without an id");
        var client = await Hijack.TakeOverAsync(context, Accepted);
        await sessions.RunAsync(offer, client.Stream, client.Gone);
    }

    private static void RequireUpgrade(HttpContext context)
    {
        var protocol = context.Request.Headers.Upgrade.ToString();
        if (protocol.Length == 0)
            throw new EngineException(ErrorKind.Invalid, "no upgrade proto in request");
        if (protocol != Protocol)
            throw new EngineException(ErrorKind.Invalid, $"protocol {protocol} not supported");
    }
}
