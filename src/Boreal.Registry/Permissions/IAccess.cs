using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Permissions;

/// <summary>Who may do what: asked before anything is looked up, and again for each further repository a request touches.</summary>
internal interface IAccess
{
    ValueTask<AccessAnswer> AskAsync(HttpContext context, AccessQuestion question);
}
