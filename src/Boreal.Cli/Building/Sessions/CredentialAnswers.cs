using Boreal.BuildWire.Protocol.Auth;
using Boreal.BuildWire.Rpc;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Credentials;
using Boreal.Cli.Session;

namespace Boreal.Cli.Building.Sessions;

/// <summary>Gives the accounts that this user has at registries.</summary>
internal sealed class CredentialAnswers(CliContext context)
{
    private const string HubHost = "registry-1.docker.io";

    private readonly Lock _helpers = new();

    public async Task GiveAsync(RpcRequest request, CancellationToken cancellationToken)
    {
        var host = (await request.ReadOnlyAsync(CredentialsRequest.Parser, cancellationToken)).Host;
        await request.WriteAsync(Find(host is HubHost ? RegistryKeys.Hub : RegistryKeys.OfServer(host)), cancellationToken);
    }

    private CredentialsResponse Find(string key)
    {
        try
        {
            // A helper is a program that may ask its user something: one at a time.
            lock (_helpers)
            {
                if (context.Credentials.For(key).Find(key) is not { } account) return new CredentialsResponse();
                return account.IdentityToken.Length > 0
                    ? new CredentialsResponse { Secret = account.IdentityToken }
                    : new CredentialsResponse { Username = account.UserName, Secret = account.Password };
            }
        }
        catch (CommandFailedException problem)
        {
            context.Error.WriteLine($"WARNING: going on without credentials: {problem.Message}");
            return new CredentialsResponse();
        }
    }
}
