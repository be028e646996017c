using Boreal.Registry.Errors;
using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Permissions;

internal static class AccessExtensions
{
    /// <exception cref="RegistryException">The caller may not.</exception>
    public static async ValueTask RequireAsync(this IAccess access, HttpContext context, AccessQuestion question)
    {
        var answer = await access.AskAsync(context, question);
        if (answer.IsGranted)
            return;
        // The detail matters: Docker's clients take a refusal without one for trouble that passes, and try again for a minute.
        if (answer.Challenge is not { } challenge)
            throw new RegistryException(RegistryErrorCode.Denied, answer.Reason ?? "requested access to the resource is denied") { Detail = question.ToString() };
        throw new RegistryException(RegistryErrorCode.Unauthorized, answer.Reason ?? "authentication required")
        {
            Detail = question.ToString(),
            Headers = headers => headers.WWWAuthenticate = challenge,
        };
    }
}
