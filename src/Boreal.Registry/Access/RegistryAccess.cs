using Boreal.Registry.Access.Callers;
using Boreal.Registry.Permissions;
using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Access;

/// <summary>Answers what callers may do, from users and their rights.</summary>
internal sealed class RegistryAccess(CallerIdentifier callers, Challenge challenge) : IAccess
{
    public async ValueTask<AccessAnswer> AskAsync(HttpContext context, AccessQuestion question)
    {
        var caller = await callers.IdentifyAsync(context);
        if (caller is null)
            return AccessAnswer.Unauthorized(challenge.For(context, question, "invalid_token"), "authentication failed");
        if (caller.Allows(question))
            return AccessAnswer.Granted;
        return caller.IsRefusedForGood(question)
            ? AccessAnswer.Denied()
            : AccessAnswer.Unauthorized(challenge.For(context, question, caller is TokenCaller ? "insufficient_scope" : null));
    }
}
