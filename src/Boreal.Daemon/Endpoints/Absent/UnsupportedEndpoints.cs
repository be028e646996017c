using Boreal.Daemon.Http;
using Boreal.Engine.Errors;

namespace Boreal.Daemon.Endpoints.Absent;

/// <summary>What Docker has and this version has not: known, so 501 with a sentence, where an unknown path is 404.</summary>
internal sealed class UnsupportedEndpoints : IEndpoints
{
    private static readonly (string Subject, string[] Routes)[] Table =
    [
        ("cancelling builds by id", ["POST /build/cancel"]),
        ("attestations of images", ["GET /images/{name*}/attestations"]),
        ("plugins", [
            "GET /plugins/privileges", "GET /plugins/{name*}/json", "POST /plugins/pull", "POST /plugins/create", "POST /plugins/{name*}/enable", "POST /plugins/{name*}/disable",
            "POST /plugins/{name*}/upgrade", "POST /plugins/{name*}/set", "POST /plugins/{name*}/push", "DELETE /plugins/{name*}",
        ]),
        ("checkpoints", ["GET /containers/{id}/checkpoints", "POST /containers/{id}/checkpoints", "DELETE /containers/{id}/checkpoints/{name}"]),
    ];

    public void Map(RouteTable routes)
    {
        foreach (var (subject, unsupported) in Table)
            routes.AddAll(unsupported, _ => throw new EngineException(ErrorKind.NotImplemented, $"{subject}: not supported by this version of Boreal"));
        // There are none, which is an answer.
        routes.Get("/plugins", context => context.AnswerJsonAsync([], DoorJsonContext.Default.StringArray));
    }
}
