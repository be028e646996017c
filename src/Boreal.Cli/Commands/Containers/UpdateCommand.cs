using Boreal.Api.Containers;
using Boreal.Client.Errors;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Options;
using Boreal.Cli.Parsing;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

internal sealed class UpdateCommand : Command
{
    private readonly ResourceOptions _resources;
    private readonly ValueFlag<string> _restart;

    public UpdateCommand()
    {
        _resources = new ResourceOptions(Flags);
        _restart = Flags.Text("restart", '\0', "Restart policy to apply when a container exits");
    }

    public override string Usage => "update [OPTIONS] CONTAINER [CONTAINER...]";

    public override string Summary => "Update configuration of one or more containers";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Aliases => ["container update", "update"];

    public override IReadOnlyList<string> Examples => ["boreal update -m 512m --memory-swap 1g web", "boreal update --restart unless-stopped web"];

    public override string ArgumentNoun => "container";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (!_resources.AnyGiven && !_restart.IsGiven) throw new CommandFailedException("you must provide one or more flags when using this command");
        var restart = _restart.Value.Length > 0 ? RestartPolicies.Parse(_restart.Value) : new RestartPolicy();
        var update = _resources.AddTo(new ContainerUpdateRequest { RestartPolicy = restart }, onlyGivenPids: true);
        var (warnings, problems) = (new List<string>(), new List<string>());
        foreach (var name in arguments)
        {
            try
            {
                warnings.AddRange(await context.Client.Containers.UpdateAsync(name, update, cancellationToken));
                await context.Out.WriteLineAsync(name);
            }
            catch (ApiException problem)
            {
                problems.Add(problem.Message);
            }
        }

        if (warnings.Count > 0) await context.Out.WriteLineAsync(string.Join('\n', warnings));
        return problems.Count is 0 ? ExitCodes.Success : throw new CommandFailedException(string.Join('\n', problems));
    }
}
