using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Permissions;

/// <summary>Everybody may do everything.</summary>
internal sealed class OpenAccess : IAccess
{
    public ValueTask<AccessAnswer> AskAsync(HttpContext context, AccessQuestion question) => ValueTask.FromResult(AccessAnswer.Granted);
}
