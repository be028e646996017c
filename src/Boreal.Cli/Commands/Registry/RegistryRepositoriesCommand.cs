using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Registry;

internal sealed class RegistryRepositoriesCommand : Command
{
    private readonly ListFlag _insecure;

    public RegistryRepositoriesCommand() => _insecure = InsecureFlag.AddTo(Flags);

    public override string Usage => "repos [OPTIONS] [REGISTRY]";

    public override string Summary => $"List the repositories of a registry (default {RegistryConnection.Default})";

    public override ArgumentCount Arguments => new(0, 1);

    public override IReadOnlyList<string> Examples => ["boreal registry repos", "boreal registry repos registry.example.com:5000"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var domain = arguments.Count > 0 ? arguments[0] : RegistryConnection.Default;
        using var connection = new RegistryConnection(context, _insecure.Values);
        await foreach (var repository in connection.Client.CatalogAsync(domain, connection.CredentialsOf(domain), cancellationToken))
            await context.Out.WriteLineAsync(repository);
        return ExitCodes.Success;
    }
}
