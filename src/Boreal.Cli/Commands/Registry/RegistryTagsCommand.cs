using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;
using Boreal.Oci.References;

namespace Boreal.Cli.Commands.Registry;

internal sealed class RegistryTagsCommand : Command
{
    private readonly ListFlag _insecure;

    public RegistryTagsCommand() => _insecure = InsecureFlag.AddTo(Flags);

    public override string Usage => "tags [OPTIONS] REPOSITORY";

    public override string Summary => "List the tags of a repository";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(1);

    public override IReadOnlyList<string> Examples => [$"boreal registry tags {RegistryConnection.Default}/team/app"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var connection = new RegistryConnection(context, _insecure.Values);
        await foreach (var tag in connection.Open(ImageReference.Parse(arguments[0])).ListTagsAsync(cancellationToken))
            await context.Out.WriteLineAsync(tag);
        return ExitCodes.Success;
    }
}
