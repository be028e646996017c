using Boreal.Client.Errors;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Images;

internal sealed class RemoveImageCommand : Command
{
    private readonly ValueFlag<bool> _force;
    private readonly ValueFlag<bool> _noPrune;

    public RemoveImageCommand()
    {
        _force = Flags.Switch("force", 'f', "Force removal of the image");
        _noPrune = Flags.Switch("no-prune", '\0', "Do not delete untagged parents");
    }

    public override string Usage => "rmi [OPTIONS] IMAGE [IMAGE...]";

    public override string Summary => "Remove one or more images";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Aliases => ["image rm", "image remove", "rmi"];

    public override IReadOnlyList<string> Examples => ["boreal rmi web:1.1", "boreal rmi $(boreal images -q --filter dangling=true)"];

    public override string ArgumentNoun => "image";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (problems, fatal) = (new List<string>(), false);
        foreach (var image in arguments)
        {
            try
            {
                var removed = await context.Client.Images.RemoveAsync(image, _force.Value, _noPrune.Value, cancellationToken);
                foreach (var item in removed.Items())
                    await context.Out.WriteLineAsync(item.Text("Deleted") is { Length: > 0 } id ? $"Deleted: {id}" : $"Untagged: {item.Text("Untagged")}");
                await context.Out.FlushAsync(cancellationToken);
            }
            catch (ApiException problem)
            {
                fatal |= problem.Status is not 404;
                problems.Add(problem.Message);
            }
        }

        if (problems.Count is 0) return ExitCodes.Success;
        if (!_force.Value || fatal) throw new CommandFailedException(string.Join('\n', problems));
        await context.Error.WriteLineAsync(string.Join('\n', problems));
        return ExitCodes.Success;
    }
}
