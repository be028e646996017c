using Boreal.Registry.Access.Callers;
using Boreal.Registry.Access.Passwords;
using Boreal.Registry.Access.Tokens;
using Boreal.Registry.Access.Users;
using Boreal.Registry.Permissions;
using Microsoft.Extensions.Logging;

namespace Boreal.Registry.Access;

/// <summary>Everything that decides who may do what, put together.</summary>
internal sealed class AccessControl : IDisposable
{
    private readonly Accounts _accounts;
    private readonly PasswordCheck _passwords;
    private readonly TokenKey _key;

    /// <exception cref="InvalidDataException">A file of users or keys is not what it should be.</exception>
    public AccessControl(AccessOptions options, TimeProvider clock, ILogger logger)
    {
        _accounts = new Accounts(options, clock, logger);
        _passwords = new PasswordCheck(clock);
        _key = TokenKey.Open(options.KeyFolder, clock);
        var refreshTokens = new RefreshTokens(_key.RefreshSecret, options.RefreshLifetime, clock);
        var issuer = new TokenIssuer(options, new TokenSigner(_key), refreshTokens, clock);
        var callers = new CallerIdentifier(_accounts, _passwords, issuer, logger);
        var challenge = new Challenge(options);
        Access = new RegistryAccess(callers, challenge);
        Tokens = new TokenEndpoint(options, _accounts, callers, issuer, refreshTokens, challenge);
    }

    public IAccess Access { get; }

    public TokenEndpoint Tokens { get; }

    /// <summary>Nobody keeps users: whoever reaches the registry may do everything.</summary>
    public bool IsOpen => _accounts.Current is null;

    public void Dispose()
    {
        _passwords.Dispose();
        _key.Dispose();
    }
}
