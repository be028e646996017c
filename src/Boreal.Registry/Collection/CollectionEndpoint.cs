using Boreal.Registry.Errors;
using Boreal.Registry.Http;
using Boreal.Registry.Json;
using Boreal.Registry.Permissions;
using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Collection;

/// <summary><c>POST /v2/_boreal/gc?dry-run=true&amp;delete-untagged=true</c>.</summary>
internal sealed class CollectionEndpoint(Collector collector, IAccess access)
{
    public async Task HandleAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
            throw RegistryException.Unsupported("garbage is collected with POST");
        await access.RequireAsync(context, AccessQuestion.Administration);
        var request = new CollectionRequest(Flag(context, "dry-run"), Flag(context, "delete-untagged"));
        var report = await collector.RunAsync(request, context.RequestAborted);
        await context.AnswerJsonAsync(report, RegistryJson.Plain.CollectionReport);
    }

    private static bool Flag(HttpContext context, string name) => (string?)context.Request.Query[name] switch
    {
        null or "" or "0" or "false" => false,
        "1" or "true" => true,
        var other => throw new RegistryException(RegistryErrorCode.Unsupported, $"{name} must be true or false, not {other}", StatusCodes.Status400BadRequest),
    };
}
