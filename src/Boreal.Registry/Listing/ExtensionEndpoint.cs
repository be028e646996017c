using Boreal.Registry.Errors;
using Boreal.Registry.Http;
using Boreal.Registry.Json;
using Boreal.Registry.Permissions;
using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Listing;

/// <summary><c>_oci/ext/discover</c>, of the registry and of a repository.</summary>
internal sealed class ExtensionEndpoint(IAccess access)
{
    private static readonly ExtensionList OfRegistry = new([new ExtensionEntry("_boreal", "garbage collection while serving", ["/v2/_boreal/gc"])]);

    public async Task HandleAsync(HttpContext context, AccessQuestion question)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            throw RegistryException.Unsupported("extensions can be read");
        await access.RequireAsync(context, question);
        await context.AnswerJsonAsync(question.Repository is null ? OfRegistry : new ExtensionList([]), RegistryJson.Plain.ExtensionList);
    }
}
