using Boreal.Registry.Access.Passwords;
using Boreal.Registry.Access.Tokens;
using Boreal.Registry.Access.Users;
using Boreal.Registry.Errors;
using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Access.Callers;

/// <summary>Finds out who sent a request, once for all questions about it.</summary>
internal sealed class CallerIdentifier(Accounts accounts, PasswordCheck passwords, TokenIssuer tokens)
{
    /// <summary>Null: credentials came, and they do not count.</summary>
    /// <exception cref="RegistryException">Too many passwords are being checked.</exception>
    public async ValueTask<Caller?> IdentifyAsync(HttpContext context)
    {
        if (context.Features.Get<Identified>() is { } known)
            return known.Caller;
        var caller = await LookAsync(context);
        context.Features.Set(new Identified(caller));
        return caller;
    }

    /// <summary>The user of that name and password; null when there is none.</summary>
    /// <exception cref="RegistryException">Too many passwords are being checked.</exception>
    public async ValueTask<User?> LogInAsync(UserDirectory users, string name, string password, CancellationToken cancellationToken)
    {
        var user = users.Find(name);
        return await passwords.VerifyAsync(name, password, user?.PasswordHash, cancellationToken) switch
        {
            PasswordVerdict.Right => user,
            PasswordVerdict.Wrong => null,
            _ => throw new RegistryException(RegistryErrorCode.TooManyRequests, "too many logins at once, try again in a moment")
            {
                Headers = headers => headers.RetryAfter = "1",
            },
        };
    }

    private async ValueTask<Caller?> LookAsync(HttpContext context)
    {
        if (accounts.Current is not { } users)
            return new EverybodyCaller();
        var header = context.Request.Headers.Authorization;
        if (header.Count == 0)
            return new AnonymousCaller(users);
        if (header.Count > 1 || Authorization.Parse(header.ToString()) is not { } given)
            return null;
        if (given.Token is { } token)
            return Holder(token, users);
        return given.User is { } name && await LogInAsync(users, name, given.Password, context.RequestAborted) is { } user
            ? new UserCaller(user, users)
            : null;
    }

    /// <summary>The token of a user who is gone has gone too.</summary>
    private TokenCaller? Holder(string token, UserDirectory users)
    {
        if (tokens.Read(token) is not { } claims)
            return null;
        var user = users.Find(claims.Subject);
        return user is null && claims.Subject.Length > 0 ? null : new TokenCaller(claims, user, users);
    }

    private sealed record Identified(Caller? Caller);
}
