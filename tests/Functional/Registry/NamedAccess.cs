using Boreal.Registry.Permissions;
using Microsoft.AspNetCore.Http;

namespace Boreal.Tests.Functional.Registry;

/// <summary>Everything but some repositories is everybody's.</summary>
internal sealed class NamedAccess(params string[] closed) : IAccess
{
    public ValueTask<AccessAnswer> AskAsync(HttpContext context, AccessQuestion question) => ValueTask.FromResult(
        question.Subject is AccessSubject.Administration || question.Repository is { } name && closed.Contains(name.Value) && !context.Request.Headers.ContainsKey("X-Owner")
            ? AccessAnswer.Denied()
            : AccessAnswer.Granted);
}
