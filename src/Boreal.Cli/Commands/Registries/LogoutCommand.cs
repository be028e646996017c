using Boreal.Cli.CommandLine;
using Boreal.Cli.Credentials;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Registries;

internal sealed class LogoutCommand : Command
{
    public override string Usage => "logout [SERVER]";

    public override string Summary => "Log out from a registry; Docker Hub where no server is named";

    public override ArgumentCount Arguments => new(0, 1);

    public override IReadOnlyList<string> Examples => ["boreal logout registry.example.com"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var key = RegistryKeys.OfServer(arguments.Count > 0 ? arguments[0] : "");
        await context.Out.WriteLineAsync($"Removing login credentials for {key}");
        await context.Out.FlushAsync(cancellationToken);
        // Old clients kept accounts under addresses with a scheme.
        string[] keys = key is RegistryKeys.Hub ? [key] : [key, $"http://{key}", $"https://{key}"];
        foreach (var each in keys) context.Credentials.For(each).Erase(each);
        return ExitCodes.Success;
    }
}
