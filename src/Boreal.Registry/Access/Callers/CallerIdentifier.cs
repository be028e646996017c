using Boreal.Registry.Access.Passwords;
using Boreal.Registry.Access.Tokens;
using Boreal.Registry.Access.Users;
using Boreal.Registry.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Boreal.Registry.Access.Callers;

/// <summary>Finds out who sent a request, once for all questions about it.</summary>
internal sealed partial class CallerIdentifier(Accounts accounts, PasswordCheck passwords, TokenIssuer tokens, ILogger logger)
{
    private const int LongestShown = 64;

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
    public async ValueTask<User?> LogInAsync(HttpContext context, UserDirectory users, string name, string password)
    {
        var user = users.Find(name);
        switch (await passwords.VerifyAsync(name, password, user?.PasswordHash, context.RequestAborted))
        {
            case PasswordVerdict.Right:
                return user;
            case PasswordVerdict.Wrong:
                Log.Refused(logger, name.Length <= LongestShown ? name : name[..LongestShown], context.Connection.RemoteIpAddress?.ToString() ?? "");
                return null;
            default:
                throw new RegistryException(RegistryErrorCode.TooManyRequests, "too many logins at once, try again in a moment")
                {
                    Headers = headers => headers.RetryAfter = "1",
                };
        }
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
        return given.User is { } name && await LogInAsync(context, users, name, given.Password) is { } user
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

    private static partial class Log
    {
        [LoggerMessage(703, LogLevel.Warning, "wrong name or password of {User} from {Address}")]
        public static partial void Refused(ILogger logger, string user, string address);
    }
}
