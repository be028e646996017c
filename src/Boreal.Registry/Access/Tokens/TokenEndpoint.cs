using System.Text.Json;
using Boreal.Registry.Access.Callers;
using Boreal.Registry.Access.Users;
using Boreal.Registry.Errors;
using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Access.Tokens;

/// <summary><c>GET /token</c> and <c>POST /token</c>: credentials in, a token for a registry out.</summary>
internal sealed class TokenEndpoint(AccessOptions options, Accounts accounts, CallerIdentifier callers, TokenIssuer issuer, RefreshTokens refreshTokens, Challenge challenge)
{
    /// <exception cref="RegistryException">Wrong credentials, or nothing to be had here.</exception>
    public async Task HandleAsync(HttpContext context)
    {
        if (accounts.Current is not { } users)
            throw new RegistryException(RegistryErrorCode.Unsupported, "this registry keeps no users, no token is needed", StatusCodes.Status404NotFound);
        var request = await ReadAsync(context.Request, context.RequestAborted);
        var service = request.Service.Length == 0 ? options.Services[0] : request.Service;
        if (!issuer.Serves(service))
            throw new RegistryException(RegistryErrorCode.Denied, $"no tokens are issued here for the service {service}", StatusCodes.Status400BadRequest);

        var user = await IdentifyAsync(context, request, users);
        var answer = issuer.Issue(user, users, service, request.Scopes, request.WantsRefresh);
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(answer, TokenJsonContext.Default.TokenAnswer), context.RequestAborted);
    }

    private static async Task<TokenRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (HttpMethods.IsGet(request.Method))
            return TokenRequest.OfQuery(request.Query);
        if (!HttpMethods.IsPost(request.Method))
            throw RegistryException.Unsupported("a token is had by GET or POST");
        try
        {
            return await TokenRequest.OfFormAsync(request, cancellationToken);
        }
        catch (Exception e) when (e is BadHttpRequestException or InvalidDataException)
        {
            throw new RegistryException(RegistryErrorCode.Unsupported, e.Message, StatusCodes.Status400BadRequest, e);
        }
    }

    /// <summary>Null is nobody in particular, which is allowed; credentials that do not count are not.</summary>
    private async ValueTask<User?> IdentifyAsync(HttpContext context, TokenRequest request, UserDirectory users)
    {
        if (request.RefreshToken is { } token)
            return refreshTokens.Redeem(token, users) ?? throw Refused("the identity token does not count any more, log in again");
        if (request.User is { } name)
            return await callers.LogInAsync(context, users, name, request.Password) ?? throw Refused("incorrect username or password");
        return await callers.IdentifyAsync(context) switch
        {
            UserCaller caller => caller.User,
            AnonymousCaller => null,
            _ => throw Refused("incorrect username or password"),
        };
    }

    private RegistryException Refused(string message) =>
        new(RegistryErrorCode.Unauthorized, message) { Headers = headers => headers.WWWAuthenticate = challenge.Basic };
}
